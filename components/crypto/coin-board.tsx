"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { useMemo, useState, type ReactNode } from "react";
import { KRW_EXCHANGES, type CoinBoardDto, type CoinMarketDto } from "@/server/contracts/coin";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { Change } from "@/components/format/change";
import { asOfText } from "@/components/format/date-text";
import { Absent } from "@/components/format/figure";
import { Instant } from "@/components/format/instant";
import { Money } from "@/components/format/money";
import { ProvenanceBadge, useProviderName } from "@/components/format/provenance-badge";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DataTable, type DataColumn } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchInput } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { useCoinName, wonDigits } from "./coin-names";
import { BankRate, DollarCoins, FeedList } from "./coin-status";
import { isSuspicious, PremiumCell } from "./premium-cell";

const LIVE_EVERY_MS = 5_000;
const STILL_EVERY_MS = 60_000;
/** A board that was filled within this time is being filled. */
const LIVE_WITHIN_MS = 5 * 60_000;

/** Whether any exchange has answered of late, at the time of the answer itself. */
const isLive = ({ feeds }: CoinBoardDto, at: number) => feeds.some(({ feed, lastSuccessAt }) => feed === "crypto-board" && lastSuccessAt !== null && at - Date.parse(lastSuccessAt) < LIVE_WITHIN_MS);

/** Every won market with its price and premiums; search and exchange live in the address. */
export function CoinBoard() {
  const t = useTranslations("crypto");
  const params = useSearchParams();
  const providerName = useProviderName();
  const columns = useCoinColumns();
  const query = useSuspenseQuery({
    ...useTRPC().crypto.getBoard.queryOptions(),
    refetchInterval: ({ state }) => (state.data && isLive(state.data, state.dataUpdatedAt) ? LIVE_EVERY_MS : STILL_EVERY_MS),
  });
  const board = query.data;
  const [text, setText] = useState(params.get("search") ?? "");
  const exchange = KRW_EXCHANGES.find((one) => one === params.get("exchange")) ?? null;
  const words = text.trim().toLowerCase().split(/\s+/).filter((word) => word !== "");
  const rows = board.items.filter((row) => (!exchange || row.exchange === exchange) && words.every((word) => `${row.coin} ${row.nameEn ?? ""} ${row.nameKo ?? ""}`.toLowerCase().includes(word)));
  const show = (next: { exchange?: string; search?: string }) => {
    const changed = new URLSearchParams(params.toString());
    for (const [key, value] of Object.entries(next)) {
      if (value === "" || value === "all") changed.delete(key);
      else changed.set(key, value);
    }
    window.history.replaceState(null, "", changed.size > 0 ? `?${changed}` : window.location.pathname);
  };
  return (
    <div className="flex flex-col gap-3 p-4 md:p-5">
      <header className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h1 className="text-lg font-semibold">{t("title")}</h1>
        <p className="text-xs text-muted">{t("note", { count: board.items.length })}</p>
      </header>
      <Surroundings board={board} />
      <div className="panel min-w-0 overflow-hidden">
        <DataTable
          label={t("title")}
          rows={rows}
          columns={columns}
          rowKey={({ exchange: one, market }) => `${one} ${market}`}
          csvName="nexus-crypto"
          scrollClassName="max-h-[max(420px,calc(100dvh-330px))]"
          toolbar={
            <>
              <SearchInput
                aria-label={t("search")}
                placeholder={t("search")}
                value={text}
                onChange={(event) => {
                  setText(event.target.value);
                  show({ search: event.target.value.trim() });
                }}
                className="w-60 max-md:w-full"
              />
              <Segmented label={t("exchange")} value={exchange ?? "all"} onChange={(next) => show({ exchange: next })} options={[{ value: "all" as string, label: t("allExchanges") }, ...KRW_EXCHANGES.map((value) => ({ value: value as string, label: providerName(value) }))]} />
              <span role="status" className="text-xs whitespace-nowrap text-muted">{t("shown", { count: rows.length })}</span>
            </>
          }
          empty={
            board.items.length === 0
              ? <EmptyState title={t("empty")}>{t("emptyNext")}</EmptyState>
              : <EmptyState title={t("noMatch")} action={<Button onClick={() => { setText(""); show({ search: "", exchange: "all" }); }}>{t("clear")}</Button>} />
          }
        />
      </div>
      <p className="text-xs text-muted">{t("premium.explain")}</p>
    </div>
  );
}

