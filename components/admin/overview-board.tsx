"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { OverviewDto } from "@/server/contracts/admin";
import { QueryError } from "../app-shell/query-boundary";
import { useTRPC } from "../app-shell/trpc-client";
import { BarChart } from "../charts/bar-chart";
import { Absent } from "../format/figure";
import { Instant } from "../format/instant";
import { numberText } from "../format/number-text";
import { Percent } from "../format/percent";
import { Quantity } from "../format/quantity";
import { Badge } from "../ui/badge";
import { DataTable } from "../ui/data-table";
import { Panel } from "../ui/panel";
import { Skeleton } from "../ui/skeleton";
import { IngestFreshness } from "./ingest-freshness";

const EVERY_MS = 15_000;
const TONE = { up: "up", ok: "up", degraded: "warn", unknown: "neutral", down: "down", unavailable: "down" } as const;

/** How it runs now: parts, calls, figures, people. */
export function OverviewBoard() {
  const t = useTranslations("admin.overview");
  const query = useQuery(useTRPC().admin.getOverview.queryOptions(undefined, { refetchInterval: EVERY_MS, staleTime: 0 }));
  if (query.isError && !query.data) return <QueryError error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton rows={12} />;
  const { data } = query;
  return (
    <div className="grid gap-4 p-4 md:p-6">
      <Health health={data.health} mail={data.mail} />
      <Calls process={data.process} />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <IngestFreshness rows={data.ingest} />
        <SignUps figures={data.signUps} title={t("signUps")} />
      </div>
    </div>
  );
}

function Tile({ title, badge, children }: { title: string; badge?: ReactNode; children: ReactNode }) {
  return (
    <div className="panel flex min-w-0 flex-col gap-1 px-4 py-3">
      <p className="flex items-center justify-between gap-2 text-2xs font-medium text-muted">{title}{badge}</p>
      {children}
    </div>
  );
}

const Big = ({ children }: { children: ReactNode }) => <p className="text-lg font-semibold tabular-nums">{children}</p>;
const Small = ({ children }: { children: ReactNode }) => <p className="text-2xs text-muted tabular-nums">{children}</p>;

function Health({ health, mail }: Pick<OverviewDto, "health" | "mail">) {
  const t = useTranslations("admin.overview");
  const state = (status: keyof typeof TONE) => <Badge tone={TONE[status]}>{t(`states.${status}`)}</Badge>;
  const { database, sidecar, jobs } = health;
  const { report } = jobs;
  return (
    <section aria-label={t("health")} className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-6">
      <Tile title={t("app")} badge={state(health.status)}><Big>{health.version}</Big><Small>{t("memory", { megabytes: Math.round(health.memoryBytes / 1_048_576) })} · {t("uptime", { hours: health.uptimeSeconds / 3_600 })}</Small></Tile>
      <Tile title={t("database")} badge={state(database.status)}><Big><Quantity value={database.latencyMs} unit="ms" digits={0} /></Big><Small>{t("migrations", { count: database.migrations?.length ?? 0 })}</Small></Tile>
      <Tile title={t("sidecar")} badge={state(sidecar.status)}><Big><Quantity value={sidecar.report?.connections ?? null} digits={0} /></Big><Small>{t("sockets")}</Small>{sidecar.report && <Lines report={sidecar.report} />}</Tile>
      <Tile title={t("runner")} badge={state(jobs.status)}><Big><Quantity value={report?.queue.waiting ?? null} digits={0} /></Big><Small>{report ? t("queue", { running: report.queue.running, later: report.queue.later }) : t("engine", { engine: jobs.engine })}</Small></Tile>
      <Tile title={t("outbox")}><Big><Quantity value={report?.outbox.waiting ?? null} digits={0} /></Big><Small>{t("outboxNote")}</Small></Tile>
      <Tile title={t("mail")} badge={mail.failed > 0 ? <Badge tone="warn">{t("mailFailed", { count: mail.failed })}</Badge> : undefined}><Big>{mail.waiting}</Big><Small>{t("mailWaiting")}</Small></Tile>
    </section>
  );
}

