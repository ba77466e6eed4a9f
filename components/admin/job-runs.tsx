"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { JOB_RUN_STATUSES, type JobRunDto } from "@/server/contracts/job";
import { nextPage } from "../app-shell/next-page";
import { useTRPC, useTRPCClient } from "../app-shell/trpc-client";
import { Absent } from "../format/figure";
import { Instant } from "../format/instant";
import { Quantity } from "../format/quantity";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { DataTable } from "../ui/data-table";
import { Dialog } from "../ui/dialog";
import { Select } from "../ui/select";
import { Skeleton } from "../ui/skeleton";
import { ActDialog } from "./act-dialog";
import { AdminTable } from "./admin-table";
import { Facts } from "./facts";
import { PanelPage } from "./panel-page";
import { useUrlFilters } from "./use-url-filters";

const FIRST = { status: "all" };
const TONE = { RUNNING: "accent", COMPLETED: "up", FAILED: "down", CANCELLED: "neutral" } as const;
const EVERY_MS = 10_000;

/** Background functions as the local runner executes them. */
export function JobRuns() {
  const t = useTranslations("admin.jobs");
  const { admin } = useTRPCClient();
  const [filters, change] = useUrlFilters(FIRST);
  const [open, setOpen] = useState<string | null>(null);
  const [asked, setAsked] = useState<{ act: "cancel" | "rerun"; run: JobRunDto } | null>(null);
  const status = JOB_RUN_STATUSES.find((one) => one === filters.status);
  const query = useInfiniteQuery({ ...useTRPC().admin.listJobRuns.infiniteQueryOptions({ limit: 50, status }, { ...nextPage, refetchInterval: EVERY_MS }), placeholderData: keepPreviousData });
  return (
    <PanelPage title={t("title")} note={t("note")}>
      <AdminTable
        query={query}
        label={t("title")}
        csvName="job-runs"
        rowKey={({ id }) => id}
        onRowOpen={({ id }) => setOpen(id)}
        toolbar={<Select prefixed label={t("status")} value={filters.status} onChange={(next) => change({ status: next })} options={[{ value: "all", label: t("all") }, ...JOB_RUN_STATUSES.map((value) => ({ value: value as string, label: t(`statuses.${value}`) }))]} />}
        columns={[
          { id: "function", header: t("function"), fixed: true, csv: ({ functionId }) => functionId, cell: ({ id, functionId }) => <button type="button" onClick={() => setOpen(id)} className="block max-w-44 truncate text-left font-mono text-accent hover:underline md:max-w-80">{functionId}</button> },
          { id: "event", header: t("event"), wideOnly: true, csv: ({ eventName }) => eventName, cell: ({ eventName }) => <span className="font-mono text-muted">{eventName}</span> },
          { id: "status", header: t("status"), csv: (row) => row.status, cell: (row) => <Badge tone={TONE[row.status]}>{t(`statuses.${row.status}`)}</Badge> },
          { id: "queuedAt", header: t("queuedAt"), csv: ({ queuedAt }) => queuedAt, cell: ({ queuedAt }) => <Instant value={queuedAt} /> },
          { id: "duration", header: t("duration"), align: "end", wideOnly: true, csv: ({ durationMs }) => durationMs, cell: ({ durationMs }) => <Quantity value={durationMs === null ? null : durationMs / 1_000} unit="s" digits={1} /> },
          { id: "error", header: t("error"), wideOnly: true, csv: ({ error }) => error?.message, cell: ({ error }) => (error ? <span className="block max-w-72 truncate text-down" title={error.message}>{error.message}</span> : null) },
          { id: "acts", header: t("acts"), align: "end", fixed: true, cell: (run) => (run.status === "RUNNING" ? <Button variant="danger" onClick={() => setAsked({ act: "cancel", run })}>{t("cancel")}</Button> : <Button onClick={() => setAsked({ act: "rerun", run })}>{t("rerun")}</Button>) },
        ]}
      />
      {open && <JobDialog runId={open} onClose={() => setOpen(null)} />}
      {asked && <ActDialog title={t(`${asked.act}Title`)} text={asked.run.functionId} action={t(asked.act)} danger={asked.act === "cancel"} said={t("asked")} act={() => (asked.act === "cancel" ? admin.cancelJobRun : admin.rerunJob).mutate({ runId: asked.run.id })} onClose={() => setAsked(null)}><p className="text-xs text-muted">{t(`${asked.act}Note`)}</p></ActDialog>}
    </PanelPage>
  );
}

function JobDialog({ runId, onClose }: { runId: string; onClose: () => void }) {
  const t = useTranslations("admin.jobs");
  const { data: run } = useQuery(useTRPC().admin.getJobRun.queryOptions({ runId }));
  return (
    <Dialog open onOpenChange={onClose} title={t("runTitle")} description={run?.functionId} className="max-w-3xl">
      <div className="flex flex-col gap-4 p-4">
        {run ? (
          <>
            <Facts
              items={[
                [t("status"), <Badge key="s" tone={TONE[run.status]}>{t(`statuses.${run.status}`)}</Badge>], [t("queuedAt"), <Instant key="q" value={run.queuedAt} />], [t("endedAt"), run.endedAt ? <Instant key="e" value={run.endedAt} /> : <Absent key="e" />],
                [t("event"), <code key="n">{run.eventName}</code>], [t("data"), <code key="d" className="text-2xs break-all">{JSON.stringify(run.eventData)}</code>],
                ...(run.error ? [[t("error"), <span key="x" className="text-down">{run.error.name}: {run.error.message}</span>] as const] : []),
                ...run.waiting.map(({ kind, dueAt, attempt }) => [t("waiting"), <span key={dueAt}>{kind} · {attempt} · <Instant value={dueAt} /></span>] as const).slice(0, 1),
              ]}
            />
            <div className="panel overflow-hidden">
              <DataTable
                label={t("steps")} rows={run.steps} rowKey={({ name, plannedAt }) => `${name} ${plannedAt}`} csvName="job-steps" scrollClassName="max-h-72"
                columns={[
                  { id: "name", header: t("step"), fixed: true, csv: ({ name }) => name, cell: ({ name }) => name },
                  { id: "attempts", header: t("attempts"), align: "end", csv: ({ attempts }) => attempts, cell: ({ attempts }) => attempts },
                  { id: "doneAt", header: t("endedAt"), csv: ({ doneAt }) => doneAt, cell: ({ doneAt }) => (doneAt ? <Instant value={doneAt} /> : <Absent />) },
                  { id: "error", header: t("error"), csv: ({ error }) => error?.message, cell: ({ error }) => (error ? <span className="text-down">{error.message}</span> : null) },
                ]}
              />
            </div>
          </>
        ) : <Skeleton rows={8} />}
      </div>
    </Dialog>
  );
}
