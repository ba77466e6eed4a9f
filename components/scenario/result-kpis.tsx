"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ScenarioResult } from "@/server/contracts/scenario";
import type { PlainFormula } from "@/server/domain/shared/formula";
import { engineProvenance } from "@/server/domain/shared/provenance";
import { quarterEndDate } from "@/server/domain/shared/quarter";
import { CalendarQuarter } from "@/components/format/calendar-quarter";
import { Change } from "@/components/format/change";
import { ProvenanceBadge } from "@/components/format/provenance-badge";
import { Quantity } from "@/components/format/quantity";
import { outcomeSummary, STRESSED_ICR } from "./outcome-summary";

/** The scenario in five figures, each computed from the companies' outcomes; the badge says how and over how many. */
export function ResultKpis({ result, at }: { result: ScenarioResult; at: number }) {
  const t = useTranslations("scenario.kpi");
  const words = useTranslations("scenario");
  const summary = outcomeSummary(result.companies, at);
  const until = <CalendarQuarter value={result.quarters[at] ?? null} />;
  const own = result.companies.filter(({ unavailable, provenance }) => unavailable === null && provenance.basis === "estimated").length;
  const resting = words("kpiSource", { estimated: own, assumed: summary.known - own });
  const badge = (code: PlainFormula, n: number) => <ProvenanceBadge compact note={resting} provenance={engineProvenance("computed", { asOf: quarterEndDate(result.startsAt), reference: words("engineVersion", { version: result.engineVersion }), formula: { code }, n })} />;
  const rich = (key: "interestNote") => t.rich(key, { quarter: () => until });
  return (
    <dl className="panel grid grid-cols-2 md:grid-cols-3 xl:grid-cols-5">
      <Kpi label={t("medianIcr")} badge={badge("medianCoverChange", summary.covered)} note={t("medianIcrNote", { count: summary.covered })}><Change value={summary.medianIcrDelta} kind="multiple" quiet /></Kpi>
      <Kpi label={t("ratings")} badge={badge("ratingSteps", summary.covered)} note={t("ratingsNote", { upgrades: summary.upgrades, count: summary.covered })}><Quantity value={summary.downgrades} /></Kpi>
      <Kpi label={t("interest")} badge={badge("interestChange", summary.known)} note={rich("interestNote")}><Change value={summary.interestDeltaTtm} kind="money" currency="USD" good="down" quiet /></Kpi>
      <Kpi label={t("ebit")} badge={badge("ebitChange", summary.known)} note={rich("interestNote")}><Change value={summary.ebitDeltaTtm} kind="money" currency="USD" quiet /></Kpi>
      <Kpi label={t("stressed", { limit: `${STRESSED_ICR.toFixed(2)}×` })} badge={badge("stressedCompanies", summary.covered)} note={t("stressedNote")}>{summary.stressedBefore} → {summary.stressedAfter}</Kpi>
    </dl>
  );
}

function Kpi({ label, badge, note, children }: { label: string; badge: ReactNode; note: ReactNode; children: ReactNode }) {
  return (
    <div className="border-line px-4 pt-2.5 pb-3 max-md:odd:last:col-span-2 max-md:[&:nth-child(even)]:border-l max-md:[&:nth-child(n+3)]:border-t xl:[&:nth-child(n+2)]:border-l">
      <dt className="flex items-center justify-between gap-2 text-xs text-muted"><span>{label}</span>{badge}</dt>
      <dd className="text-xl font-semibold tracking-tight">{children}</dd>
      <dd className="text-2xs text-muted">{note}</dd>
    </div>
  );
}
