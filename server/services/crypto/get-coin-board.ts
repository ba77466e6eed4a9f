import type { CoinBoardDto, CoinMarketDto, ListCoinsInput, ListPremiumsInput, PremiumListDto } from "@/server/contracts/coin";
import { median } from "@/server/domain/shared/statistics";
import type { Ctx } from "@/server/services/ctx";
import { pageAfter } from "@/server/services/market/list-cursor";
import { findBankRate, toFxRate } from "./bank-rate";
import { loadCoinFeeds } from "./coin-feeds";
import { loadCoinMarkets } from "./coin-rows";
import { DOLLAR_COIN } from "./premium-of-tickers";

/** Prices come each minute; who asks more often gets the same ones. */
const KEEP_MS = 3_000;

/** All won markets with what is known of them, the banks' rate, and who was asked for it. */
export const getCoinBoard = (ctx: Ctx): Promise<CoinBoardDto> =>
  ctx.cache.remember("crypto:board", KEEP_MS, async () => {
    const [items, rate, feeds] = await Promise.all([loadCoinMarkets(ctx), findBankRate(ctx), loadCoinFeeds(ctx)]);
    const dollarCoins = items.flatMap(({ coin, exchange, price, at }) => (coin === DOLLAR_COIN && price !== null && at !== null ? [{ exchange, price, at }] : []));
    return { items, bankRate: rate && toFxRate(rate), dollarCoins, feeds };
  });

const isSuspicious = ({ match }: { match: string }) => match === "other-coin" || match === "far-from-board";

/** Missing figures stand last. */
const KEYS: Record<ListCoinsInput["sort"], (row: CoinMarketDto) => number> = {
  value: ({ value24h }) => value24h ?? -1,
  change: ({ change24h }) => change24h ?? -Number.MAX_VALUE,
  // A suspicious match has no premium to be first by.
  premium: ({ premium }) => (premium === null || isSuspicious(premium) ? null : (premium.bank ?? premium.implied)) ?? -Number.MAX_VALUE,
  name: () => 0,
};

/** Won markets, by what changed hands, change, premium (each from the largest down) or name. */
export async function listCoins(ctx: Ctx, { limit, cursor, exchange, search, sort }: ListCoinsInput): Promise<{ items: CoinMarketDto[]; nextCursor: string | null }> {
  const { items } = await getCoinBoard(ctx);
  const words = (search ?? "").toLowerCase().split(/\s+/).filter((word) => word !== "");
  const found = items.filter((row) => (!exchange || row.exchange === exchange) && words.every((word) => `${row.coin} ${row.nameEn ?? ""} ${row.nameKo ?? ""}`.toLowerCase().includes(word)));
  const keyOf = (row: CoinMarketDto) => ({ key: KEYS[sort](row), id: `${row.coin} ${row.exchange}` });
  const sorted = found.map((row) => ({ row, ...keyOf(row) })).sort((a, b) => b.key - a.key || (a.id < b.id ? -1 : 1)).map(({ row }) => row);
  return pageAfter(sorted, { list: `coins:${sort}:${exchange ?? ""}:${words.join(" ")}`, cursor, limit, keyOf, descending: true });
}

/** The newest premium of each coin, dearest first; suspicious matches last and out of the median. */
export async function listPremiums(ctx: Ctx, { exchange, symbol }: ListPremiumsInput): Promise<PremiumListDto> {
  const { items, ...surroundings } = await getCoinBoard(ctx);
  const all = items.flatMap(({ premium }) => (premium && (!exchange || premium.exchange === exchange) && (!symbol || premium.coin === symbol) ? [premium] : []));
  const valueOf = ({ bank, implied }: (typeof all)[number]) => bank ?? implied ?? -1;
  const sorted = all.sort((a, b) => Number(isSuspicious(a)) - Number(isSuspicious(b)) || valueOf(b) - valueOf(a) || (a.coin < b.coin ? -1 : 1));
  return { items: sorted, median: median(sorted.flatMap((one) => (isSuspicious(one) ? [] : (one.bank ?? [])))), ...surroundings };
}
