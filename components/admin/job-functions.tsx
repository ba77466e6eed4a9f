"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { QueryError } from "../app-shell/query-boundary";
import { useTRPC } from "../app-shell/trpc-client";
import { Absent } from "../format/figure";
import { Instant } from "../format/instant";
import { Quantity } from "../format/quantity";
import { Badge } from "../ui/badge";
import { DataTable } from "../ui/data-table";
import { Panel } from "../ui/panel";
import { Skeleton } from "../ui/skeleton";
import { JOB_TONE } from "./job-tone";

const EVERY_MS = 30_000;

/** Which functions there are, what starts them and when a clock does so next. */
export function JobFunctions({ onChoose }: { onChoose: (functionId: string) => void }) {
  const t = useTranslations("admin.jobs");
  const { data, error, refetch } = useQuery(useTRPC().admin.listJobFunctions.queryOptions(undefined, { refetchInterval: EVERY_MS, staleTime: 0 }));
  return (
    <Panel title={t("functions")} detail={data?.items.length} bodyClassName="">
      {data ? (
        <DataTable
          label={t("functions")} rows={data.items} rowKey={({ id }) => id} csvName="job-functions" scrollClassName="max-h-72" empty={<p className="px-4 py-8 text-center text-sm text-muted">{t("noFunctions")}</p>}
          columns={[
            { id: "id", header: t("function"), fixed: true, value: ({ id }) => id, cell: ({ id }) => <button type="button" title={t("onlyThis")} onClick={() => onChoose(id)} className="block max-w-44 truncate text-left font-mono text-accent hover:underline md:max-w-80">{id}</button> },
            { id: "events", header: t("events"), wideOnly: true, csv: ({ events }) => events.join(" "), cell: ({ events }) => (events.length > 0 ? <span className="font-mono text-muted">{events.join(", ")}</span> : <Absent reason={t("noEvent")} />) },
            { id: "crons", header: t("clock"), wideOnly: true, csv: ({ crons }) => crons.map(({ expression }) => expression).join(" | "), cell: ({ crons }) => (crons.length > 0 ? <span className="font-mono text-muted">{crons.map(({ expression }) => expression).join(", ")}</span> : <Absent reason={t("noClock")} />) },
            { id: "nextAt", header: t("nextAt"), value: (row) => dueNext(row), cell: (row) => { const at = dueNext(row); return at ? <Instant value={at} /> : <Absent reason={t("noClock")} />; } },
            { id: "last", header: t("last"), value: ({ last }) => last?.queuedAt ?? null, cell: ({ last }) => (last ? <span className="inline-flex items-center gap-1.5"><Badge tone={JOB_TONE[last.status]}>{t(`statuses.${last.status}`)}</Badge><span className="max-md:hidden"><Instant value={last.queuedAt} /></span></span> : <Absent reason={t("never")} />) },
            { id: "running", header: t("running"), align: "end", wideOnly: true, value: ({ running }) => running, cell: ({ running }) => <Quantity value={running} digits={0} /> },
            { id: "failed", header: t("failedInDay"), align: "end", value: ({ failedInDay }) => failedInDay, cell: ({ failedInDay }) => <span className={failedInDay > 0 ? "text-down" : "text-muted"}><Quantity value={failedInDay} digits={0} /></span> },
          ]}
        />
      ) : error ? <QueryError error={error} onRetry={() => void refetch()} compact /> : <div className="p-4"><Skeleton rows={4} /></div>}
    </Panel>
  );
}

const dueNext = ({ crons }: { crons: readonly { nextAt: string }[] }): string | null => crons.map(({ nextAt }) => nextAt).sort()[0] ?? null;
