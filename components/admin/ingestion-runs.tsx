"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { RUN_STATUSES } from "@/server/contracts/admin";
import { nextPage } from "../app-shell/next-page";
import { QueryError } from "../app-shell/query-boundary";
import { useTRPC } from "../app-shell/trpc-client";
import { Absent } from "../format/figure";
import { Instant } from "../format/instant";
import { Quantity } from "../format/quantity";
import { Badge } from "../ui/badge";
import { Dialog } from "../ui/dialog";
import { Select } from "../ui/select";
import { Skeleton } from "../ui/skeleton";
import { AdminTable } from "./admin-table";
import { Facts } from "./facts";
import { PanelPage } from "./panel-page";
import { useUrlFilters } from "./use-url-filters";

const FIRST = { status: "all", provider: "" };
const TONE = { RUNNING: "accent", SUCCEEDED: "up", FAILED: "down" } as const;

/** What was brought, when, by whom, and what of it was refused. */
export function IngestionRuns() {
  const t = useTranslations("admin.ingestion");
  const [filters, change] = useUrlFilters(FIRST);
  const [open, setOpen] = useState<string | null>(null);
  const status = RUN_STATUSES.find((one) => one === filters.status);
  const query = useInfiniteQuery({ ...useTRPC().admin.listIngestionRuns.infiniteQueryOptions({ limit: 50, status, provider: filters.provider || undefined }, nextPage), placeholderData: keepPreviousData });
  return (
    <PanelPage title={t("title")} note={t("note")}>
      <AdminTable
        query={query}
        label={t("title")}
        csvName="ingestion-runs"
        rowKey={({ id }) => id}
        onRowOpen={({ id }) => setOpen(id)}
        toolbar={<Select prefixed label={t("status")} value={filters.status} onChange={(next) => change({ status: next })} options={[{ value: "all", label: t("all") }, ...RUN_STATUSES.map((value) => ({ value: value as string, label: t(`statuses.${value}`) }))]} />}
        columns={[
          { id: "startedAt", header: t("startedAt"), fixed: true, csv: ({ startedAt }) => startedAt, cell: ({ id, startedAt }) => <button type="button" onClick={() => setOpen(id)} className="text-accent hover:underline"><Instant value={startedAt} /></button> },
          { id: "provider", header: t("provider"), csv: ({ provider }) => provider, cell: ({ provider }) => provider },
          { id: "subject", header: t("subject"), csv: ({ subject }) => subject, cell: ({ subject }) => subject },
          { id: "scope", header: t("scope"), wideOnly: true, csv: ({ scope }) => scope, cell: ({ scope }) => <span className="block max-w-64 truncate text-muted">{scope}</span> },
          { id: "status", header: t("status"), csv: (row) => row.status, cell: (row) => <Badge tone={TONE[row.status]}>{t(`statuses.${row.status}`)}</Badge> },
          { id: "received", header: t("received"), align: "end", wideOnly: true, csv: ({ received }) => received, cell: ({ received }) => <Quantity value={received} digits={0} /> },
          { id: "changed", header: t("changed"), align: "end", wideOnly: true, csv: ({ changed }) => changed, cell: ({ changed }) => <Quantity value={changed} digits={0} /> },
          { id: "rejected", header: t("rejected"), align: "end", csv: ({ rejected }) => rejected, cell: ({ rejected }) => <span className={rejected > 0 ? "text-warn" : "text-muted"}><Quantity value={rejected} digits={0} /></span> },
        ]}
      />
      {open && <RunDialog runId={open} onClose={() => setOpen(null)} />}
    </PanelPage>
  );
}

function RunDialog({ runId, onClose }: { runId: string; onClose: () => void }) {
  const t = useTranslations("admin.ingestion");
  const { admin } = useTRPC();
  const { data: run, error, refetch } = useQuery(admin.getIngestionRun.queryOptions({ runId }));
  const rejects = useInfiniteQuery({ ...admin.listRunRejects.infiniteQueryOptions({ runId, limit: 50 }, nextPage), enabled: (run?.rejected ?? 0) > 0 });
  const when = (at: string | null) => (at ? <Instant value={at} /> : <Absent />);
  return (
    <Dialog open onOpenChange={onClose} title={t("runTitle")} description={run ? `${run.provider} · ${run.subject} · ${run.scope}` : undefined} className="max-w-3xl">
      <div className="flex flex-col gap-4 p-4">
        {run ? (
          <Facts
            items={[
              [t("status"), <Badge key="s" tone={TONE[run.status]}>{t(`statuses.${run.status}`)}</Badge>], [t("startedAt"), when(run.startedAt)], [t("finishedAt"), when(run.finishedAt)], [t("asOf"), when(run.asOf)],
              [t("received"), <Quantity key="r" value={run.received} digits={0} />], [t("changed"), <Quantity key="c" value={run.changed} digits={0} />], [t("rejected"), <Quantity key="j" value={run.rejected} digits={0} />],
              ...(run.error ? [[t("error"), <span key="e" className="text-down">{run.error}</span>] as const] : []),
              ...run.reasons.map(({ file, reason, count }) => [file, `${reason}: ${count}`] as const),
            ]}
          />
        ) : error ? <QueryError error={error} onRetry={() => void refetch()} compact /> : <Skeleton rows={6} />}
        {run !== undefined && run.rejected > 0 && (
          <AdminTable
            query={rejects} label={t("rejects")} csvName={`rejects-${runId}`} rowKey={({ id }) => id}
            columns={[
              { id: "line", header: t("line"), align: "end", fixed: true, csv: ({ line }) => line, cell: ({ line }) => line },
              { id: "reason", header: t("why"), csv: ({ reason }) => reason, cell: ({ reason }) => reason },
              { id: "raw", header: t("raw"), csv: ({ raw }) => raw, cell: ({ raw }) => <code className="block max-w-96 truncate text-2xs" title={raw}>{raw}</code> },
            ]}
          />
        )}
      </div>
    </Dialog>
  );
}
