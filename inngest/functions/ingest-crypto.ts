import { ingestCtx, systemCtx } from "@/server/runtime";
import { expireCrypto } from "@/server/services/crypto/expire-crypto";
import { ingestCoinDetail, ingestCoinMarkets, ingestDerivatives, listCoinsToRefresh, listCoinsWithFutures } from "@/server/services/ingestion/ingest-coins";
import { BOARD_EXCHANGES, ingestCryptoBoard, type BoardExchange } from "@/server/services/ingestion/ingest-crypto-board";
import { ingestBankRate, ingestCryptoPremium } from "@/server/services/ingestion/ingest-crypto-premium";
import { inngest } from "../inngest-client";
import { orStopRetrying } from "../or-stop-retrying";

const EXCHANGES = Object.keys(BOARD_EXCHANGES) as BoardExchange[];
/** All known coins come round within a day. */
const DETAILS_AN_HOUR = 6;
const FUTURES_AN_HOUR = 30;

/** What one of several pulls gave, or that it failed: one exchange that is away takes no other with it. */
const told = (names: readonly string[], outcomes: readonly PromiseSettledResult<{ received: number; changed: number }>[]) =>
  names.map((name, at) => {
    const outcome = outcomes[at]!;
    return outcome.status === "fulfilled" ? { name, received: outcome.value.received, changed: outcome.value.changed } : { name, failed: String(outcome.reason).slice(0, 200) };
  });

/** Every minute: the boards of all exchanges, side by side, so that their prices are of one time. The next minute asks again, so nothing is retried. */
export const refreshCryptoBoard = inngest.createFunction(
  { id: "refresh-crypto-board", triggers: [{ cron: "TZ=UTC * * * * *" }], concurrency: { limit: 1 }, retries: 0 },
  ({ step }) =>
    step.run("boards", async () => {
      const ctx = ingestCtx();
      const asked = EXCHANGES.filter((exchange) => ctx.providers.of(exchange, "coinBoard") !== null);
      return told(asked, await Promise.allSettled(asked.map((exchange) => ingestCryptoBoard(ctx, { exchange }))));
    }),
);

/** Every five minutes: what each coin costs more in Korea. */
export const readCryptoPremium = inngest.createFunction(
  { id: "read-crypto-premium", triggers: [{ cron: "TZ=UTC */5 * * * *" }], concurrency: { limit: 1 }, retries: 1 },
  ({ step }) => step.run("read", async () => { const report = await orStopRetrying(ingestCryptoPremium(ingestCtx())); return { received: report?.received ?? 0, changed: report?.changed ?? 0 }; }),
);

/** Every half an hour: the banks' rate. */
export const refreshBankRate = inngest.createFunction(
  { id: "refresh-bank-rate", triggers: [{ cron: "TZ=UTC 2,32 * * * *" }], concurrency: { limit: 1 }, retries: 3 },
  ({ step }) =>
    step.run("bring", async () => {
      if (ingestCtx().providers.vendorsWith("fx").length === 0) return { received: 0, changed: 0 };
      const { received, changed } = await orStopRetrying(ingestBankRate(ingestCtx()));
      return { received, changed };
    }),
);

/** Every hour: supply and value of the coins, the details of those that were asked for longest ago, and futures of the most traded. */
export const refreshCoins = inngest.createFunction(
  { id: "refresh-coins", triggers: [{ cron: "TZ=UTC 11 * * * *" }], concurrency: { limit: 1 }, retries: 2 },
  async ({ step }) => {
    const { details, futures, markets } = await step.run("coins", async () => {
      const ctx = ingestCtx();
      const has = (capability: "coinDetail" | "derivatives" | "coinMarkets") => ctx.providers.vendorsWith(capability).length > 0;
      return {
        details: has("coinDetail") ? await listCoinsToRefresh(ctx, { limit: DETAILS_AN_HOUR }) : [], futures: has("derivatives") ? await listCoinsWithFutures(ctx, { limit: FUTURES_AN_HOUR }) : [], markets: has("coinMarkets") ? ["all"] : [],
      };
    });
    const names = [...markets.map(() => "markets"), ...details.map((coin) => `details ${coin}`), ...futures.map((coin) => `futures ${coin}`)];
    const outcomes = await Promise.allSettled([
      ...markets.map(() => step.run("markets", () => orStopRetrying(ingestCoinMarkets(ingestCtx())))),
      ...details.map((coin) => step.run(`details ${coin}`, () => orStopRetrying(ingestCoinDetail(ingestCtx(), { coin })))),
      ...futures.map((coin) => step.run(`futures ${coin}`, () => orStopRetrying(ingestDerivatives(ingestCtx(), { coin })))),
    ]);
    return told(names, outcomes);
  },
);

/** Every night: thins readings out. */
export const expireOldCrypto = inngest.createFunction(
  { id: "expire-old-crypto", triggers: [{ cron: "TZ=UTC 17 3 * * *" }], concurrency: { limit: 1 }, retries: 3 },
  ({ step }) => step.run("expire", () => expireCrypto(systemCtx())),
);
