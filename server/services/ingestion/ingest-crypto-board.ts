import { AppError } from "@/server/domain/app-error";
import { storeTickers } from "@/server/services/crypto/store-tickers";
import { recordedRun, type IngestCtx, type RunReport } from "./recorded-run";

/** Exchanges in Korea and the one abroad that premiums are read against, with what each is asked for. */
export const BOARD_EXCHANGES = { upbit: "KRW", bithumb: "KRW", binance: "USDT" } as const;
export type BoardExchange = keyof typeof BOARD_EXCHANGES;

const ASK_WITHIN_MS = 40_000;

/**
 * Brings the newest prices of all markets of one exchange.
 *
 * @throws AppError of the exchange when it does not answer, NOT_FOUND when it is switched off
 */
export async function ingestCryptoBoard(ctx: IngestCtx, { exchange }: { exchange: BoardExchange }): Promise<RunReport> {
  const source = ctx.providers.of(exchange, "coinBoard");
  if (!source) throw new AppError("NOT_FOUND", `${exchange} brings no board here: vendors are switched off`, { field: "exchange" });
  const quote = BOARD_EXCHANGES[exchange];
  return recordedRun(ctx, { provider: exchange, subject: "crypto-board", scope: quote }, async (runId) => {
    const rows = await source.fetchCoinBoard({ quoteCurrency: quote }, { withinMs: ASK_WITHIN_MS });
    const good = rows.filter(({ quoteCurrency, price }) => quoteCurrency === quote && Number.isFinite(price) && price > 0);
    const changed = await storeTickers(ctx, good, { runId, exchange });
    ctx.cache.drop("crypto:");
    return { received: rows.length, changed, rejected: rows.length - good.length, asOf: newestOf(good) };
  });
}

const newestOf = (rows: readonly { at: string }[]): Date | undefined => (rows.length === 0 ? undefined : new Date(Math.max(...rows.map(({ at }) => Date.parse(at)))));
