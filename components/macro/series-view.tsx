"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { ChevronLeft, Download, Zap } from "lucide-react";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DRIVER_IDS } from "@/server/contracts/scenario";
import { recessionSpans } from "@/server/domain/macro/recessions";
import { scenarioToUrl } from "@/server/domain/scenario/scenario-url";
import { QueryError } from "@/components/app-shell/query-boundary";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { LineChart } from "@/components/charts/line-chart";
import { Change } from "@/components/format/change";
import { DateOnly } from "@/components/format/date-only";
import { dateText } from "@/components/format/date-text";
import { quantityText } from "@/components/format/number-text";
import { ProvenanceBadge } from "@/components/format/provenance-badge";
import { Quantity } from "@/components/format/quantity";
import { useDriverName } from "@/components/scenario/driver-figure";
import { firstShock } from "@/components/scenario/scenario-draft";
import { Button } from "@/components/ui/button";
import { csvText } from "@/components/ui/csv-text";
import { downloadText } from "@/components/ui/download-text";
import { EmptyState } from "@/components/ui/empty-state";
import { Field, Input } from "@/components/ui/input";
import { Panel } from "@/components/ui/panel";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { seriesDigits } from "./series-digits";
import { seriesInput } from "./series-input";

const YEARS = { "5y": 5, "10y": 10, "20y": 20, max: null } as const;
type Range = keyof typeof YEARS;

/** One series with its history as published, or as it was known on a day. */
export function SeriesView({ code }: { code: string }) {
  const t = useTranslations("macro");
  const locale = useLocale();
  const driverName = useDriverName();
  const params = useSearchParams();
  const input = seriesInput(code, params.get("asOf"));
  const asOf = input.asOf ?? null;
  const range = (Object.keys(YEARS) as Range[]).find((one) => one === params.get("range")) ?? "20y";
  const isLog = params.get("log") === "1";
  const series = useSuspenseQuery(useTRPC().macro.getSeries.queryOptions(input)).data;
  const show = (change: Record<string, string | null>) => {
    const next = new URLSearchParams(params.toString());
    for (const [key, value] of Object.entries(change)) {
      if (value === null) next.delete(key);
      else next.set(key, value);
    }
    window.history.replaceState(null, "", next.size > 0 ? `?${next}` : window.location.pathname);
  };

  const years = YEARS[range];
  const last = series.dates.at(-1);
  const from = years !== null && last ? `${Number(last.slice(0, 4)) - years}${last.slice(4)}` : "";
  const start = series.dates.findIndex((date) => date >= from);
  const dates = series.dates.slice(Math.max(start, 0));
  const values = series.values.slice(Math.max(start, 0));
  const style = series.frequency === "DAILY" || series.frequency === "WEEKLY" ? "medium" : "month";
  const driver = DRIVER_IDS.find((one) => one === series.driver);
  const download = () => downloadText({ name: `${series.code}.csv`, text: csvText([t("columns.date"), `${series.code} (${series.unit})`], series.dates.map((date, index) => [date, series.values[index] ?? null])), type: "text/csv" });

  return (
    <div className="flex flex-col gap-3 p-4 md:p-5">
      <header className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0">
          <Link href="/macro" className="inline-flex items-center gap-1 text-xs text-muted hover:text-text"><ChevronLeft aria-hidden="true" className="size-3" />{t("back")}</Link>
          <h1 className="text-lg font-semibold">{series.name}</h1>
          <p className="text-xs text-muted"><span className="font-mono">{series.code}</span> · {series.unit} · {t(`frequencies.${series.frequency}`)} · {series.agency}</p>
        </div>
        <div className="ml-auto flex flex-wrap items-center gap-2">
          <ProvenanceBadge provenance={series.provenance} />
          <Button onClick={download}><Download aria-hidden="true" />{t("csv")}</Button>
          {driver && (
            <Button asChild variant="primary">
              <Link href={`/scenarios?${scenarioToUrl({ shocks: [firstShock(driver)], mode: "respond", quarters: 12 })}`}><Zap aria-hidden="true" />{t("shockIt")}</Link>
            </Button>
          )}
        </div>
      </header>
      <dl className="panel grid grid-cols-2 md:grid-cols-4">
        <Fact label={t("columns.last")}><Quantity value={series.last} digits={seriesDigits(series.last)} /></Fact>
        <Fact label={t("columns.changeYear")}><Change value={series.changeYear} kind="number" digits={seriesDigits(series.last)} good="none" absentReason={t("noYearAgo")} /></Fact>
        <Fact label={t("columns.lastDate")}><DateOnly value={series.lastDate} style={style} /></Fact>
        <Fact label={t("vintage")}><span className="block pt-1 text-sm font-medium tracking-normal">{series.vintage}</span></Fact>
      </dl>
      <Panel
        title={t("columns.history")}
        detail={driver && `${t("driver")}: ${driverName(driver)}`}
        actions={
          <>
            <Segmented label={t("range")} value={range} onChange={(next) => show({ range: next })} options={(Object.keys(YEARS) as Range[]).map((value) => ({ value, label: t(`ranges.${value}`) }))} />
            <Button aria-pressed={isLog} disabled={values.some((value) => value <= 0)} onClick={() => show({ log: isLog ? null : "1" })} className="aria-pressed:border-accent aria-pressed:text-accent">{t("log")}</Button>
          </>
        }
      >
        {values.length === 0 ? (
          <EmptyState title={t("asOfNone")} action={<Button onClick={() => show({ asOf: null })}>{t("newest")}</Button>} />
        ) : (
          <LineChart
            label={series.name}
            x={dates}
            xLabel={t("columns.date")}
            series={[{ id: series.code, label: series.unit, values, area: !isLog }]}
            format={(value) => quantityText(locale, value)}
            axisFormat={(value) => quantityText(locale, value, { abbreviate: true })}
            xFormat={(date) => dateText(locale, date, style)}
            xAxisFormat={(date) => date.slice(0, 4)}
            log={isLog}
            spans={recessionSpans(dates).map((span) => ({ ...span, label: t("board.recession") }))}
            height={360}
          />
        )}
        <div className="mt-3 flex flex-wrap items-end gap-3">
          <Field label={t("asOf")} htmlFor="as-of" hint={t("asOfNote")}>
            <Input id="as-of" type="date" value={asOf ?? ""} onChange={(event) => show({ asOf: event.target.value === "" ? null : event.target.value })} className="w-44" />
          </Field>
        </div>
        <p className="mt-2 text-2xs text-muted">{t("board.recession")}</p>
      </Panel>
      {last && <VintagePanel code={series.code} date={params.get("date") ?? last} digits={seriesDigits(series.last)} onDate={(date) => show({ date })} style={style} />}
    </div>
  );
}

