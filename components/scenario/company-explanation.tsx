"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { CompanyScenario, ScenarioSpec } from "@/server/contracts/scenario";
import { scenarioToUrl } from "@/server/domain/scenario/scenario-url";
import { QueryError } from "@/components/app-shell/query-boundary";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { Waterfall } from "@/components/charts/waterfall";
import { CalendarQuarter } from "@/components/format/calendar-quarter";
import { Money } from "@/components/format/money";
import { moneyText, multipleText, numberText } from "@/components/format/number-text";
import { Percent } from "@/components/format/percent";
import { ProvenanceBadge } from "@/components/format/provenance-badge";
import { Quantity } from "@/components/format/quantity";
import { TickerTile } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { useReasonText } from "./reason-text";
import { StatementsNote } from "./start-note";
import { useTrancheName } from "./tranche-name";
import { ContributionPaths, type Output } from "./contribution-paths";
import { contributionSteps, outputBeforeAfter } from "./contribution-steps";

const OUTPUTS = ["icr", "ebit", "interest", "netIncome"] as const;

/** What moves one company: a waterfall by channel, the paths behind it, and every assumption that was made. */
export function CompanyExplanation({ ticker, spec, at }: { ticker: string; spec: ScenarioSpec; at: number }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.scenario.runCompany.queryOptions({ ticker, spec }));
  if (query.isPending) return <div className="panel"><Skeleton rows={6} /></div>;
  if (query.isError) return <div className="panel"><QueryError error={query.error} onRetry={() => void query.refetch()} /></div>;
  return <Explained ticker={ticker} scenario={query.data} spec={spec} at={Math.min(at, query.data.quarters.length - 1)} />;
}

function Explained({ ticker, scenario, spec, at }: { ticker: string; scenario: CompanyScenario; spec: ScenarioSpec; at: number }) {
  const t = useTranslations("scenario");
  const locale = useLocale();
  const reasonText = useReasonText();
  const hasIcr = scenario.after.icr[at] !== null && scenario.after.icr[at] !== undefined;
  const [chosen, setChosen] = useState<Output>("icr");
  const output: Output = chosen === "icr" && !hasIcr ? "ebit" : chosen;
  const { outcome } = scenario;
  const links = (
    <>
      {!outcome.isFinancial && outcome.unavailable === null && <Button asChild variant="primary"><Link href={`/circuit/${ticker}?${scenarioToUrl(spec)}&at=${at}`}>{t("openCircuit")}</Link></Button>}
      <Button asChild><Link href={`/companies/${ticker}`}>{t("openCompany")}</Link></Button>
    </>
  );
  if (outcome.unavailable !== null) return <Panel title={outcome.name} actions={links}><p className="text-sm text-muted">{reasonText.unavailable(outcome.unavailable)}</p></Panel>;

  const { before, after } = outputBeforeAfter(scenario, output, at);
  const steps = contributionSteps(scenario, output, at);
  const text = (value: number) => (output === "icr" ? multipleText(locale, value) : moneyText(locale, value, { currency: "USD", abbreviate: true }));
  const residual = before === null || after === null ? 0 : Math.abs(after - before - steps.reduce((sum, { amount }) => sum + amount, 0));
  const title = before === null || after === null ? outcome.name : output !== "icr" ? t("whyOutput", { output: t(`outputs.${output}`) }) : text(before) === text(after) ? t("whyUnchanged", { before: text(before) }) : t("why", { before: text(before), after: text(after) });

  return (
    <>
      <div className="grid gap-3 xl:grid-cols-[minmax(0,1fr)_340px]">
        <Panel
          title={<span className="flex items-center gap-2"><TickerTile ticker={ticker} className="h-6" />{title}</span>}
          actions={<ProvenanceBadge provenance={outcome.provenance} />}
        >
          <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
            <Segmented label={t("columns.company")} value={output} onChange={setChosen} options={OUTPUTS.map((value) => ({ value, label: t(`outputs.${value}`), disabled: value === "icr" && !hasIcr }))} />
            <div className="flex gap-2">{links}</div>
          </div>
          {before !== null && after !== null && (
            <>
              <Waterfall
                label={title}
                start={{ label: t("before"), value: before }}
                steps={steps.map(({ channel, amount }) => ({ label: t(`channels.${channel}`), value: amount }))}
                end={{ label: t("after"), value: after }}
                format={text}
                // Parts of a hundredth would all read as nothing.
                stepFormat={output === "icr" ? (value) => multipleText(locale, value, { digits: 3, signed: true }) : undefined}
                good={output === "interest" ? "down" : "up"}
              />
              {outcome.statements && <StatementsNote statements={outcome.statements} className="mt-2 text-2xs text-muted" />}
              <p className="mt-1 text-2xs text-muted">{t("residual", { value: numberText(locale, residual, { notation: "scientific", maximumFractionDigits: 1 }) })}</p>
            </>
          )}
        </Panel>
        <Panel title={t("paths")} detail={<><span>{t(`outputs.${output}`)}</span> · <CalendarQuarter value={scenario.quarters[at] ?? null} /></>} bodyClassName="px-4 py-1">
          <ContributionPaths scenario={scenario} output={output} at={at} />
        </Panel>
      </div>
      <Assumptions scenario={scenario} />
    </>
  );
}

function Assumptions({ scenario }: { scenario: CompanyScenario }) {
  const t = useTranslations("scenario");
  const trancheName = useTrancheName();
  const cell = "h-8 border-b border-line px-4";
  return (
    <Panel title={t("assumptions")} bodyClassName="grid xl:grid-cols-2">
      <div className="overflow-x-auto xl:border-r xl:border-line">
        <table className="w-full text-xs">
          <thead><tr className="text-left text-2xs text-muted"><th scope="col" className={cell}>{t("assumption")}</th><th scope="col" className={`${cell} text-right`}>{t("value")}</th><th scope="col" className={cell}>{t("source")}</th></tr></thead>
          <tbody>
            {scenario.assumptions.map(({ name, value, unit, provenance }) => (
              <tr key={name}><td className={cell}>{t(`assumptionNames.${name}`)}</td><td className={`${cell} text-right`}><AssumptionValue value={value} unit={unit} /></td><td className={cell}><ProvenanceBadge provenance={provenance} /></td></tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="overflow-x-auto">
        <table className="w-full text-xs">
          <thead><tr className="text-left text-2xs text-muted"><th scope="col" className={cell}>{t("tranche")}</th><th scope="col" className={`${cell} text-right`}>{t("amount")}</th><th scope="col" className={`${cell} text-right`}>{t("rate")}</th><th scope="col" className={`${cell} text-right`}>{t("matures")}</th><th scope="col" className={cell}>{t("source")}</th></tr></thead>
          <tbody>
            {scenario.tranches.map(({ name, kind, amount, rate, maturityQuarter, provenance }) => (
              <tr key={name}><td className={cell}>{trancheName(name)} <span className="text-faint">{t(`kinds.${kind}`)}</span></td><td className={`${cell} text-right`}><Money amount={amount} currency="USD" /></td><td className={`${cell} text-right`}><Percent value={rate} digits={2} /></td><td className={`${cell} text-right`}>Q+{maturityQuarter}</td><td className={cell}><ProvenanceBadge provenance={provenance} compact /></td></tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function AssumptionValue({ value, unit }: Pick<CompanyScenario["assumptions"][number], "value" | "unit">) {
  const t = useTranslations("scenario");
  if (unit === "USD") return <Money amount={value} currency="USD" />;
  return unit === "fraction" ? <Percent value={value} digits={1} /> : <Quantity value={value} unit={t("years")} digits={1} />;
}
