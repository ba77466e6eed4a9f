"use client";

import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import type { CoinInvestmentDto, GuidanceDto } from "@/server/contracts/coin";
import { Change } from "@/components/format/change";
import { DateOnly } from "@/components/format/date-only";
import { dateText } from "@/components/format/date-text";
import { Absent } from "@/components/format/figure";
import { Instant } from "@/components/format/instant";
import { Money } from "@/components/format/money";
import { Percent } from "@/components/format/percent";
import { ProvenanceBadge, useProviderName } from "@/components/format/provenance-badge";
import { Quantity } from "@/components/format/quantity";
import { DataTable, type DataColumn } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { WhyEmpty } from "./coin-status";
import { FactList } from "./fact-list";
import { PremiumHistoryPanel } from "./premium-history-panel";

/** Premium, risk, futures and rules of size. */
export function CoinInvestmentPanels({ coin }: { coin: CoinInvestmentDto }) {
  return (
    <>
      <PremiumHistoryPanel key={coin.symbol} coin={coin} />
      <RiskPanel coin={coin} />
      <DerivativesPanel coin={coin} />
      <GuidancePanel guidance={coin.guidance} />
    </>
  );
}

function RiskPanel({ coin: { risk, liquidity, feeds } }: { coin: CoinInvestmentDto }) {
  const t = useTranslations("crypto.risk");
  const locale = useLocale();
  return (
    <Panel title={t("title")} detail={risk && t("of", { symbol: risk.symbol, from: dateText(locale, risk.from), to: dateText(locale, risk.to) })} actions={risk && <ProvenanceBadge provenance={risk.provenance} />}>
      {risk === null && liquidity === null ? (
        <EmptyState title={t("none")}>{t("noneNote")}</EmptyState>
      ) : (
        <FactList
          facts={[
            ...(risk?.volatility ?? []).map(({ days, perYear }) => ({ label: t("volatility", { days }), value: <Percent value={perYear} absentReason={t("tooShort")} />, note: t("perYear") })),
            ...(risk ? [
              { label: t("maxDrawdown"), value: <Percent value={risk.maxDrawdown?.value ?? null} absentReason={t("neverFell")} />, note: risk.maxDrawdown && <><DateOnly value={risk.maxDrawdown.from} /> – <DateOnly value={risk.maxDrawdown.to} /></> },
              { label: t("drawdown"), value: <Percent value={risk.drawdown} />, note: t("drawdownNote") },
            ] : []),
            { label: t("liquidity"), value: <span className="inline-flex items-center gap-1.5"><Money amount={liquidity?.value24h ?? null} currency="KRW" absentReason={t("liquidityNone")} />{liquidity && <ProvenanceBadge provenance={liquidity.provenance} compact />}</span>, note: liquidity ? t("liquidityNote") : <WhyEmpty feeds={feeds} feed="crypto-board" /> },
          ]}
        />
      )}
      {risk && <p className="mt-3 text-xs text-muted">{t("definition")}</p>}
    </Panel>
  );
}

