"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowRight, CircuitBoard } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { QueryError } from "@/components/app-shell/query-boundary";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { Change } from "@/components/format/change";
import { Money } from "@/components/format/money";
import { multipleText } from "@/components/format/number-text";
import { ProvenanceBadge } from "@/components/format/provenance-badge";
import { RatingPair } from "@/components/format/rating-chip";
import { contributionSteps } from "@/components/scenario/contribution-steps";
import { useReasonText } from "@/components/scenario/reason-text";
import { Button } from "@/components/ui/button";
import { SkeletonBlock } from "@/components/ui/skeleton";
import type { CompanyScenario, Rating, ScenarioSpec } from "@/server/contracts/scenario";
import { lowestCoverage, type RatingTable } from "@/server/domain/scenario/synthetic-rating";
import { scenarioToUrl } from "@/server/domain/scenario/scenario-url";
import { ContributionBars } from "./contribution-bars";
import { CoverPath } from "./cover-path";
import { FocusSection, type FocusPanelProps } from "./focus-section";
import { RatingScale } from "./rating-scale";
import { idOf } from "./use-node-text";

/** Price, cover before and after, what moved it, the money lines, where it comes from, and the ways on. */
export function CompanyFocus({ node, spec, outcomes, quarter, onQuarter }: FocusPanelProps) {
  const t = useTranslations("graph");
  const reasonText = useReasonText();
  const ticker = idOf(node.key);
  const shocked = spec.shocks.length > 0;
  const trpc = useTRPC();
  const scenario = useQuery({ ...trpc.scenario.runCompany.queryOptions({ ticker, spec }), enabled: shocked });
  const at = outcomes?.get(node.key) ?? null;
  return (
    <>
      <PriceLine ticker={ticker} />
      {!shocked && <CoverAtRest ticker={ticker} financial={node.isFinancial} />}
      {shocked && node.isFinancial && <p className="rounded-md bg-surface-2 px-3 py-2 text-xs text-muted">{t("bankCover")}</p>}
      {at?.outcome.unavailable && <p className="rounded-md bg-surface-2 px-3 py-2 text-xs text-muted">{reasonText.unavailable(at.outcome.unavailable)}</p>}
      {shocked && at && at.icrBefore !== null && at.icrAfter !== null && at.outcome.ratingTable && <CoverChange table={at.outcome.ratingTable} before={at.icrBefore} after={at.icrAfter} ratingBefore={at.ratingBefore} ratingAfter={at.ratingAfter} />}
      {shocked && at && !node.isFinancial && at.icrBefore === null && !at.outcome.unavailable && <p className="rounded-md bg-surface-2 px-3 py-2 text-xs text-muted">{t("noCover")}</p>}
      {scenario.isError && <QueryError compact error={scenario.error} onRetry={() => void scenario.refetch()} />}
      {scenario.isPending && shocked && !scenario.isError && <div className="flex flex-col gap-2" role="status" aria-label={t("loadingCompany")}><SkeletonBlock className="h-24" /><SkeletonBlock className="h-32" /><SkeletonBlock className="h-28" /></div>}
      {scenario.data && <CompanyMoves scenario={scenario.data} quarter={Math.min(quarter, scenario.data.quarters.length - 1)} onQuarter={onQuarter} />}
      {(at || scenario.data) && (
        <dl className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-2xs">
          <div className="flex items-center gap-1.5"><dt className="text-muted">{t("exposures")}</dt><dd><ProvenanceBadge provenance={(at?.outcome ?? scenario.data!.outcome).provenance} /></dd></div>
          {scenario.data?.tranches[0] && <div className="flex items-center gap-1.5"><dt className="text-muted">{t("debtLadder")}</dt><dd><ProvenanceBadge provenance={scenario.data.tranches[0].provenance} /></dd></div>}
        </dl>
      )}
      <Actions ticker={ticker} spec={spec} quarter={quarter} circuit={!node.isFinancial} />
    </>
  );
}

function PriceLine({ ticker }: { ticker: string }) {
  const t = useTranslations("graph");
  const company = useQuery(useTRPC().market.getCompany.queryOptions({ ticker }));
  if (company.isPending) return <SkeletonBlock className="-mt-1 h-6 w-40" />;
  const quote = company.data?.quote ?? null;
  if (!quote) return <p className="-mt-1 text-xs text-muted">{company.isError ? t("priceUnknown") : t("noPrice")}</p>;
  return (
    <p className="-mt-1 flex items-center gap-2 text-xs">
      <Money amount={quote.price} currency={quote.currency} abbreviate={false} className="text-lg font-semibold" />
      <Change value={quote.change} />
      <span className="flex-1" />
      <ProvenanceBadge provenance={quote.provenance} />
    </p>
  );
}

function CoverAtRest({ ticker, financial }: { ticker: string; financial: boolean }) {
  const t = useTranslations("graph");
  const locale = useLocale();
  const company = useQuery(useTRPC().market.getCompany.queryOptions({ ticker }));
  if (financial) return <p className="rounded-md bg-surface-2 px-3 py-2 text-xs text-muted">{t("bankCover")}</p>;
  if (!company.data) return company.isPending ? <SkeletonBlock className="h-20" /> : null;
  const { icr } = company.data.ratios;
  return (
    <FocusSection title={t("cover")} detail={t("coverDetail")}>
      <p className="flex items-center gap-3">
        <span className="text-2xl font-semibold tracking-tight">{icr === null ? "–" : multipleText(locale, icr)}</span>
        <span className="flex-1" />
        <ProvenanceBadge provenance={company.data.provenance} />
      </p>
      <p className="mt-1 text-xs text-muted">{icr === null ? t("noCover") : t("coverAtRest")}</p>
    </FocusSection>
  );
}

