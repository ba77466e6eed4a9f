"use client";

import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import type { EarningsEventDto, EconomicEventDto, IpoEventDto } from "@/server/contracts/calendar";
import { Change } from "../format/change";
import { Absent } from "../format/figure";
import { Instant } from "../format/instant";
import { Money } from "../format/money";
import { numberText } from "../format/number-text";
import { ProvenanceBadge } from "../format/provenance-badge";
import { Badge } from "../ui/badge";
import { classNames } from "../ui/class-names";

const HEAD = "h-8 px-3 text-2xs font-medium text-muted first:pl-4 last:pr-4";
const CELL = "px-3 py-2 first:pl-4 last:pr-4";
const IMPORTANCE_TONE = { low: "neutral", medium: "assumed", high: "warn" } as const;
const IPO_TONE = { expected: "accent", priced: "up", filed: "neutral", withdrawn: "down" } as const;

type Column<Row> = { id: string; header: string; end?: boolean; wideOnly?: boolean; cell: (row: Row) => ReactNode };

function DayTable<Row>({ label, rows, columns, keyOf }: { label: string; rows: readonly Row[]; columns: readonly Column<Row>[]; keyOf: (row: Row) => string }) {
  const look = ({ end, wideOnly }: Column<Row>) => classNames(end ? "text-right tabular-nums" : "text-left", wideOnly && "max-md:hidden");
  return (
    <table className="w-full text-xs">
      <caption className="sr-only">{label}</caption>
      <thead><tr>{columns.map((column) => <th key={column.id} scope="col" className={classNames(HEAD, look(column))}>{column.header}</th>)}</tr></thead>
      <tbody>{rows.map((row) => <tr key={keyOf(row)} className="border-t border-line">{columns.map((column) => <td key={column.id} className={classNames(CELL, look(column))}>{column.cell(row)}</td>)}</tr>)}</tbody>
    </table>
  );
}

/** Companies that report on one day. */
export function EarningsDay({ rows }: { rows: readonly EarningsEventDto[] }) {
  const t = useTranslations("calendar");
  const columns: Column<EarningsEventDto>[] = [
    {
      id: "company", header: t("columns.company"),
      cell: ({ symbol, company }) => {
        const words = <span className="flex max-w-64 items-baseline gap-2 max-md:max-w-32 max-md:flex-col max-md:gap-0"><b className="w-14 flex-none font-mono font-semibold">{symbol}</b><span className="min-w-0 truncate text-muted max-md:max-w-32">{company ?? ""}</span></span>;
        return company === null ? words : <Link href={`/companies/${encodeURIComponent(symbol)}`} prefetch={false} className="hover:text-accent">{words}</Link>;
      },
    },
    { id: "when", header: t("columns.when"), wideOnly: true, cell: ({ when }) => (when ? t(`when.${when}`) : <Absent reason={t("notKnown")} />) },
    { id: "period", header: t("columns.period"), wideOnly: true, cell: ({ fiscalYear, fiscalQuarter }) => (fiscalYear === null ? <Absent reason={t("notKnown")} /> : fiscalQuarter === null ? String(fiscalYear) : t("quarter", { year: String(fiscalYear), quarter: fiscalQuarter })) },
    { id: "estimate", header: t("columns.epsEstimate"), end: true, cell: ({ epsEstimate, currency }) => <Money amount={epsEstimate} currency={currency ?? "USD"} abbreviate={false} digits={2} absentReason={t("notKnown")} /> },
    { id: "actual", header: t("columns.epsActual"), end: true, cell: ({ epsActual, currency }) => <Money amount={epsActual} currency={currency ?? "USD"} abbreviate={false} digits={2} absentReason={t("notYet")} /> },
    { id: "surprise", header: t("columns.surprise"), end: true, cell: ({ surprise }) => <Change value={surprise} kind="percent" digits={1} absentReason={t("notYet")} className="justify-end" /> },
    { id: "revenue", header: t("columns.revenue"), end: true, wideOnly: true, cell: ({ revenueActual, revenueEstimate, currency }) => <Money amount={revenueActual ?? revenueEstimate} currency={currency ?? "USD"} absentReason={t("notKnown")} className={revenueActual === null ? "text-muted" : undefined} /> },
    { id: "source", header: t("columns.source"), end: true, wideOnly: true, cell: ({ provenance }) => <ProvenanceBadge compact provenance={provenance} /> },
  ];
  return <DayTable label={t("kinds.earnings")} rows={rows} columns={columns} keyOf={({ symbol, date }) => `${symbol} ${date}`} />;
}