function DerivativesPanel({ coin: { derivatives, feeds } }: { coin: CoinInvestmentDto }) {
  const t = useTranslations("crypto.futures");
  const providerName = useProviderName();
  const columns = useMemo((): DataColumn<CoinInvestmentDto["derivatives"][number]>[] => [
    { id: "market", header: t("market"), fixed: true, value: ({ market }) => market, cell: ({ market, exchange }) => <span className="flex flex-col"><span className="font-mono">{market}</span><span className="text-2xs text-faint">{providerName(exchange)}</span></span> },
    { id: "mark", header: t("mark"), align: "end", value: ({ markPrice }) => markPrice, cell: ({ markPrice }) => <Money amount={markPrice} currency="USD" abbreviate={false} digits={2} /> },
    { id: "basis", header: t("basis"), align: "end", wideOnly: true, value: ({ basis }) => basis, cell: ({ basis }) => <Percent value={basis} digits={3} signed /> },
    { id: "funding", header: t("funding"), align: "end", value: ({ fundingRate }) => fundingRate, cell: ({ fundingRate, fundingHours }) => <span><Percent value={fundingRate} digits={4} signed />{fundingHours !== null && <span className="text-faint"> / {t("hours", { hours: fundingHours })}</span>}</span> },
    { id: "perYear", header: t("perYear"), align: "end", wideOnly: true, value: ({ fundingPerYear }) => fundingPerYear, cell: ({ fundingPerYear }) => <Percent value={fundingPerYear} signed /> },
    { id: "openInterest", header: t("openInterest"), align: "end", wideOnly: true, value: ({ openInterestValue }) => openInterestValue, cell: ({ openInterestValue }) => <Money amount={openInterestValue} currency="USD" /> },
    { id: "ratio", header: t("longShort"), align: "end", wideOnly: true, value: ({ longShortRatio }) => longShortRatio, cell: ({ longShortRatio }) => <Quantity value={longShortRatio} digits={2} /> },
    { id: "at", header: t("at"), align: "end", wideOnly: true, value: ({ at }) => at, cell: ({ at }) => <Instant value={at} /> },
    { id: "source", header: t("source"), cell: ({ provenance }) => <ProvenanceBadge provenance={provenance} compact /> },
  ], [t, providerName]);
  return (
    <Panel title={t("title")} detail={t("note")} bodyClassName="">
      {derivatives.length === 0 ? <EmptyState title={t("none")}><WhyEmpty feeds={feeds} feed="crypto-derivatives" /></EmptyState> : <DataTable label={t("title")} rows={derivatives} columns={columns} rowKey={({ exchange, market }) => `${exchange} ${market}`} csvName="nexus-futures" />}
    </Panel>
  );
}

/** Rules with all that goes into them; none of them is advice. */
function GuidancePanel({ guidance }: { guidance: readonly GuidanceDto[] }) {
  const t = useTranslations("crypto.guidance");
  return (
    <Panel title={t("title")} detail={t("note")} bodyClassName="">
      <ul className="divide-y divide-line">
        {guidance.map((one) => (
          <li key={one.rule} className="grid gap-x-6 gap-y-2 px-4 py-3 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
            <div className="min-w-0">
              <h3 className="text-sm font-medium">{t(`rules.${one.rule}.title`)}</h3>
              <p className="mt-0.5 text-lg font-semibold"><GuidanceValue guidance={one} /></p>
              <p className="mt-0.5 text-xs text-muted">{t(`rules.${one.rule}.rule`)}</p>
            </div>
            <dl className="flex flex-col gap-1 text-xs">
              {one.inputs.map(({ name, value, unit, provenance }) => (
                <div key={name} className="flex items-center justify-between gap-3">
                  <dt className="text-muted">{t(`inputs.${name}`)}</dt>
                  <dd className="flex items-center gap-2">
                    {unit === "krw" ? <Money amount={value} currency="KRW" absentReason={t("missing")} /> : unit === "hours" ? <Quantity value={value} /> : <Percent value={value} digits={name === "fundingRate" ? 4 : 2} absentReason={t("missing")} />}
                    {value !== null && <ProvenanceBadge provenance={provenance} compact={provenance.basis !== "assumed"} />}
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function GuidanceValue({ guidance: { value, unit, place } }: { guidance: GuidanceDto }) {
  const t = useTranslations("crypto.guidance");
  if (unit === "place") return place === null ? <Absent reason={t("missing")} /> : <>{t(`places.${place}`)}</>;
  if (unit === "krw") return <Money amount={value} currency="KRW" absentReason={t("missing")} />;
  return unit === "fraction-per-year" ? <Change value={value} good="none" absentReason={t("missing")} /> : <Percent value={value} digits={2} absentReason={t("missing")} />;
}
