"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { CompanyDto, RatioWindowDto } from "@/server/contracts/market";
import { dateText } from "@/components/format/date-text";
import { Money } from "@/components/format/money";
import { Multiple } from "@/components/format/multiple";
import { Percent } from "@/components/format/percent";
import { ProvenanceBadge } from "@/components/format/provenance-badge";

/** The company in nine figures; the twelve months most of them speak of stand beneath, and at each that speaks of others its own. */
export function CompanyFiguresStrip({ company }: { company: CompanyDto }) {
  const t = useTranslations("market");
  const windowName = useTranslations("format.windows");
  const locale = useLocale();
  const { ratios, windows, isFinancial } = company;
  const windowText = (window: RatioWindowDto) => window && windowName(window.basis, { date: dateText(locale, window.periodEnd, "medium") });
  const shared = mostCommon(Object.values(windows));
  const common = windowText(shared);
  // A balance sheet of the day on which those months end is no exception.
  const isShared = (window: RatioWindowDto) => window?.periodEnd === shared?.periodEnd && (window?.basis === shared?.basis || window?.basis === "balance-sheet");
  const own = (value: unknown, window: RatioWindowDto) => (value === null || isShared(window) ? null : windowText(window));
  const cover = isFinancial ? t("financialIcr") : t("notReported");
  const unpriced = company.quote?.provenance.basis === "recorded" ? t("notReported") : t("detail.shares");
  return (
    <section aria-label={t("detail.figures")} className="panel">
      <dl className="grid grid-cols-3 lg:grid-cols-5 xl:grid-cols-9 max-md:py-1">
        <Item label={t("columns.revenue")} note={own(company.revenue, windows.revenue)}><Money amount={company.revenue} currency={company.currency} absentReason={t("notReported")} /></Item>
        <Item label={t("detail.marketCap")}><Money amount={company.marketCap} currency={company.currency} absentReason={unpriced} /></Item>
        <Item label={t("columns.priceEarnings")} note={own(ratios.priceEarnings, windows.priceEarnings)}><Multiple value={ratios.priceEarnings} digits={1} absentReason={unpriced} /></Item>
        <Item label={t("columns.icr")} note={own(ratios.icr, windows.icr)}><Multiple value={ratios.icr} absentReason={cover} /></Item>
        <Item label={t("columns.icrEbitda")} note={own(ratios.icrEbitda, windows.icrEbitda)}><Multiple value={ratios.icrEbitda} absentReason={cover} /></Item>
        <Item label={t("columns.returnOnEquity")} note={own(ratios.returnOnEquity, windows.returnOnEquity)}><Percent value={ratios.returnOnEquity} absentReason={t("notReported")} /></Item>
        <Item label={t("columns.debtToEquity")} note={own(ratios.debtToEquity, windows.debtToEquity)}><Multiple value={ratios.debtToEquity} absentReason={t("notReported")} /></Item>
        <Item label={t("columns.operatingMargin")} note={own(ratios.operatingMargin, windows.operatingMargin)}><Percent value={ratios.operatingMargin} absentReason={t("notReported")} /></Item>
        <Item label={t("columns.netMargin")} note={own(ratios.netMargin, windows.netMargin)}><Percent value={ratios.netMargin} absentReason={t("notReported")} /></Item>
      </dl>
      <p className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-2 text-2xs text-muted"><ProvenanceBadge provenance={company.provenance} />{common ? t("stripNote", { window: common }) : t("notReported")}</p>
    </section>
  );
}

/** The window that most ratios share; the first of equals. */
function mostCommon(windows: readonly RatioWindowDto[]): RatioWindowDto {
  const known = windows.filter((window) => window !== null && window.basis !== "balance-sheet");
  const count = (window: RatioWindowDto) => known.filter((other) => other?.basis === window?.basis && other?.periodEnd === window?.periodEnd).length;
  return known.reduce<RatioWindowDto>((best, window) => (best === null || count(window) > count(best) ? window : best), null);
}

function Item({ label, note = null, children }: { label: string; note?: string | null; children: ReactNode }) {
  return (
    <div className="min-w-0 px-4 py-2.5 max-md:px-3 max-md:py-1.5 max-md:nth-[3n+1]:pl-4">
      <dt className="truncate text-xs text-muted">{label}</dt>
      <dd className="text-lg font-semibold tracking-tight">{children}</dd>
      {note && <dd className="text-2xs text-muted">{note}</dd>}
    </div>
  );
}
