"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { scenarioToUrl } from "@/server/domain/scenario/scenario-url";
import { QueryError } from "@/components/app-shell/query-boundary";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { CalendarQuarter } from "@/components/format/calendar-quarter";
import { Change } from "@/components/format/change";
import { Money } from "@/components/format/money";
import { Multiple } from "@/components/format/multiple";
import { ProvenanceBadge } from "@/components/format/provenance-badge";
import { RatingChip, RatingPair } from "@/components/format/rating-chip";
import { useReasonText } from "@/components/scenario/reason-text";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";

const SHOWN_PRESETS = 3;
const QUARTER = 8;

/** What the first presets do to this company two years on. */
export function ShockGlance({ ticker, isFinancial }: { ticker: string; isFinancial: boolean }) {
  const t = useTranslations("market");
  const words = useTranslations("scenario");
  const reasonText = useReasonText();
  const trpc = useTRPC();
  const presets = useQuery(trpc.scenario.listPresets.queryOptions());
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = presets.data?.presets.slice(0, SHOWN_PRESETS) ?? [];
  const preset = shown.find(({ id }) => id === chosen) ?? shown[0];
  const run = useQuery({ ...trpc.scenario.runCompany.queryOptions({ ticker, spec: preset?.spec ?? { shocks: [], mode: "respond", quarters: 12 } }), enabled: preset !== undefined });
  const failed = presets.isError ? presets : run.isError ? run : null;
  const scenario = run.data;
  const at = scenario ? Math.min(QUARTER, scenario.quarters.length - 1) : QUARTER;
  const pair = (before: number | undefined, after: number | undefined, good: "up" | "down") =>
    before === undefined || after === undefined ? null : { before: <Money amount={before} currency="USD" className="text-muted" />, after: <Money amount={after} currency="USD" className="font-semibold" />, change: <Change value={after - before} kind="money" currency="USD" good={good} quiet /> };
  const interest = pair(scenario?.before.interest[at], scenario?.after.interest[at], "down");
  const ebit = pair(scenario?.before.ebit[at], scenario?.after.ebit[at], "up");
  const netIncome = pair(scenario?.before.netIncome[at], scenario?.after.netIncome[at], "up");
  const [icrBefore, icrAfter] = [scenario?.before.icr[at] ?? null, scenario?.after.icr[at] ?? null];

  return (
    <Panel title={t("detail.shock")} detail={scenario && t.rich("detail.shockNote", { quarter: () => <CalendarQuarter value={scenario.quarters[at] ?? null} /> })} actions={scenario && <ProvenanceBadge provenance={scenario.outcome.provenance} />}>
      {failed ? (
        <QueryError error={failed.error} compact onRetry={() => void failed.refetch()} />
      ) : !scenario || !preset ? (
        <Skeleton rows={6} className="p-0" />
      ) : (
        <>
          <Segmented label={t("detail.shock")} value={preset.id} onChange={setChosen} options={shown.map(({ id }) => ({ value: id, label: words.has(`presets.${id}`) ? words(`presets.${id}`) : id }))} className="mb-2" />
          {scenario.outcome.unavailable !== null ? (
            <p className="text-xs text-muted">{reasonText.unavailable(scenario.outcome.unavailable)}</p>
          ) : (
            <table className="w-full text-xs">
              <thead className="sr-only"><tr><td /><th scope="col">{t("detail.before")}</th><th scope="col">{t("detail.after")}</th><th scope="col">Δ</th></tr></thead>
              <tbody>
                {ebit && <Row label={t("detail.ebitQuarter")} {...ebit} />}
                {!isFinancial && interest && <Row label={t("detail.interestQuarter")} {...interest} />}
                {netIncome && <Row label={t("detail.netIncomeQuarter")} {...netIncome} />}
                {icrBefore !== null && icrAfter !== null && <Row label={t("detail.cover")} before={<Multiple value={icrBefore} className="text-muted" />} after={<Multiple value={icrAfter} className="font-semibold" />} change={<Change value={icrAfter - icrBefore} kind="multiple" quiet />} />}
                {icrBefore !== null && <Row label={t("detail.rating")} before={<RatingChip grade={scenario.before.rating[at] ?? null} />} after={<RatingPair before={null} after={scenario.after.rating[at] ?? null} />} change={null} />}
              </tbody>
            </table>
          )}
          {isFinancial && <p className="mt-2 text-2xs text-muted">{t("financialIcr")}</p>}
          <Button asChild className="mt-3 w-full">
            <Link href={isFinancial ? `/scenarios?${scenarioToUrl(preset.spec)}&company=${encodeURIComponent(ticker)}` : `/circuit/${encodeURIComponent(ticker)}?${scenarioToUrl(preset.spec)}&at=${at}`}>{t("detail.seeMoney")}<ArrowRight aria-hidden="true" /></Link>
          </Button>
        </>
      )}
    </Panel>
  );
}

function Row({ label, before, after, change }: { label: string; before: ReactNode; after: ReactNode; change: ReactNode }) {
  return (
    <tr className="h-8">
      <th scope="row" className="border-b border-line text-left font-normal text-muted">{label}</th>
      <td className="border-b border-line text-right">{before}</td>
      <td className="border-b border-line pl-3 text-right">{after}</td>
      <td className="border-b border-line pl-3 text-right">{change}</td>
    </tr>
  );
}