/** What all premiums rest on. */
function Surroundings({ board }: { board: CoinBoardDto }) {
  const t = useTranslations("crypto");
  return (
    <dl className="panel grid md:grid-cols-3">
      <Fact label={t("fx.label")}><BankRate rate={board.bankRate} /></Fact>
      <Fact label={t("dollarCoin.label")}><DollarCoins dollarCoins={board.dollarCoins} /></Fact>
      <Fact label={t("feed.label")}><FeedList feeds={board.feeds} only={["crypto-board", "crypto-fx"]} /></Fact>
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0 border-line px-4 py-3 max-md:[&:nth-child(n+2)]:border-t md:[&:nth-child(n+2)]:border-l">
      <dt className="mb-1 text-xs text-muted">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function useCoinColumns(): DataColumn<CoinMarketDto>[] {
  const t = useTranslations("crypto");
  const [locale, timeZone] = [useLocale(), useTimeZone() ?? "UTC"];
  const nameOf = useCoinName();
  const providerName = useProviderName();
  return useMemo(() => {
    const premiumOf = ({ premium }: CoinMarketDto, kind: "bank" | "implied") => (premium === null || isSuspicious(premium) ? null : premium[kind]);
    return [
      {
        id: "coin", header: t("columns.coin"), fixed: true, value: (row) => nameOf(row) ?? row.coin,
        cell: (row) => (
          <Link href={`/crypto/${encodeURIComponent(row.coin)}`} className="flex max-w-64 flex-col py-1 hover:text-accent max-md:max-w-36">
            <span className="flex min-w-0 items-center gap-1.5">
              <span className="truncate font-medium">{nameOf(row) ?? row.coin}</span>
              {row.warning && <Badge tone="warn"><TriangleAlert aria-hidden="true" className="size-3" />{t("warning", { words: row.warning })}</Badge>}
            </span>
            <span className="truncate font-mono text-2xs text-faint">{row.coin}</span>
          </Link>
        ),
      },
      { id: "exchange", header: t("exchange"), wideOnly: true, value: ({ exchange }) => providerName(exchange), cell: ({ exchange }) => providerName(exchange) },
      { id: "price", header: t("columns.price"), align: "end", value: ({ price }) => price, cell: ({ price }) => <Money amount={price} currency="KRW" abbreviate={false} digits={wonDigits(price)} absentReason={t("neverPriced")} /> },
      { id: "change", header: t("columns.change"), align: "end", wideOnly: true, value: ({ change24h }) => change24h, cell: ({ change24h }) => <Change value={change24h} absentReason={t("neverPriced")} className="justify-end" /> },
      { id: "bank", header: t("columns.bank"), align: "end", value: (row) => premiumOf(row, "bank"), cell: ({ premium }) => <PremiumCell premium={premium} kind="bank" className="justify-end" /> },
      { id: "implied", header: t("columns.implied"), align: "end", wideOnly: true, value: (row) => premiumOf(row, "implied"), cell: ({ premium }) => <PremiumCell premium={premium} kind="implied" className="justify-end" /> },
      { id: "premiumAt", header: t("columns.premiumAt"), align: "end", wideOnly: true, value: ({ premium }) => premium?.at ?? null, cell: ({ premium }) => (premium ? <Instant value={premium.at} className="text-muted" /> : <Absent reason={t("premium.neverRead")} />) },
      { id: "value", header: t("columns.value"), align: "end", wideOnly: true, value: ({ value24h }) => value24h, cell: ({ value24h }) => <Money amount={value24h} currency="KRW" absentReason={t("neverPriced")} /> },
      { id: "low", header: t("columns.low"), align: "end", hidden: true, value: ({ low24h }) => low24h, cell: ({ low24h }) => <Money amount={low24h} currency="KRW" abbreviate={false} digits={wonDigits(low24h)} /> },
      { id: "high", header: t("columns.high"), align: "end", hidden: true, value: ({ high24h }) => high24h, cell: ({ high24h }) => <Money amount={high24h} currency="KRW" abbreviate={false} digits={wonDigits(high24h)} /> },
      { id: "at", header: t("columns.at"), align: "end", wideOnly: true, value: ({ at, listedAsOf }) => at ?? listedAsOf, cell: ({ at, listedAsOf }) => <span className="text-muted">{at ? <Instant value={at} style="time" /> : t("listOf", { asOf: listedAsOf.length === 7 ? listedAsOf : asOfText(locale, timeZone, listedAsOf) })}</span> },
      { id: "source", header: t("columns.source"), wideOnly: true, cell: ({ provenance }) => <ProvenanceBadge provenance={provenance} compact /> },
    ];
  }, [t, nameOf, providerName, locale, timeZone]);
}
