"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { JOB_RUN_STATUSES, type JobRunDto } from "@/server/contracts/job";
import { nextPage } from "../app-shell/next-page";
import { useTRPC, useTRPCClient } from "../app-shell/trpc-client";
import { Instant } from "../format/instant";
import { Quantity } from "../format/quantity";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Select } from "../ui/select";
import { ActDialog } from "./act-dialog";
import { AdminTable } from "./admin-table";
import { JobDialog } from "./job-dialog";
import { JobFunctions } from "./job-functions";
import { JOB_TONE } from "./job-tone";
import { PanelPage } from "./panel-page";
import { useUrlFilters } from "./use-url-filters";

const FIRST = { status: "all", function: "", run: "" };
const EVERY_MS = 10_000;

/** Background functions as the local runner executes them. */
export function JobRuns() {
  const t = useTranslations("admin.jobs");
  const { admin } = useTRPCClient();
  const [filters, change] = useUrlFilters(FIRST);
  const [asked, setAsked] = useState<JobRunDto | null>(null);
  const status = JOB_RUN_STATUSES.find((one) => one === filters.status);
  const query = useInfiniteQuery({ ...useTRPC().admin.listJobRuns.infiniteQueryOptions({ limit: 50, status, functionId: filters.function || undefined }, { ...nextPage, refetchInterval: EVERY_MS }), placeholderData: keepPreviousData });
  const act = asked?.status === "RUNNING" ? "cancel" : "rerun";
  return (
    <PanelPage title={t("title")} note={t("note")}>
      <JobFunctions onChoose={(id) => change({ function: id })} />
      <AdminTable
        query={query}
        label={t("runs")}
        csvName="job-runs"
        rowKey={({ id }) => id}
        onRowOpen={({ id }) => change({ run: id })}
        toolbar={
          <>
            <h3 className="text-sm font-semibold">{t("runs")}</h3>
            <Select prefixed label={t("status")} value={filters.status} onChange={(next) => change({ status: next })} options={[{ value: "all", label: t("all") }, ...JOB_RUN_STATUSES.map((value) => ({ value: value as string, label: t(`statuses.${value}`) }))]} />
            {filters.function && <Button aria-label={t("allFunctions")} title={t("allFunctions")} onClick={() => change({ function: "" })}><span className="max-w-48 truncate font-mono">{filters.function}</span><X aria-hidden="true" /></Button>}
          </>
        }
        columns={[
          { id: "function", header: t("function"), fixed: true, csv: ({ functionId }) => functionId, cell: ({ id, functionId }) => <button type="button" onClick={() => change({ run: id })} className="block max-w-44 truncate text-left font-mono text-accent hover:underline md:max-w-80">{functionId}</button> },
          { id: "event", header: t("event"), wideOnly: true, csv: ({ eventName }) => eventName, cell: ({ eventName }) => <span className="font-mono text-muted">{eventName}</span> },
          { id: "status", header: t("status"), csv: (row) => row.status, cell: (row) => <Badge tone={JOB_TONE[row.status]}>{t(`statuses.${row.status}`)}</Badge> },
          { id: "queuedAt", header: t("queuedAt"), wideOnly: true, csv: ({ queuedAt }) => queuedAt, cell: ({ queuedAt }) => <Instant value={queuedAt} /> },
          { id: "duration", header: t("duration"), align: "end", wideOnly: true, csv: ({ durationMs }) => durationMs, cell: ({ durationMs }) => <Quantity value={durationMs === null ? null : durationMs / 1_000} unit="s" digits={1} /> },
          { id: "error", header: t("error"), wideOnly: true, csv: ({ error }) => error?.message, cell: ({ error }) => (error ? <span className="block max-w-72 truncate text-down" title={error.message}>{error.message}</span> : null) },
          { id: "acts", header: t("acts"), align: "end", fixed: true, cell: (run) => <RunButton run={run} onAct={setAsked} /> },
        ]}
      />
      {filters.run && !asked && <JobDialog runId={filters.run} onAct={setAsked} onClose={() => change({ run: "" })} />}
      {asked && <ActDialog title={t(`${act}Title`)} text={asked.functionId} action={t(act)} danger={act === "cancel"} said={t("asked")} act={() => (act === "cancel" ? admin.cancelJobRun : admin.rerunJob).mutate({ runId: asked.id })} onClose={() => setAsked(null)}><p className="text-xs text-muted">{t(`${act}Note`)}</p></ActDialog>}
    </PanelPage>
  );
}

function RunButton({ run, onAct }: { run: JobRunDto; onAct: (run: JobRunDto) => void }) {
  const t = useTranslations("admin.jobs");
  const act = run.status === "RUNNING" ? "cancel" : "rerun";
  return <Button variant={act === "cancel" ? "danger" : "default"} aria-label={`${t(act)}: ${run.functionId} ${run.id.slice(-6)}`} onClick={() => onAct(run)}>{t(act)}</Button>;
}
