"use client";

import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useState } from "react";
import type { BarIssueDto, QuarantinedBarDto, SanityCheckDto } from "@/server/contracts/bar-quality";
import { nextPage } from "../app-shell/next-page";
import { QueryError } from "../app-shell/query-boundary";
import { useTRPC, useTRPCClient } from "../app-shell/trpc-client";
import { DateOnly } from "../format/date-only";
import { Absent } from "../format/figure";
import { Instant } from "../format/instant";
import { Quantity } from "../format/quantity";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { classNames } from "../ui/class-names";
import { Skeleton } from "../ui/skeleton";
import { ActDialog } from "./act-dialog";
import { AdminTable } from "./admin-table";

type Kind = BarIssueDto["kind"];
type Asked = { of: "quarantine" | "ignore"; issue: BarIssueDto } | { of: "restore"; bar: QuarantinedBarDto };

/** Faults of a single bar, which can be taken out; of others there is no bar, or many. */
const OF_ONE_BAR: readonly Kind[] = ["spike", "duplicate"];

/** A day has no hour. */
const BarTime = ({ time, interval }: { time: string; interval: BarIssueDto["interval"] }) => (interval === "1d" ? <DateOnly value={time.slice(0, 10)} /> : <Instant value={time} />);

function Tiles({ check, kind, onChoose }: { check: SanityCheckDto; kind: Kind | null; onChoose: (kind: Kind | null) => void }) {
  const t = useTranslations("admin.bars");
  return (
    <div className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-9">
      <div className="panel flex flex-col items-start gap-1 px-3 py-2.5">
        <span className="text-2xs font-medium text-muted">{t("score")}</span>
        <span className="text-lg font-semibold">{check.averageScore === null ? <Absent /> : <Quantity value={check.averageScore} digits={0} />}</span>
      </div>
      {check.counts.map(({ kind: one, count }) => (
        <button key={one} type="button" aria-pressed={one === kind} onClick={() => onChoose(one === kind ? null : one)} className={classNames("panel flex flex-col items-start gap-1 px-3 py-2.5 text-left hover:border-faint", one === kind && "border-accent bg-accent-soft")}>
          <span className="text-2xs font-medium text-muted">{t(`kinds.${one}`)}</span>
          <span className={classNames("text-lg font-semibold", count > 0 ? "text-warn" : "text-up")}><Quantity value={count} digits={0} /></span>
        </button>
      ))}
    </div>
  );
}

