"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { useState } from "react";
import type { CoinInvestmentDto, KrwExchange } from "@/server/contracts/coin";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { LineChart } from "@/components/charts/line-chart";
import { Change } from "@/components/format/change";
import { dateText, instantText } from "@/components/format/date-text";
import { Instant } from "@/components/format/instant";
import { Money } from "@/components/format/money";
import { moneyText, percentText } from "@/components/format/number-text";
import { ProvenanceBadge, useProviderName } from "@/components/format/provenance-badge";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { Segmented } from "@/components/ui/segmented";
import { BankRate, WhyEmpty } from "./coin-status";
import { FactList } from "./fact-list";
import { isSuspicious, PremiumCell } from "./premium-cell";

/** The premium now, what it is made of, and where it has been. */
export function PremiumHistoryPanel({ coin }: { coin: CoinInvestmentDto }) {
  const t = useTranslations("crypto");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
  const providerName = useProviderName();
  const [chosen, choose] = useState<KrwExchange | null>(coin.history.exchange);
  const isFirst = chosen === coin.history.exchange;
  const query = useQuery({ ...useTRPC().crypto.getPremiumHistory.queryOptions({ symbol: coin.symbol, exchange: chosen }), enabled: !isFirst, placeholderData: keepPreviousData });
  const history = isFirst ? coin.history : (query.data ?? coin.history);
  const premium = coin.markets.find(({ exchange }) => exchange === history.exchange)?.premium ?? null;
  const percent = (value: number) => percentText(locale, value, { digits: 2, signed: true });
  const x = history.points.map(({ at }) => at);
  const hasImplied = history.points.some(({ implied }) => implied !== null);
  const { band } = history;
  return (
    <Panel
      title={t("premium.title")}
      detail={t("premium.subtitle")}
      actions={
        <>
          {history.exchanges.length > 1 && chosen && <Segmented label={t("exchange")} value={chosen} onChange={choose} options={history.exchanges.map((value) => ({ value, label: providerName(value) }))} />}
          {history.provenance && <ProvenanceBadge provenance={history.provenance} />}
        </>
      }
    >
      {premium === null ? null : (
        <div className="mb-4 flex flex-col gap-3">
          {isSuspicious(premium) && <p><Badge tone="warn">{t("premium.suspicious")}</Badge> <span className="text-xs text-muted">{t(`premium.match.${premium.match}`)}</span></p>}
          <FactList
            facts={[
              { label: t("columns.bank"), value: <PremiumCell premium={premium} kind="bank" />, note: <Instant value={premium.at} /> },
              { label: t("columns.implied"), value: <PremiumCell premium={premium} kind="implied" />, note: premium.impliedFault && t(`premium.fault.${premium.impliedFault}`) },
              { label: t("premium.dollarCoin"), value: <Change value={premium.dollarCoin} good="none" absentReason={t("dollarCoin.none")} /> },
              { label: t("premium.krwPrice"), value: <Money amount={premium.krwPrice} currency="KRW" abbreviate={false} digits={0} /> },
              { label: t("premium.usdPrice"), value: <Money amount={premium.usdPrice} currency="USD" abbreviate={false} digits={2} />, note: t("premium.usdNote") },
              { label: t("premium.bankRate"), value: <Money amount={premium.bankRate} currency="KRW" abbreviate={false} digits={2} />, note: premium.provenance.reference },
            ]}
          />
        </div>
      )}
      {x.length === 0 ? (
        <EmptyState title={t("premium.none")}><WhyEmpty feeds={coin.feeds} feed="crypto-board" /></EmptyState>
      ) : (
        <LineChart
          label={t("premium.title")}
          x={x}
          xLabel={t("columns.at")}
          series={[
            { id: "bank", label: t("columns.bank"), values: history.points.map(({ bank }) => bank), ...(band ? { band: { low: x.map(() => band.lower), high: x.map(() => band.upper), label: t("premium.band", { share: percentText(locale, band.inside, { digits: 0 }) }) } } : {}) },
            ...(hasImplied ? [{ id: "implied", label: t("columns.implied"), values: history.points.map(({ implied }) => implied), tone: "muted" as const, dashed: true }] : []),
          ]}
          format={percent}
          xFormat={(at) => instantText(locale, timeZone, at)}
          xAxisFormat={(at) => dateText(locale, at.slice(0, 10), "short")}
          guides={band ? [{ value: band.median, label: t("premium.median") }] : []}
          zero
          height={280}
        />
      )}
      <p className="mt-3 text-xs text-muted">
        {band
          ? t("premium.bandRead", { share: percentText(locale, band.inside, { digits: 0 }), count: band.count, lower: percent(band.lower), upper: percent(band.upper), median: percent(band.median), from: instantText(locale, timeZone, band.from), to: instantText(locale, timeZone, band.to) })
          : t("premium.bandNone")}
      </p>
      {history.wonPrices.length > 1 && (
        <div className="mt-4 border-t border-line pt-3">
          <h3 className="mb-2 text-xs font-medium">{t("premium.wonPrices")}</h3>
          <LineChart
            label={t("premium.wonPrices")}
            x={history.wonPrices.map(({ date }) => date)}
            xLabel={t("columns.at")}
            series={[{ id: "won", label: t("premium.krwPrice"), values: history.wonPrices.map(({ price }) => price), area: true }]}
            format={(value) => moneyText(locale, value, { currency: "KRW" })}
            axisFormat={(value) => moneyText(locale, value, { currency: "KRW", abbreviate: true })}
            xFormat={(date) => dateText(locale, date)}
            xAxisFormat={(date) => dateText(locale, date, "short")}
            height={180}
          />
        </div>
      )}
      <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line pt-3">
        <span className="text-xs text-muted">{t("fx.newest")}</span>
        <BankRate rate={coin.bankRate} />
      </div>
    </Panel>
  );
}
