"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { JobRunDetailDto, JobRunDto } from "@/server/contracts/job";
import { QueryError } from "../app-shell/query-boundary";
import { useTRPC } from "../app-shell/trpc-client";
import { Absent } from "../format/figure";
import { Instant } from "../format/instant";
import { Quantity } from "../format/quantity";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { DataTable } from "../ui/data-table";
import { Dialog } from "../ui/dialog";
import { Skeleton } from "../ui/skeleton";
import { Facts } from "./facts";
import { JOB_TONE } from "./job-tone";

const EVERY_MS = 3_000;

type Props = { runId: string; onAct: (run: JobRunDto) => void; onClose: () => void };

/** One run: what started it, its steps with their attempts, what waits and what went wrong. */
export function JobDialog({ runId, onAct, onClose }: Props) {
  const t = useTranslations("admin.jobs");
  const { data: run, error, refetch } = useQuery(useTRPC().admin.getJobRun.queryOptions({ runId }, { staleTime: 0, refetchInterval: ({ state }) => (state.data?.status === "RUNNING" ? EVERY_MS : false) }));
  return (
    <Dialog open onOpenChange={onClose} title={t("runTitle")} description={run?.functionId} className="max-w-3xl">
      <div className="flex flex-col gap-4 p-4">
        {run ? (
          <>
            <RunFacts run={run} />
            <div className="panel overflow-hidden">
              <DataTable
                label={t("steps")} rows={run.steps} rowKey={({ name, plannedAt }) => `${name} ${plannedAt}`} csvName="job-steps" scrollClassName="max-h-72"
                columns={[
                  { id: "name", header: t("step"), fixed: true, csv: ({ name }) => name, cell: ({ name }) => name },
                  { id: "attempts", header: t("attempts"), align: "end", csv: ({ attempts }) => attempts, cell: ({ attempts }) => attempts },
                  { id: "doneAt", header: t("endedAt"), csv: ({ doneAt }) => doneAt, cell: ({ doneAt }) => (doneAt ? <Instant value={doneAt} /> : <Absent />) },
                  { id: "error", header: t("error"), csv: ({ error: fault }) => fault?.message, cell: ({ error: fault }) => (fault ? <span className="text-down">{fault.message}</span> : null) },
                ]}
              />
            </div>
            <div className="flex justify-end"><Button size="lg" variant={run.status === "RUNNING" ? "danger" : "default"} onClick={() => onAct(run)}>{t(run.status === "RUNNING" ? "cancel" : "rerun")}</Button></div>
          </>
        ) : error ? <QueryError error={error} onRetry={() => void refetch()} compact /> : <Skeleton rows={8} />}
      </div>
    </Dialog>
  );
}

function RunFacts({ run }: { run: JobRunDetailDto }) {
  const t = useTranslations("admin.jobs");
  const { status, queuedAt, endedAt, durationMs, eventName, eventData, error, waiting, output } = run;
  const json = (value: unknown) => <code className="text-2xs break-all">{JSON.stringify(value)}</code>;
  return (
    <Facts
      items={[
        [t("status"), <Badge key="s" tone={JOB_TONE[status]}>{t(`statuses.${status}`)}</Badge>], ["ID", <code key="id" className="text-2xs break-all">{run.id}</code>],
        [t("queuedAt"), <Instant key="q" value={queuedAt} />], [t("endedAt"), endedAt ? <Instant key="e" value={endedAt} /> : <Absent key="e" />], [t("duration"), <Quantity key="t" value={durationMs === null ? null : durationMs / 1_000} unit="s" digits={1} />],
        [t("event"), <code key="n">{eventName}</code>], [t("data"), json(eventData)],
        ...(output === null || output === undefined ? [] : [[t("output"), json(output)] as const]),
        ...(error ? [[t("error"), <span key="x" className="text-down">{error.name}: {error.message}</span>] as const] : []),
        ...(waiting.length > 0 ? [[t("waiting"), <ul key="w">{waiting.map(({ kind, dueAt, attempt, running }, index) => <li key={index}>{t(`kinds.${kind}`)} · {t("attempt", { number: attempt + 1 })} · {running ? t("atWork") : <Instant value={dueAt} />}</li>)}</ul>] as const] : []),
      ]}
    />
  );
}