/** Companies that go public on one day. */
export function IpoDay({ rows }: { rows: readonly IpoEventDto[] }) {
  const t = useTranslations("calendar");
  const locale = useLocale();
  const columns: Column<IpoEventDto>[] = [
    { id: "name", header: t("columns.company"), cell: ({ name, symbol }) => <span className="flex max-w-72 items-baseline gap-2 max-md:max-w-36"><span className="min-w-0 truncate font-medium">{name}</span>{symbol && <b className="font-mono text-2xs text-muted">{symbol}</b>}</span> },
    { id: "exchange", header: t("columns.exchange"), wideOnly: true, cell: ({ exchange }) => exchange ?? <Absent reason={t("notKnown")} /> },
    { id: "price", header: t("columns.price"), end: true, cell: ({ priceLow, priceHigh, currency }) => (priceLow === null && priceHigh === null ? <Absent reason={t("notKnown")} /> : <span className="whitespace-nowrap"><Money amount={priceLow ?? priceHigh} currency={currency ?? "USD"} abbreviate={false} digits={2} />{priceLow !== null && priceHigh !== null && priceLow !== priceHigh && <> – <Money amount={priceHigh} currency={currency ?? "USD"} abbreviate={false} digits={2} /></>}</span>) },
    { id: "shares", header: t("columns.shares"), end: true, wideOnly: true, cell: ({ shares }) => (shares === null ? <Absent reason={t("notKnown")} /> : numberText(locale, shares, { maximumFractionDigits: 0 })) },
    { id: "value", header: t("columns.value"), end: true, wideOnly: true, cell: ({ totalValue, currency }) => <Money amount={totalValue} currency={currency ?? "USD"} absentReason={t("notKnown")} /> },
    { id: "status", header: t("columns.status"), end: true, cell: ({ status }) => (status ? <Badge tone={IPO_TONE[status]}>{t(`status.${status}`)}</Badge> : <Absent reason={t("notKnown")} />) },
    { id: "source", header: t("columns.source"), end: true, wideOnly: true, cell: ({ provenance }) => <ProvenanceBadge compact provenance={provenance} /> },
  ];
  return <DayTable label={t("kinds.ipo")} rows={rows} columns={columns} keyOf={({ name, symbol, date }) => `${symbol} ${name} ${date}`} />;
}

/** Figures that are published on one day of the reader's clock. */
export function EconomicDay({ rows }: { rows: readonly EconomicEventDto[] }) {
  const t = useTranslations("calendar");
  const locale = useLocale();
  const countryNames = new Intl.DisplayNames([locale], { type: "region" });
  const figure = (value: string | null, unit: string | null, reason: string) => (value === null ? <Absent reason={reason} /> : <span className="whitespace-nowrap">{numberText(locale, value, { maximumFractionDigits: 4 })}{unit ? ` ${unit}` : ""}</span>);
  const columns: Column<EconomicEventDto>[] = [
    { id: "time", header: t("columns.time"), cell: ({ at }) => <Instant value={at} style="time" className="whitespace-nowrap tabular-nums" /> },
    { id: "country", header: t("country"), wideOnly: true, cell: ({ country }) => countryNames.of(country) ?? country },
    { id: "name", header: t("columns.event"), cell: ({ name, period, country, seriesCode }) => <span className="flex flex-col"><span className="font-medium"><span className="text-2xs text-muted md:hidden">{country} </span>{seriesCode ? <Link href={`/macro/${encodeURIComponent(seriesCode)}`} prefetch={false} className="hover:text-accent">{name}</Link> : name}</span>{period && <span className="text-2xs text-muted">{period}</span>}</span> },
    { id: "importance", header: t("importance.label"), wideOnly: true, cell: ({ importance }) => (importance ? <Badge tone={IMPORTANCE_TONE[importance]}>{t(`importance.${importance}`)}</Badge> : <Absent reason={t("notKnown")} />) },
    { id: "actual", header: t("columns.actual"), end: true, cell: ({ actual, unit }) => figure(actual, unit, t("notYet")) },
    { id: "estimate", header: t("columns.estimate"), end: true, cell: ({ estimate, unit }) => figure(estimate, unit, t("notKnown")) },
    { id: "previous", header: t("columns.previous"), end: true, wideOnly: true, cell: ({ previous, unit }) => figure(previous, unit, t("notKnown")) },
    { id: "source", header: t("columns.source"), end: true, wideOnly: true, cell: ({ provenance }) => <ProvenanceBadge compact provenance={provenance} /> },
  ];
  return <DayTable label={t("kinds.economic")} rows={rows} columns={columns} keyOf={({ country, name, at }) => `${country} ${name} ${at}`} />;
}
