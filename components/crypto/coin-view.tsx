"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import type { CoinInvestmentDto } from "@/server/contracts/coin";
import { QueryBoundary } from "@/components/app-shell/query-boundary";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { Change } from "@/components/format/change";
import { Instant } from "@/components/format/instant";
import { Money } from "@/components/format/money";
import { ProvenanceBadge, useProviderName } from "@/components/format/provenance-badge";
import { TickerTile } from "@/components/ui/badge";
import { Skeleton } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import { CoinConceptPanels } from "./coin-concept-panels";
import { CoinEcosystemPanels } from "./coin-ecosystem-panels";
import { CoinInvestmentPanels } from "./coin-investment-panels";
import { useCoinName, wonDigits } from "./coin-names";

const TABS = ["investment", "concept", "ecosystem"] as const;
const EVERY_MS = 30_000;

/** One coin: what it costs and risks, what it is, who works on it. The part lives in the address. */
export function CoinView({ symbol }: { symbol: string }) {
  const t = useTranslations("crypto");
  const params = useSearchParams();
  const coin = useSuspenseQuery({ ...useTRPC().crypto.getInvestment.queryOptions({ symbol }), refetchInterval: EVERY_MS }).data;
  const tab = TABS.find((one) => one === params.get("tab")) ?? "investment";
  const content = {
    investment: <CoinInvestmentPanels coin={coin} />,
    concept: <QueryBoundary fallback={<Skeleton rows={8} />}><CoinConceptPanels symbol={symbol} /></QueryBoundary>,
    ecosystem: <QueryBoundary fallback={<Skeleton rows={8} />}><CoinEcosystemPanels symbol={symbol} /></QueryBoundary>,
  };
  return (
    <div className="flex flex-col gap-3 p-4 md:p-5">
      <CoinHeader coin={coin} />
      <Tabs
        label={t("parts")}
        value={tab}
        onChange={(next) => window.history.replaceState(null, "", next === "investment" ? window.location.pathname : `?tab=${next}`)}
        tabs={TABS.map((value) => ({ value, label: t(`tabs.${value}`), content: value === tab ? <div className="flex flex-col gap-3 pt-3">{content[value]}</div> : null }))}
      />
    </div>
  );
}

function CoinHeader({ coin }: { coin: CoinInvestmentDto }) {
  const t = useTranslations("crypto");
  const nameOf = useCoinName();
  const providerName = useProviderName();
  const priced = coin.markets.filter(({ price }) => price !== null);
  return (
    <header className="flex flex-wrap items-start gap-x-5 gap-y-2">
      <div className="flex min-w-0 items-center gap-3">
        <TickerTile ticker={coin.symbol} className="h-9" />
        <div className="min-w-0">
          <Link href="/crypto" className="inline-flex items-center gap-1 text-xs text-muted hover:text-text"><ChevronLeft aria-hidden="true" className="size-3" />{t("back")}</Link>
          <h1 className="text-lg font-semibold">{nameOf(coin) ?? coin.symbol} <span className="ml-1 font-mono text-xs font-normal text-muted">{coin.symbol}</span></h1>
        </div>
      </div>
      <ul className="ml-auto flex flex-wrap gap-x-6 gap-y-2 max-md:ml-0">
        {priced.map(({ exchange, price, change24h, at, provenance }) => (
          <li key={exchange} className="flex flex-col">
            <span className="text-2xs text-muted">{providerName(exchange)}{at && <>, <Instant value={at} /></>}</span>
            <span className="flex items-center gap-2">
              <Money amount={price} currency="KRW" abbreviate={false} digits={wonDigits(price)} className="text-lg font-semibold tracking-tight" />
              <Change value={change24h} />
              <ProvenanceBadge provenance={provenance} compact />
            </span>
          </li>
        ))}
        {priced.length === 0 && (
          <li className="max-w-80 text-xs text-muted">{coin.markets.length === 0 ? t("notListed") : t("listedUnpriced", { exchanges: coin.markets.map(({ exchange }) => providerName(exchange)).join(", "), asOf: coin.markets[0]!.listedAsOf })}</li>
        )}
      </ul>
    </header>
  );
}
