"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import type { MarketBiasDto } from "@/server/contracts/market";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { valueText, numberText, percentText } from "@/components/format/number-text";
import { ProvenanceBadge } from "@/components/format/provenance-badge";
import { Badge } from "@/components/ui/badge";
import { classNames } from "@/components/ui/class-names";
import { Panel } from "@/components/ui/panel";
import { TermButton } from "./term-button";

type Evidence = MarketBiasDto["evidence"][number];
const PERCENTS: ReadonlySet<Evidence["input"]> = new Set(["upTurnover", "aboveAverage50", "aboveAverage200", "volatility"]);
const TONE = { bullish: "text-up", bearish: "text-down", neutral: "text-text" } as const;

/** The market's lean with the part of each input, its assumed weight, and what would turn it; `brief` leaves the last columns to the full table. */
export function BiasPanel({ brief = false }: { brief?: boolean }) {
  const t = useTranslations("markets.bias");
  const locale = useLocale();
  const { bias } = useSuspenseQuery(useTRPC().market.getDashboard.queryOptions()).data;
  const number = (value: number, digits = 2) => numberText(locale, value, { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: "exceptZero" });
  const boundary = numberText(locale, bias.boundary, { minimumFractionDigits: 1 });
  return (
    <Panel title={t("title")} detail={t("detail")} actions={<><Badge tone="assumed"><TermButton term={t("assumed")} what={t("assumedWhat", { boundary })} /></Badge><ProvenanceBadge provenance={bias.provenance} /></>} bodyClassName="">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-4 pt-3">
        <strong className={classNames("text-xl font-semibold", bias.bias && TONE[bias.bias])}>{bias.bias ? t(bias.bias) : t("none")}</strong>
        {bias.score !== null && <span className="text-sm">{t("score")} {number(bias.score)}</span>}
        <span className="text-2xs text-muted">{bias.bias ? t("coverage", { coverage: percentText(locale, bias.coverage, { digits: 0 }) }) : t("noneWhy", { coverage: percentText(locale, bias.coverage, { digits: 0 }) })}</span>
      </div>
      {bias.score !== null && <Scale score={bias.score} boundary={bias.boundary} label={t("scale", { score: number(bias.score), low: number(-bias.boundary, 1), high: number(bias.boundary, 1) })} />}
      <EvidenceTable evidence={bias.evidence} brief={brief} />
    </Panel>
  );
}

function Scale({ score, boundary, label }: { score: number; boundary: number; label: string }) {
  const at = (value: number) => `${((value + 1) / 2) * 100}%`;
  return (
    <div role="img" aria-label={label} className="relative mx-4 mt-3 mb-1 h-2 rounded-sm bg-surface-3">
      <span className="absolute inset-y-0 left-0 rounded-l-sm bg-down opacity-50" style={{ width: at(-boundary) }} />
      <span className="absolute inset-y-0 right-0 rounded-r-sm bg-up opacity-50" style={{ width: at(-boundary) }} />
      <span className="absolute -inset-y-1 w-0.5 bg-text" style={{ left: at(score) }} />
    </div>
  );
}

/** By what is shown: a part that rounds to nothing leans nowhere. */
const toneOf = (text: string) => (text.startsWith("+") ? "text-up" : text.startsWith("−") ? "text-down" : "");

function EvidenceTable({ evidence, brief }: { evidence: readonly Evidence[]; brief: boolean }) {
  const t = useTranslations("markets.bias");
  const locale = useLocale();
  const most = Math.max(...evidence.map(({ contribution }) => Math.abs(contribution ?? 0)), 1e-9);
  const value = (input: Evidence["input"], x: number | null) => valueText(x, (known) => (PERCENTS.has(input) ? percentText(locale, known, { digits: 0 }) : numberText(locale, known, { maximumFractionDigits: input === "moneyFlow" ? 0 : 2 })));
  const signed = (x: number | null) => valueText(x, (known) => numberText(locale, known, { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: "exceptZero" }));
  const head = "h-8 border-b border-line px-2 text-2xs font-medium whitespace-nowrap text-muted last:pr-4";
  const cell = "border-b border-line px-2 text-right whitespace-nowrap tabular-nums last:pr-4";
  const wide = brief ? "hidden" : "max-sm:hidden";
  return (
    <div className="mt-2 overflow-x-auto">
      <table aria-label={t("title")} className="w-full border-separate border-spacing-0 text-xs">
        <thead>
          <tr>
            <th scope="col" className={`${head} pl-4 text-left`}>{t("columns.input")}</th>
            <th scope="col" className={`${head} text-right`}>{t("columns.value")}</th>
            <th scope="col" className={`${head} text-right ${wide}`}>{t("columns.weight")}</th>
            <th scope="col" className={`${head} text-right ${wide}`}>{t("columns.score")}</th>
            <th scope="col" className={`${head} text-right`}>{t("columns.contribution")}</th>
            <th scope="col" className={`${head} text-right ${brief ? "hidden" : ""}`}>{t("columns.flip")}</th>
          </tr>
        </thead>
        <tbody>
          {evidence.map(({ input, value: x, weight, score, contribution, flip }) => (
            <tr key={input} className="h-9">
              <th scope="row" className="border-b border-line px-2 pl-4 text-left font-normal">{t(`input.${input}`)}</th>
              <td className={cell}>{value(input, x)}</td>
              <td className={`${cell} ${wide}`}>{numberText(locale, weight, { minimumFractionDigits: 1 })}</td>
              <td className={`${cell} ${wide}`}>{signed(score)}</td>
              <td className={cell}>
                <span className="inline-flex items-center gap-2">
                  <span aria-hidden="true" className="relative h-1.5 w-14 bg-surface-2">
                    {contribution !== null && <span className={classNames("absolute inset-y-0", contribution >= 0 ? "left-1/2 bg-up" : "right-1/2 bg-down")} style={{ width: `${(Math.abs(contribution) / most) * 50}%` }} />}
                  </span>
                  <span className={toneOf(signed(contribution))}>{signed(contribution)}</span>
                </span>
              </td>
              <td className={`${cell} ${brief ? "hidden" : ""} text-muted`}>{flip ? t("flipTo", { value: value(input, flip.value), bias: t(flip.to) }) : t("noFlip")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
