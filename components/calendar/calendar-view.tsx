"use client";

import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { CalendarDays, CalendarPlus, ChevronLeft, ChevronRight } from "lucide-react";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { CALENDAR_KINDS, IMPORTANCES, type CalendarKind } from "@/server/contracts/calendar";
import { useErrorText } from "../app-shell/error-text";
import { nextPage } from "../app-shell/next-page";
import { QueryError } from "../app-shell/query-boundary";
import { useTRPC } from "../app-shell/trpc-client";
import { shownError } from "../app-shell/wire-error";
import { dateText } from "../format/date-text";
import { TickerField } from "../news/ticker-field";
import { Button } from "../ui/button";
import { classNames } from "../ui/class-names";
import { downloadText } from "../ui/download-text";
import { EmptyState } from "../ui/empty-state";
import { LoadMore } from "../ui/load-more";
import { Segmented } from "../ui/segmented";
import { Select } from "../ui/select";
import { Skeleton } from "../ui/skeleton";
import { Tabs } from "../ui/tabs";
import { CALENDAR_SPANS, dayIn, readCalendarFilters, spanAround, widened, type CalendarFilters } from "./calendar-filters";
import { EarningsDay, EconomicDay, IpoDay } from "./event-days";

const PAGE = 200;
const ALL = "all";
const DEFAULTS: Readonly<Record<string, string>> = { kind: "earnings", span: "week" };

type PartProps = { filters: CalendarFilters; onChange: (change: Partial<CalendarFilters>) => void; from: string; to: string };

/** What is reported, listed and published when, by week or day on the reader's clock. */
export function CalendarView() {
  const t = useTranslations("calendar");
  const address = useSearchParams().toString();
  const filters = readCalendarFilters(address);
  const timeZone = useTimeZone() ?? "UTC";
  const today = dayIn(timeZone, useNow());
  const { from, to, before, after } = spanAround(filters.at ?? today, filters.span);
  const change = (next: Partial<CalendarFilters>) => {
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...filters, ...next })) if (value !== null && value !== DEFAULTS[name]) params.set(name, value);
    window.history.replaceState(null, "", params.size > 0 ? `?${params}` : window.location.pathname);
  };
  const part = { filters, onChange: change, from, to };
  const content: Record<CalendarKind, React.ReactNode> = { earnings: <Earnings {...part} />, "sp500-earnings": <Earnings membersOnly {...part} />, ipo: <Ipos {...part} />, economic: <Economic {...part} /> };
  return (
    <div className="flex flex-col gap-3 p-4 md:p-5">
      <header className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h1 className="text-lg font-semibold">{t("title")}</h1>
        <p className="text-xs text-muted">{t("note", { timeZone })}</p>
      </header>
      <div className="flex flex-wrap items-center gap-2">
        <Button variant="ghost" aria-label={t("earlier")} onClick={() => change({ at: before })}><ChevronLeft aria-hidden="true" /></Button>
        <Button onClick={() => change({ at: null })} disabled={from <= today && today <= to}>{t(filters.span === "day" ? "today" : "thisWeek")}</Button>
        <Button variant="ghost" aria-label={t("later")} onClick={() => change({ at: after })}><ChevronRight aria-hidden="true" /></Button>
        <Span from={from} to={to} />
        <Segmented label={t("span.label")} value={filters.span} onChange={(span) => change({ span })} options={CALENDAR_SPANS.map((value) => ({ value, label: t(`span.${value}`) }))} className="ml-auto" />
        <IcsButton filters={filters} from={from} to={to} />
      </div>
      <Tabs label={t("title")} value={filters.kind} onChange={(kind) => change({ kind })} tabs={CALENDAR_KINDS.map((value) => ({ value, label: t(`kinds.${value}`), content: <div className="pt-3">{value === filters.kind && content[value]}</div> }))} />
    </div>
  );
}

function Span({ from, to }: { from: string; to: string }) {
  const locale = useLocale();
  return <p role="status" className="text-sm font-semibold">{from === to ? dateText(locale, from, "full") : `${dateText(locale, from)} – ${dateText(locale, to)}`}</p>;
}

/** The span as a file that any calendar reads. */
function IcsButton({ filters, from, to }: { filters: CalendarFilters; from: string; to: string }) {
  const t = useTranslations("calendar.ics");
  const client = useQueryClient();
  const { calendar } = useTRPC();
  const errorText = useErrorText();
  const [said, setSaid] = useState("");
  const download = async () => {
    try {
      const file = await client.fetchQuery(calendar.export.queryOptions({ kind: filters.kind, from, to, ticker: filters.kind.endsWith("earnings") ? filters.ticker : null }));
      downloadText({ name: file.name, text: file.content, type: "text/calendar" });
      setSaid(t("done", { events: file.events }));
    } catch (error) {
      setSaid(errorText(shownError(error)));
    }
  };
  return <><Button onClick={() => void download()}><CalendarPlus aria-hidden="true" />{t("download")}</Button><span role="status" className="text-2xs text-muted">{said}</span></>;
}

type Pages<Row> = { data?: { pages: { items: readonly Row[] }[] }; isPending: boolean; isError: boolean; isPlaceholderData: boolean; error: unknown; refetch: () => unknown; hasNextPage: boolean; isFetchingNextPage: boolean; isFetchNextPageError: boolean; fetchNextPage: () => unknown };

