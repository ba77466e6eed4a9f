import { z } from "zod";
import { notAhead, vendorInstant } from "@/server/domain/ingestion/vendor-instant";
import type { CoinTickerRow, VendorProvenance } from "../capabilities";
import { dayBegin } from "../day-begin";

const amount = z.string().regex(/^\d+(\.\d+)?$/, "Not an amount");
const signed = z.string().regex(/^-?\d+(\.\d+)?$/, "Not a number");

/** High and low are of the day since 00:00 in Seoul; figures of 24 hours say so in their names. The rate is in percent. */
const ticker = z.object({ closing_price: amount, prev_closing_price: amount, units_traded_24H: amount, acc_trade_value_24H: amount, fluctate_rate_24H: signed });

/** GET /public/ticker/ALL_KRW: a ticker by each coin's code and, among them, when the answer was made; or an error, with a good status. */
export const bithumbBoard = z.union([
  z.object({ status: z.literal("0000"), data: z.object({ date: z.string().regex(/^\d{13}$/) }).catchall(ticker) }),
  z.object({ status: z.string().regex(/^[1-9]\d{3}$/), message: z.string() }),
]);
export type BithumbBoard = Extract<z.infer<typeof bithumbBoard>, { status: "0000" }>["data"];

/** GET /v1/market/all?isDetails=true. */
export const bithumbMarkets = z.array(z.object({ market: z.string().regex(/^[A-Z]+-\S+$/), korean_name: z.string().min(1), english_name: z.string().min(1), market_warning: z.string().min(1) })).min(1);
export type BithumbMarket = z.infer<typeof bithumbMarkets>[number];

/** A market that never traded has a price of zero, and no row. The day before closed at 00:00 in Seoul. */
export function toCoinTickers({ date, ...tickers }: BithumbBoard, { quoteCurrency, markets, now, provenance }: { quoteCurrency: string; markets: readonly BithumbMarket[]; now: Date; provenance: VendorProvenance }): CoinTickerRow[] {
  const at = notAhead(vendorInstant(Number(date))!, { now, provider: provenance.provider });
  const byCode = new Map(markets.map((market) => [market.market, market]));
  return Object.entries(tickers as Record<string, z.infer<typeof ticker>>).flatMap(([coin, told]) => {
    const market = `${quoteCurrency}-${coin}`;
    const listed = byCode.get(market);
    const price = Number(told.closing_price);
    const previousClose = Number(told.prev_closing_price) || null;
    return price === 0 ? [] : [{
      coin, quoteCurrency, market, price, previousClose, previousCloseAt: previousClose === null ? null : dayBegin(at, { hoursAheadOfUtc: 9 }),
      change24h: Number(`${told.fluctate_rate_24H}e-2`), high24h: null, low24h: null, volume24h: Number(told.units_traded_24H), value24h: Number(told.acc_trade_value_24H), at,
      nameEn: listed?.english_name ?? null, nameKo: listed?.korean_name ?? null, warnings: listed ? (listed.market_warning === "NONE" ? [] : [listed.market_warning]) : null,
      provenance: { ...provenance, asOf: at },
    }];
  });
}
