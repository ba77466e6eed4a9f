"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ScenarioResult } from "@/server/contracts/scenario";
import { CalendarQuarter } from "@/components/format/calendar-quarter";
import { Change } from "@/components/format/change";
import { Quantity } from "@/components/format/quantity";
import { outcomeSummary, STRESSED_ICR } from "./outcome-summary";

/** The scenario in five figures. */
export function ResultKpis({ result, at }: { result: ScenarioResult; at: number }) {
  const t = useTranslations("scenario.kpi");
  const summary = outcomeSummary(result.companies, at);
  const until = <CalendarQuarter value={result.quarters[at] ?? null} />;
  const rich = (key: "interestNote") => t.rich(key, { quarter: () => until });
  return (
    <dl className="panel grid grid-cols-2 md:grid-cols-3 xl:grid-cols-5">
      <Kpi label={t("medianIcr")} note={t("medianIcrNote", { count: summary.covered })}><Change value={summary.medianIcrDelta} kind="multiple" quiet /></Kpi>
      <Kpi label={t("ratings")} note={t("ratingsNote", { upgrades: summary.upgrades, count: summary.covered })}><Quantity value={summary.downgrades} /></Kpi>
      <Kpi label={t("interest")} note={rich("interestNote")}><Change value={summary.interestDeltaTtm} kind="money" currency="USD" good="down" quiet /></Kpi>
      <Kpi label={t("ebit")} note={rich("interestNote")}><Change value={summary.ebitDeltaTtm} kind="money" currency="USD" quiet /></Kpi>
      <Kpi label={t("stressed", { limit: `${STRESSED_ICR.toFixed(2)}×` })} note={t("stressedNote")}>{summary.stressedBefore} → {summary.stressedAfter}</Kpi>
    </dl>
  );
}

function Kpi({ label, note, children }: { label: string; note: ReactNode; children: ReactNode }) {
  return (
    <div className="border-line px-4 pt-2.5 pb-3 max-md:odd:last:col-span-2 max-md:[&:nth-child(even)]:border-l max-md:[&:nth-child(n+3)]:border-t xl:[&:nth-child(n+2)]:border-l">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="text-xl font-semibold tracking-tight">{children}</dd>
      <dd className="text-2xs text-muted">{note}</dd>
    </div>
  );
}