/** Events by day, in each of the states of a list. */
function Days<Row>({ query, kind, dayOf, children }: { query: Pages<Row>; kind: CalendarKind; dayOf: (row: Row) => string | null; children: (rows: readonly Row[]) => React.ReactNode }) {
  const t = useTranslations("calendar");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
  const today = dayIn(timeZone, useNow());
  if (query.isError && query.data === undefined) return <QueryError error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <Skeleton rows={8} rowClassName="h-10" />;
  const byDay = new Map<string, Row[]>();
  for (const row of query.data?.pages.flatMap(({ items }) => items) ?? []) {
    const day = dayOf(row);
    if (day !== null) byDay.set(day, [...(byDay.get(day) ?? []), row]);
  }
  const shown = [...byDay.values()].reduce((sum, rows) => sum + rows.length, 0);
  if (shown === 0) return <EmptyState icon={CalendarDays} title={t("empty.title")}>{t(`empty.${kind}`)}</EmptyState>;
  return (
    <div className={classNames(query.isPlaceholderData && "opacity-60")}>
      {[...byDay].map(([day, rows]) => (
        <section key={day} aria-label={dateText(locale, day, "full")}>
          <h2 className="flex items-baseline gap-2 border-y border-line bg-surface-2 px-4 py-2 text-xs font-semibold">{dateText(locale, day, "full")}{day === today && <span className="text-2xs font-medium text-accent">{t("today")}</span>}<span className="ml-auto text-2xs font-normal text-muted">{t("count", { count: rows.length })}</span></h2>
          {children(rows)}
        </section>
      ))}
      <LoadMore shown={shown} hasMore={query.hasNextPage} loading={query.isFetchingNextPage} failed={query.isFetchNextPageError} onLoad={() => void query.fetchNextPage()} />
    </div>
  );
}

function Earnings({ filters, onChange, from, to, membersOnly = false }: PartProps & { membersOnly?: boolean }) {
  const { calendar } = useTRPC();
  const input = { from, to, ticker: filters.ticker, limit: PAGE };
  const all = useInfiniteQuery({ ...calendar.listEarnings.infiniteQueryOptions(input, nextPage), placeholderData: keepPreviousData, enabled: !membersOnly });
  const members = useInfiniteQuery({ ...calendar.listIndexEarnings.infiniteQueryOptions(input, nextPage), placeholderData: keepPreviousData, enabled: membersOnly });
  return (
    <div className="panel min-w-0 overflow-hidden">
      <div className="flex flex-wrap items-center gap-2 px-4 py-3"><TickerField ticker={filters.ticker} onTicker={(ticker) => onChange({ ticker })} /></div>
      <Days query={membersOnly ? members : all} kind={membersOnly ? "sp500-earnings" : "earnings"} dayOf={({ date }) => date}>{(rows) => <EarningsDay rows={rows} />}</Days>
    </div>
  );
}

function Ipos({ from, to }: PartProps) {
  const query = useInfiniteQuery({ ...useTRPC().calendar.listIpos.infiniteQueryOptions({ from, to, limit: PAGE }, nextPage), placeholderData: keepPreviousData });
  return <div className="panel min-w-0 overflow-hidden"><Days query={query} kind="ipo" dayOf={({ date }) => date}>{(rows) => <IpoDay rows={rows} />}</Days></div>;
}

function Economic({ filters, onChange, from, to }: PartProps) {
  const t = useTranslations("calendar");
  const timeZone = useTimeZone() ?? "UTC";
  const query = useInfiniteQuery({ ...useTRPC().calendar.listEconomic.infiniteQueryOptions({ ...widened({ from, to }), country: filters.country, importance: filters.importance, limit: PAGE }, nextPage), placeholderData: keepPreviousData });
  const countryNames = new Intl.DisplayNames([useLocale()], { type: "region" });
  const countries = [...new Set([...COUNTRIES, ...(filters.country ? [filters.country] : [])])];
  return (
    <div className="panel min-w-0 overflow-hidden">
      <div className="flex flex-wrap items-center gap-2 px-4 py-3">
        <Select prefixed label={t("country")} value={filters.country ?? ALL} onChange={(value) => onChange({ country: value === ALL ? null : value })} options={[{ value: ALL, label: t("any") }, ...countries.map((value) => ({ value, label: countryNames.of(value) ?? value }))]} />
        <Select prefixed label={t("importance.label")} value={filters.importance ?? ALL} onChange={(value) => onChange({ importance: IMPORTANCES.find((one) => one === value) ?? null })} options={[{ value: ALL, label: t("any") }, ...IMPORTANCES.map((value) => ({ value: value as string, label: t(`importance.${value}`) }))]} />
      </div>
      <Days
        query={query}
        kind="economic"
        dayOf={({ at }) => {
          const day = dayIn(timeZone, new Date(at));
          return day >= from && day <= to ? day : null;
        }}
      >
        {(rows) => <EconomicDay rows={rows} />}
      </Days>
    </div>
  );
}

/** Those whose figures move markets most often; any other may stand in the address. */
const COUNTRIES = ["US", "KR", "CN", "JP", "DE", "FR", "GB", "IT", "ES", "CA", "AU", "CH", "IN", "BR"] as const;
