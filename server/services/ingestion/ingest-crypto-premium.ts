import { KRW_EXCHANGES } from "@/server/contracts/coin";
import { findBankRate, storeFxRates } from "@/server/services/crypto/bank-rate";
import { premiumsOfTickers } from "@/server/services/crypto/premium-of-tickers";
import { storePremiums } from "@/server/services/crypto/store-premiums";
import { recordedRun, type IngestCtx, type RunReport } from "./recorded-run";

/** A price of an exchange that has been away for longer is no reading of now. */
const FRESH_MS = 10 * 60_000;

/** Brings the banks' won per dollar from the first vendor that has it. */
export async function ingestBankRate(ctx: IngestCtx): Promise<RunReport> {
  const [vendor = "none"] = ctx.providers.vendorsWith("fx");
  return recordedRun(ctx, { provider: vendor, subject: "crypto-fx", scope: "USD/KRW" }, async (runId) => {
    const rows = (await ctx.providers.source("fx").fetchFxRates({ base: "USD", quotes: ["KRW"] })).filter(({ base, quote, rate }) => base === "USD" && quote === "KRW" && rate > 0);
    return { received: rows.length, changed: await storeFxRates(ctx, rows, runId), rejected: 0, provider: rows[0]?.provenance.provider };
  });
}

/** Reads the premiums off the stored boards; nobody is asked. Where no board is fresh there is nothing to read and no run. */
export async function ingestCryptoPremium(ctx: IngestCtx): Promise<RunReport | null> {
  const since = new Date(ctx.now().getTime() - FRESH_MS);
  const [tickers, names, bankRate] = await Promise.all([
    ctx.db.cryptoTicker.findMany({ where: { at: { gte: since } }, select: { exchange: true, market: true, coin: true, quote: true, price: true, at: true } }),
    ctx.db.cryptoMarket.findMany({ where: { quote: "KRW" }, select: { exchange: true, market: true, nameEn: true } }),
    findBankRate(ctx),
  ]);
  const nameOf = new Map(names.map(({ exchange, market, nameEn }) => [`${exchange} ${market}`, nameEn]));
  const usd = new Map(tickers.filter(({ quote }) => quote === "USDT").map((ticker) => [ticker.coin, ticker]));
  const rows = KRW_EXCHANGES.flatMap((exchange) => {
    const krw = tickers.filter((ticker) => ticker.exchange === exchange && ticker.quote === "KRW").map((ticker) => ({ ...ticker, nameEn: nameOf.get(`${exchange} ${ticker.market}`) ?? null }));
    return premiumsOfTickers({ exchange, krw, usd, bankRate });
  });
  if (rows.length === 0) return null;
  return recordedRun(ctx, { provider: "nexus-engine", subject: "crypto-premium", scope: "all" }, async (runId) => {
    const changed = await storePremiums((text, values) => ctx.db.$queryRawUnsafe(text, ...values), rows, { runId, provider: "nexus-engine" });
    ctx.cache.drop("crypto:");
    return { received: rows.length, changed, rejected: 0, asOf: ctx.now() };
  });
}