function CoverChange({ table, before, after, ratingBefore, ratingAfter }: { table: RatingTable; before: number; after: number; ratingBefore: Rating | null; ratingAfter: Rating | null }) {
  const t = useTranslations("graph");
  const locale = useLocale();
  const figure = (value: number) => multipleText(locale, value).replace("×", "");
  return (
    <FocusSection title={t("cover")} detail={t("coverDetail")}>
      <div className="mb-1 flex items-center gap-2.5">
        <span className="text-2xl font-medium tracking-tight text-muted">{figure(before)}<span className="ml-px text-lg font-medium">×</span></span>
        <ArrowRight role="img" aria-label={t("becomes")} strokeWidth={1.6} className="size-4 text-faint" />
        <span className="text-2xl font-semibold tracking-tight">{figure(after)}<span className="ml-px text-lg font-medium text-muted">×</span></span>
        <span className="flex-1" />
        <span className="flex flex-col items-end gap-0.5 text-xs font-medium">
          <Change value={after - before} kind="multiple" />
          <RatingPair before={ratingBefore} after={ratingAfter} />
        </span>
      </div>
      <RatingScale before={before} after={after} ratingBefore={ratingBefore} ratingAfter={ratingAfter} table={table} />
    </FocusSection>
  );
}

function CompanyMoves({ scenario, quarter, onQuarter }: { scenario: CompanyScenario; quarter: number; onQuarter: (quarter: number) => void }) {
  const t = useTranslations("graph");
  const { before, after, quarters } = scenario;
  const [b, a] = [before.icr[quarter] ?? null, after.icr[quarter] ?? null];
  const { ratingTable } = scenario.outcome;
  const moved = b !== null && a !== null && !scenario.outcome.isFinancial;
  const steps = contributionSteps(scenario, "icr", quarter);
  return (
    <>
      {moved && ratingTable && (
        <FocusSection title={t("byQuarter")} detail={t("byQuarterDetail")}>
          <CoverPath quarters={quarters} before={before.icr} after={after.icr} quarter={quarter} floor={lowestCoverage("BBB", ratingTable)} onQuarter={onQuarter} />
        </FocusSection>
      )}
      {moved && steps.length > 0 && (
        <FocusSection title={t("whatMoved")} detail={t("whatMovedDetail", { quarter })}>
          <ContributionBars steps={steps} total={a - b} />
        </FocusSection>
      )}
      {before.revenue.length > quarter && <MoneyLines scenario={scenario} quarter={quarter} />}
    </>
  );
}

const LINES = [{ line: "revenue", good: "up" }, { line: "ebit", good: "up" }, { line: "interest", good: "down" }, { line: "netIncome", good: "up" }] as const;

function MoneyLines({ scenario: { before, after, outcome }, quarter }: { scenario: CompanyScenario; quarter: number }) {
  const t = useTranslations("graph");
  // Four quarters are known only from the third quarter on; before that the quarter itself is shown, and said so.
  const trailing = quarter >= 3;
  const sum = (values: readonly number[]) => values.slice(trailing ? quarter - 3 : quarter, quarter + 1).reduce((total, value) => total + value, 0);
  return (
    <table className="w-full border-collapse text-xs">
      <caption className="sr-only">{t("moneyCaption")}</caption>
      <thead>
        <tr className="h-6 border-b border-line text-2xs text-muted">
          <th scope="col" className="text-left font-medium">{trailing ? t("moneyTtm") : t("moneyQuarter")}</th>
          <th scope="col" className="text-right font-medium">{t("before")}</th>
          <th scope="col" className="text-right font-medium">{t("after")}</th>
          <th scope="col" className="w-20 text-right font-medium">Δ</th>
        </tr>
      </thead>
      <tbody>
        {LINES.filter(({ line }) => before[line].length > quarter && !(line === "interest" && outcome.isFinancial)).map(({ line, good }) => (
          <tr key={line} className="h-6 border-b border-line last:border-0 max-md:h-9">
            <th scope="row" className="text-left font-normal">{t(`lines.${line}`)}</th>
            <td className="text-right text-muted"><Money amount={sum(before[line])} currency="USD" /></td>
            <td className="text-right"><Money amount={sum(after[line])} currency="USD" /></td>
            <td className="text-right"><Change value={sum(after[line]) - sum(before[line])} kind="money" currency="USD" good={good} quiet /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Actions({ ticker, spec, quarter, circuit }: { ticker: string; spec: ScenarioSpec; quarter: number; circuit: boolean }) {
  const t = useTranslations("graph");
  const query = spec.shocks.length > 0 ? `?${scenarioToUrl(spec)}&at=${quarter}` : "";
  return (
    <div className="flex gap-2">
      {circuit && <Button asChild variant="primary" size="md" className="flex-1 max-md:h-11"><Link href={`/circuit/${encodeURIComponent(ticker)}${query}`}><CircuitBoard aria-hidden="true" />{t("openCircuit")}</Link></Button>}
      <Button asChild size="md" className={circuit ? "max-md:h-11" : "flex-1 max-md:h-11"}><Link href={`/companies/${encodeURIComponent(ticker)}`}>{t("companyPage")}</Link></Button>
    </div>
  );
}
