"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Provenance } from "@/server/contracts/common";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { dateText } from "@/components/format/date-text";
import { Absent } from "@/components/format/figure";
import { Percent } from "@/components/format/percent";
import { ProvenanceBadge } from "@/components/format/provenance-badge";
import { Quantity } from "@/components/format/quantity";
import { percentText, percentagePointsText } from "@/components/format/number-text";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { TermButton } from "./term-button";

/** Breadth, trading, extremes, momentum, volatility and correlation, each with what it means. */
export function InternalsPanel() {
  const t = useTranslations("markets.internals");
  const locale = useLocale();
  const { data } = useSuspenseQuery(useTRPC().market.getInternals.queryOptions());
  const { session, shares, breadth, extremes, aboveAverage, momentum, volumeFlow, volatility, correlation, provenance } = data;
  if (session === null) return <Panel title={t("title")}><EmptyState title={t("empty")} /></Panel>;
  return (
    <Panel title={t("title")} detail={t("detail", { count: shares, date: dateText(locale, session, "medium") })} actions={<ProvenanceBadge provenance={provenance} />} bodyClassName="">
      <dl className="grid gap-px overflow-hidden rounded-b-lg bg-line sm:grid-cols-2 xl:grid-cols-4">
        <Figure term={t("breadth")} what={t("breadthWhat")} note={t("breadthValue", { up: breadth.advancers, down: breadth.decliners, same: breadth.unchanged })}><Signed value={breadth.netShare} digits={2} /></Figure>
        <Figure term={t("upTurnover")} what={t("upTurnoverWhat")}><Percent value={breadth.upTurnoverShare} absentReason={t("unknown")} /></Figure>
        <Figure term={t("arms")} what={t("armsWhat")}><Quantity value={breadth.armsIndex} digits={2} absentReason={t("unknown")} /></Figure>
        <Figure term={t("extremes")} what={t("extremesWhat", { sessions: extremes.sessions })} note={t("extremesValue", { highs: extremes.newHighs, lows: extremes.newLows, count: extremes.shares })}>{extremes.shares === 0 ? <Absent reason={t("unknown")} /> : <Signed value={extremes.newHighs - extremes.newLows} digits={0} />}</Figure>
        {aboveAverage.map(({ sessions, share }) => <Figure key={sessions} term={t("above", { sessions })} what={t("aboveWhat", { sessions })}><Percent value={share} absentReason={t("unknown")} /></Figure>)}
        <Figure term={t("momentum")} what={t("momentumWhat", { symbol: momentum?.symbol ?? "" })} note={momentum?.symbol} provenance={momentum?.provenance}><Signed value={momentum?.score ?? null} digits={2} /></Figure>
        <Figure term={t("moneyFlow")} what={t("moneyFlowWhat", { symbol: volumeFlow?.symbol ?? "", sessions: volumeFlow?.sessions ?? 0 })} note={volumeFlow?.symbol} provenance={volumeFlow?.provenance}><Quantity value={volumeFlow?.moneyFlowIndex ?? null} digits={0} absentReason={t("unknown")} /></Figure>
        <Figure term={t("onBalance")} what={t("onBalanceWhat", { symbol: volumeFlow?.symbol ?? "", sessions: volumeFlow?.sessions ?? 0 })} note={volumeFlow?.symbol} provenance={volumeFlow?.provenance}><Signed value={volumeFlow?.onBalanceShare ?? null} digits={2} /></Figure>
        <Figure
          term={t("volatility")}
          what={t("volatilityWhat", { sessions: volatility?.sessions ?? 0, margin: percentagePointsText(locale, volatility?.steady.margin ?? 0) })}
          note={volatility && `${t("volatilityValue", { regime: t(`regime.${volatility.steady.regime}`), rank: percentText(locale, volatility.rank, { digits: 0 }) })}; ${t("volatilityLasted", { count: volatility.steady.lasted })}`}
        >
          <Percent value={volatility?.volatilityPerYear ?? null} absentReason={t("unknown")} />
        </Figure>
        <Figure term={t("correlation")} what={t("correlationWhat")} note={correlation && t("correlationValue", { count: correlation.shares, sessions: correlation.sessions })}><Quantity value={correlation?.value ?? null} digits={2} absentReason={t("unknown")} /></Figure>
        <div aria-hidden="true" className="bg-surface-1 max-sm:hidden" />
      </dl>
    </Panel>
  );
}

function Signed({ value, digits }: { value: number | null; digits: number }) {
  const t = useTranslations("markets.internals");
  return <Quantity value={value} digits={digits} signed absentReason={t("unknown")} />;
}

function Figure({ term, what, note = null, provenance, children }: { term: string; what: string; note?: ReactNode; provenance?: Provenance; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col bg-surface-1 px-4 py-2.5">
      <dt className="flex items-center justify-between gap-2 text-xs text-muted"><TermButton term={term} what={what} />{provenance && <ProvenanceBadge provenance={provenance} compact />}</dt>
      <dd className="text-lg font-semibold tracking-tight">{children}</dd>
      {note && <dd className="text-2xs text-muted">{note}</dd>}
    </div>
  );
}