/** What the nightly look through the stored bars found, the lowest scores, and the bars that were taken out. */
export function BarQualityBoard() {
  const t = useTranslations("admin.bars");
  const client = useQueryClient();
  const { quality } = useTRPC();
  const wire = useTRPCClient().quality;
  const [kind, setKind] = useState<Kind | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const check = useQuery(quality.getSanityCheck.queryOptions({ limit: 1 }, { staleTime: 0 }));
  const issues = useInfiniteQuery({ ...quality.getSanityCheck.infiniteQueryOptions({ kind, limit: 50 }, nextPage), staleTime: 0, placeholderData: keepPreviousData });
  const taken = useInfiniteQuery({ ...quality.listQuarantined.infiniteQueryOptions({ limit: 20 }, nextPage), staleTime: 0 });
  const act = async (work: () => Promise<unknown>) => {
    const result = await work();
    await client.invalidateQueries({ queryKey: quality.pathKey() });
    return result;
  };
  if (check.isError && !check.data) return <QueryError error={check.error} onRetry={() => void check.refetch()} />;
  return (
    <section aria-label={t("title")} className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 className="text-base font-semibold">{t("title")}</h2>
        <p className="text-xs text-muted">{check.data?.checkedAt ? <>{t("checked", { series: check.data.series })} <Instant value={check.data.checkedAt} /></> : check.data && t("never")}</p>
      </div>
      {check.data ? <Tiles check={check.data} kind={kind} onChoose={setKind} /> : <Skeleton rows={2} />}
      {check.data && check.data.scores.some(({ score }) => score < 100) && (
        <p className="flex flex-wrap gap-1.5 text-xs text-muted"><span>{t("lowest")}</span>{check.data.scores.filter(({ score }) => score < 100).map(({ symbol, interval, score }) => <Badge key={`${symbol} ${interval}`} tone={score < 60 ? "down" : "warn"}>{symbol} {interval}: {score}</Badge>)}</p>
      )}
      <p className="text-xs text-muted">{t("assumed")}</p>
      <AdminTable<BarIssueDto>
        query={issues}
        label={t("faults")}
        csvName="bar-faults"
        rowKey={({ id }) => id}
        empty={<p className="p-4 text-sm text-muted">{t("noFaults")}</p>}
        columns={[
          { id: "symbol", header: t("symbol"), fixed: true, csv: ({ symbol }) => symbol, cell: ({ symbol }) => <Link href={`/admin/instruments?search=${encodeURIComponent(symbol)}`} prefetch={false} className="font-mono text-accent hover:underline">{symbol}</Link> },
          { id: "kind", header: t("kind"), csv: (row) => row.kind, cell: (row) => t(`kinds.${row.kind}`) },
          { id: "time", header: t("from"), csv: ({ time }) => time, cell: (row) => <BarTime {...row} /> },
          { id: "count", header: t("count"), align: "end", csv: ({ count }) => count, cell: ({ count }) => <Quantity value={count} digits={0} /> },
          { id: "measure", header: t("measure"), align: "end", csv: ({ measure }) => measure, cell: ({ measure, note }) => note ?? (measure === null ? <Absent /> : <Quantity value={measure} digits={2} />) },
          { id: "seen", header: t("seen"), csv: ({ firstSeenAt }) => firstSeenAt, cell: ({ firstSeenAt }) => <Instant value={firstSeenAt} />, wideOnly: true },
          {
            id: "act", header: t("act"), align: "end",
            cell: (issue) => (
              <span className="flex justify-end gap-1">
                {OF_ONE_BAR.includes(issue.kind) && <Button variant="danger" aria-label={`${t("quarantine")}: ${issue.symbol}`} onClick={() => setAsked({ of: "quarantine", issue })}>{t("quarantine")}</Button>}
                <Button variant="ghost" aria-label={`${t("ignore")}: ${issue.symbol}`} onClick={() => setAsked({ of: "ignore", issue })}>{t("ignore")}</Button>
              </span>
            ),
          },
        ]}
      />
      <h3 className="text-sm font-semibold">{t("taken")}</h3>
      <AdminTable<QuarantinedBarDto>
        query={taken}
        label={t("taken")}
        csvName="quarantined-bars"
        rowKey={({ id }) => id}
        empty={<p className="p-4 text-sm text-muted">{t("noneTaken")}</p>}
        columns={[
          { id: "symbol", header: t("symbol"), fixed: true, csv: ({ symbol }) => symbol, cell: ({ symbol }) => <span className="font-mono">{symbol}</span> },
          { id: "time", header: t("bar"), csv: ({ time }) => time, cell: (row) => <><BarTime {...row} /> <span className="text-muted">{row.interval}</span></> },
          { id: "close", header: t("close"), align: "end", csv: ({ close }) => close, cell: ({ close }) => <Quantity value={close} digits={2} /> },
          { id: "reason", header: t("reason"), csv: ({ reason }) => reason, cell: ({ reason }) => <span className="block max-w-64 truncate" title={reason}>{reason}</span> },
          { id: "since", header: t("since"), csv: ({ quarantinedAt }) => quarantinedAt, cell: ({ quarantinedAt }) => <Instant value={quarantinedAt} />, wideOnly: true },
          { id: "act", header: t("act"), align: "end", cell: (bar) => (bar.restoredAt ? <Badge tone="up">{t("restored")}</Badge> : <Button aria-label={`${t("restore")}: ${bar.symbol}`} onClick={() => setAsked({ of: "restore", bar })}>{t("restore")}</Button>) },
        ]}
      />
      {asked?.of === "quarantine" && <ActDialog title={t("askQuarantine", { symbol: asked.issue.symbol })} text={t("quarantineText")} action={t("quarantine")} danger asksReason act={({ reason }) => act(() => wire.quarantineBar.mutate({ symbol: asked.issue.symbol, interval: asked.issue.interval, time: asked.issue.time, reason }))} onClose={() => setAsked(null)} />}
      {asked?.of === "ignore" && <ActDialog title={t("askIgnore", { symbol: asked.issue.symbol })} text={t("ignoreText")} action={t("ignore")} act={() => act(() => wire.setIssueStatus.mutate({ id: asked.issue.id, status: "ignored" }))} undo={() => act(() => wire.setIssueStatus.mutate({ id: asked.issue.id, status: "open" }))} onClose={() => setAsked(null)} />}
      {asked?.of === "restore" && <ActDialog title={t("askRestore", { symbol: asked.bar.symbol })} text={t("restoreText")} action={t("restore")} act={() => act(() => wire.restoreBar.mutate({ id: asked.bar.id }))} onClose={() => setAsked(null)} />}
    </section>
  );
}