/** How the value of one date was revised. */
function VintagePanel({ code, date, digits, onDate, style }: { code: string; date: string; digits: number | undefined; onDate: (date: string) => void; style: "medium" | "month" }) {
  const t = useTranslations("macro");
  const locale = useLocale();
  const query = useQuery(useTRPC().macro.listVintages.queryOptions({ code, date }));
  return (
    <Panel title={t("board.vintages")} detail={t("board.vintagesNote")}>
      <div className="flex flex-wrap items-start gap-4">
        <Field label={t("columns.date")} htmlFor="vintage-date">
          <Input id="vintage-date" type="date" value={date} onChange={(event) => event.target.value !== "" && onDate(event.target.value)} className="w-44" />
        </Field>
        {query.isPending && <Skeleton rows={2} />}
        {query.isError && <QueryError error={query.error} onRetry={() => void query.refetch()} compact />}
        {query.data && query.data.items.length === 0 && <p className="pt-7 text-sm text-muted">{t("board.vintagesNone")}</p>}
        {query.data && query.data.items.length > 0 && (
          <table className="text-sm">
            <caption className="sr-only">{t("board.vintagesOf", { date: dateText(locale, date, style) })}</caption>
            <thead><tr className="text-left text-xs text-muted"><th scope="col" className="pr-6 font-normal">{t("board.knownAt")}</th><th scope="col" className="pr-6 text-right font-normal">{t("columns.value")}</th><th scope="col" className="text-right font-normal">{t("board.revised")}</th></tr></thead>
            <tbody>
              {query.data.items.map(({ knownAt, value }, at) => (
                <tr key={knownAt} className="border-t border-line">
                  <td className="py-1 pr-6"><DateOnly value={knownAt} style="medium" /></td>
                  <td className="py-1 pr-6 text-right"><Quantity value={value} digits={digits} /></td>
                  <td className="py-1 text-right">{at === 0 ? "–" : <Change value={value - query.data.items[at - 1]!.value} kind="number" digits={digits} good="none" quiet className="justify-end" />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Panel>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0 border-line px-4 py-3 max-md:[&:nth-child(even)]:border-l max-md:[&:nth-child(n+3)]:border-t md:[&:nth-child(n+2)]:border-l">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="text-xl font-semibold tracking-tight break-words">{children}</dd>
    </div>
  );
}