/** With whom the feed is shared, and each line to a vendor with what is shown while it is away. */
function Lines({ report: { sharing, streams } }: { report: NonNullable<OverviewDto["health"]["sidecar"]["report"]> }) {
  const t = useTranslations("admin.overview");
  return (
    <>
      {sharing.redis !== "off" && <Small>{t(`sharing.${sharing.redis === "up" ? sharing.role : "alone"}`)}</Small>}
      {streams.map(({ vendor, phase, symbols, fellBack }) => (
        <Small key={vendor}>{vendor}: {fellBack ? t("streams.fellBack") : t(`streams.${phase}`, { symbols })}</Small>
      ))}
    </>
  );
}

function Calls({ process }: Pick<OverviewDto, "process">) {
  const t = useTranslations("admin.overview");
  const ms = (value: number | null) => <Quantity value={value} digits={value !== null && value < 10 ? 1 : 0} />;
  const { hits, misses, entries } = process.cache;
  const lookups = hits + misses;
  return (
    <Panel
      title={t("calls")}
      detail={<>{t("ofThisProcess")} <Instant value={process.since} /></>}
      actions={<span className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
        <span>{t("total")} <strong className="text-text"><Quantity value={process.calls} digits={0} /></strong></span>
        <span>{t("errorRate")} <strong className="text-text">{process.calls === 0 ? <Absent /> : <Percent value={process.failed / process.calls} digits={2} />}</strong></span>
        <span>{t("refusedRate")} <strong className="text-text">{process.calls === 0 ? <Absent /> : <Percent value={process.refused / process.calls} digits={2} />}</strong></span>
        <span>{t("cacheHits", { entries })} <strong className="text-text">{lookups === 0 ? <Absent /> : <Percent value={hits / lookups} />}</strong></span>
      </span>}
      bodyClassName=""
    >
      <DataTable
        label={t("calls")}
        rows={process.procedures}
        rowKey={({ name }) => name}
        csvName="procedures"
        firstSort={{ id: "calls", desc: true }}
        scrollClassName="max-h-80"
        columns={[
          { id: "name", header: t("procedure"), value: ({ name }) => name, cell: ({ name }) => <span className="font-mono">{name}</span>, fixed: true },
          { id: "calls", header: t("total"), align: "end", value: ({ calls }) => calls, cell: ({ calls }) => <Quantity value={calls} digits={0} /> },
          { id: "failed", header: t("failed"), align: "end", value: ({ failed }) => failed, cell: ({ failed }) => <span className={failed > 0 ? "text-down" : "text-muted"}><Quantity value={failed} digits={0} /></span> },
          { id: "refused", header: t("refused"), align: "end", wideOnly: true, value: ({ refused }) => refused, cell: ({ refused }) => <Quantity value={refused} digits={0} /> },
          { id: "p50", header: "p50 ms", align: "end", wideOnly: true, value: ({ p50Ms }) => p50Ms, cell: ({ p50Ms }) => ms(p50Ms) },
          { id: "p95", header: "p95 ms", align: "end", value: ({ p95Ms }) => p95Ms, cell: ({ p95Ms }) => ms(p95Ms) },
          { id: "p99", header: "p99 ms", align: "end", wideOnly: true, value: ({ p99Ms }) => p99Ms, cell: ({ p99Ms }) => ms(p99Ms) },
        ]}
      />
    </Panel>
  );
}

function SignUps({ figures, title }: { figures: OverviewDto["signUps"]; title: string }) {
  const t = useTranslations("admin.overview");
  const locale = useLocale();
  const { total, day, week, month, byDay } = figures;
  return (
    <Panel title={title} detail={t("signUpsNote", { total, day, week, month })}>
      <BarChart label={title} x={byDay.map(({ date }) => date)} xLabel={t("date")} xFormat={(date) => date.slice(5)} series={[{ id: "sign-ups", label: title, values: byDay.map(({ count }) => count) }]} format={(value) => numberText(locale, value)} height={200} />
    </Panel>
  );
}
