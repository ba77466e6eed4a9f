"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { CompanyDto } from "@/server/contracts/market";
import { Money } from "@/components/format/money";
import { Multiple } from "@/components/format/multiple";
import { Percent } from "@/components/format/percent";
import { ProvenanceBadge } from "@/components/format/provenance-badge";

/** The company in nine figures, over the last four quarters. */
export function CompanyFiguresStrip({ company }: { company: CompanyDto }) {
  const t = useTranslations("market");
  const { ratios, isFinancial } = company;
  const cover = isFinancial ? t("financialIcr") : t("notReported");
  const unpriced = company.quote?.provenance.basis === "recorded" ? t("notReported") : t("detail.shares");
  return (
    <section aria-label={t("companiesNote")} className="panel">
      <dl className="grid grid-cols-2 sm:grid-cols-3 lg:grid-cols-5 xl:grid-cols-9">
        <Item label={t("columns.revenue")}><Money amount={company.revenue} currency={company.currency} absentReason={t("notReported")} /></Item>
        <Item label={t("detail.marketCap")}><Money amount={company.marketCap} currency={company.currency} absentReason={unpriced} /></Item>
        <Item label={t("columns.priceEarnings")}><Multiple value={ratios.priceEarnings} digits={1} absentReason={unpriced} /></Item>
        <Item label={t("columns.icr")}><Multiple value={ratios.icr} absentReason={cover} /></Item>
        <Item label={t("columns.icrEbitda")}><Multiple value={ratios.icrEbitda} absentReason={cover} /></Item>
        <Item label={t("columns.returnOnEquity")}><Percent value={ratios.returnOnEquity} absentReason={t("notReported")} /></Item>
        <Item label={t("columns.debtToEquity")}><Multiple value={ratios.debtToEquity} absentReason={t("notReported")} /></Item>
        <Item label={t("columns.operatingMargin")}><Percent value={ratios.operatingMargin} absentReason={t("notReported")} /></Item>
        <Item label={t("columns.netMargin")}><Percent value={ratios.netMargin} absentReason={t("notReported")} /></Item>
      </dl>
      <p className="flex items-center gap-2 border-t border-line px-4 py-2 text-2xs text-muted"><ProvenanceBadge provenance={company.provenance} />{t("companiesNote")}</p>
    </section>
  );
}

function Item({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0 px-4 py-2.5">
      <dt className="truncate text-xs text-muted">{label}</dt>
      <dd className="text-lg font-semibold tracking-tight">{children}</dd>
    </div>
  );
}
