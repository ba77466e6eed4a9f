import { z } from "zod";
import { notAhead, vendorInstant } from "@/server/domain/ingestion/vendor-instant";
import type { CoinTickerRow, VendorProvenance } from "../capabilities";
import { dayBegin } from "../day-begin";

const market = z.string().regex(/^[A-Z]+-\S+$/);

/** GET /v1/market/all?is_details=true. */
export const upbitMarkets = z.array(
  z.object({ market, korean_name: z.string().min(1), english_name: z.string().min(1), market_event: z.object({ warning: z.boolean(), caution: z.record(z.string(), z.boolean()) }) }),
).min(1);
export type UpbitMarket = z.infer<typeof upbitMarkets>[number];

/** GET /v1/ticker. High, low and change are of the day since 00:00 UTC, not of 24 hours, and so are left alone. */
export const upbitTickers = z.array(
  z.object({
    market, trade_price: z.number().positive(), prev_closing_price: z.number().min(0), acc_trade_price_24h: z.number().min(0), acc_trade_volume_24h: z.number().min(0),
    /** Of the last trade; `timestamp` is that of the answer. */
    trade_timestamp: z.int().positive(), timestamp: z.int().positive(),
  }),
);
export type UpbitTicker = z.infer<typeof upbitTickers>[number];

/** The day before the one of the last trade closed at 00:00 UTC, which is 09:00 in Seoul. */
export function toCoinTicker(ticker: UpbitTicker, { market: code, english_name: nameEn, korean_name: nameKo, market_event: event }: UpbitMarket, { now, provenance }: { now: Date; provenance: VendorProvenance }): CoinTickerRow {
  const [quoteCurrency, ...rest] = code.split("-");
  const [at, asOf] = [ticker.trade_timestamp, ticker.timestamp].map((told) => notAhead(vendorInstant(told)!, { now, provider: provenance.provider }));
  return {
    coin: rest.join("-"), quoteCurrency: quoteCurrency!, market: code, price: ticker.trade_price,
    previousClose: ticker.prev_closing_price || null, previousCloseAt: ticker.prev_closing_price ? dayBegin(at!, { hoursAheadOfUtc: 0 }) : null,
    change24h: null, high24h: null, low24h: null, volume24h: ticker.acc_trade_volume_24h, value24h: ticker.acc_trade_price_24h, at: at!,
    nameEn, nameKo, warnings: [...(event.warning ? ["WARNING"] : []), ...Object.entries(event.caution).filter(([, on]) => on).map(([name]) => name)],
    provenance: { ...provenance, asOf: asOf! },
  };
}
