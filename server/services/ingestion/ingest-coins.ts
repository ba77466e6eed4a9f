import { coinIdOf } from "@/server/domain/market/coin-identity";
import { AppError } from "@/server/domain/app-error";
import { partOfMarket, partsOfDetail, storeCoinParts } from "@/server/services/crypto/coin-parts";
import { recordedRun, type IngestCtx, type RunReport } from "./recorded-run";

/** A page of the largest coins. */
const MOST_COINS = 250;

/** Coins that a won market trades and whose identity is known, by the code of the exchange. */
async function knownCoins(ctx: IngestCtx): Promise<Map<string, string>> {
  const markets = await ctx.db.cryptoMarket.findMany({ where: { quote: "KRW" }, select: { coin: true, nameEn: true } });
  return new Map(markets.flatMap(({ coin, nameEn }) => { const id = coinIdOf(coin, nameEn); return id === null ? [] : [[coin, id] as const]; }));
}

/** Brings market value, supply and rank of the known coins. */
export async function ingestCoinMarkets(ctx: IngestCtx): Promise<RunReport> {
  const [vendor = "none"] = ctx.providers.vendorsWith("coinMarkets");
  return recordedRun(ctx, { provider: vendor, subject: "crypto-details", scope: "markets" }, async (runId) => {
    const codeOf = new Map([...(await knownCoins(ctx))].map(([coin, id]) => [id, coin]));
    const rows = await ctx.providers.source("coinMarkets").fetchCoinMarkets({ currency: "USD", limit: MOST_COINS, ids: [...codeOf.keys()] });
    // Codes are not names: a row counts for the coin whose id it has.
    const ours = rows.flatMap((row) => { const coin = codeOf.get(row.id); return coin === undefined ? [] : [partOfMarket({ ...row, coin })]; });
    return { received: rows.length, changed: await storeCoinParts(ctx, ours, runId), rejected: rows.length - ours.length, provider: rows[0]?.provenance.provider };
  });
}

/** Known coins whose details were never brought, or longest ago. */
export async function listCoinsToRefresh(ctx: IngestCtx, { limit }: { limit: number }): Promise<string[]> {
  const known = await knownCoins(ctx);
  const stored = await ctx.db.coinPart.findMany({ where: { part: "background" }, select: { coin: true, receivedAt: true } });
  const receivedAt = new Map(stored.map((part) => [part.coin, part.receivedAt.getTime()]));
  return [...known.keys()].sort((a, b) => (receivedAt.get(a) ?? 0) - (receivedAt.get(b) ?? 0) || (a < b ? -1 : 1)).slice(0, limit);
}

/** Brings what a vendor tells of one coin. @throws AppError NOT_FOUND for a code whose coin is not known */
export async function ingestCoinDetail(ctx: IngestCtx, { coin }: { coin: string }): Promise<RunReport> {
  const [vendor = "none"] = ctx.providers.vendorsWith("coinDetail");
  const id = (await knownCoins(ctx)).get(coin);
  if (id === undefined) throw new AppError("NOT_FOUND", `It is not known which coin ${coin} is`, { field: "coin" });
  return recordedRun(ctx, { provider: vendor, subject: "crypto-details", scope: coin }, async (runId) => {
    const detail = await ctx.providers.source("coinDetail").fetchCoinDetail({ coin, id });
    const changed = await storeCoinParts(ctx, partsOfDetail({ ...detail, coin }), runId);
    return { received: 1, changed, rejected: 0, provider: detail.provenance.provider };
  });
}

/** Coins with the most won changing hands, whose futures are looked at. */
export async function listCoinsWithFutures(ctx: IngestCtx, { limit }: { limit: number }): Promise<string[]> {
  const known = await knownCoins(ctx);
  const rows = await ctx.db.cryptoTicker.findMany({ where: { quote: "USDT", coin: { in: [...known.keys()] } }, orderBy: { value24h: { sort: "desc", nulls: "last" } }, select: { coin: true }, take: limit });
  return rows.map(({ coin }) => coin);
}

/** Brings the perpetual futures of one coin. */
export async function ingestDerivatives(ctx: IngestCtx, { coin }: { coin: string }): Promise<RunReport> {
  const [vendor = "none"] = ctx.providers.vendorsWith("derivatives");
  return recordedRun(ctx, { provider: vendor, subject: "crypto-derivatives", scope: coin }, async (runId) => {
    const rows = (await ctx.providers.source("derivatives").fetchDerivatives({ coin })).filter((row) => row.coin === coin);
    const { count } = await ctx.db.derivativeSnapshot.createMany({
      data: rows.map(({ provenance, at, nextFundingAt, ...row }) => ({ ...row, at: new Date(at), nextFundingAt: nextFundingAt === null ? null : new Date(nextFundingAt), provider: provenance.provider, runId })),
      skipDuplicates: true,
    });
    return { received: rows.length, changed: count, rejected: 0, provider: rows[0]?.provenance.provider };
  });
}
