import { z } from "zod";
import { notAhead, vendorInstant } from "@/server/domain/ingestion/vendor-instant";
import type { CoinTickerRow, DerivativeRow, TickRow, VendorProvenance } from "../capabilities";

const amount = z.string().regex(/^\d+(\.\d+)?$/, "Not an amount");
const signed = z.string().regex(/^-?\d+(\.\d+)?$/, "Not a number");
const stamp = z.int().min(0);

/** GET /api/v3/ticker/24hr?type=MINI: all symbols, over the last 24 hours. `count` is of trades. */
export const binanceTickers = z.array(
  z.object({ symbol: z.string().min(1), openPrice: amount, highPrice: amount, lowPrice: amount, lastPrice: amount, volume: amount, quoteVolume: amount, openTime: stamp, closeTime: stamp, count: z.int().min(0) }),
).min(1);

/** One quote currency's coins. A market without a trade in a day is closed or dead, and its last price none. It closes no day: 24 hours roll. */
export function toCoinTickers(tickers: z.infer<typeof binanceTickers>, { quoteCurrency, now, provenance }: { quoteCurrency: string; now: Date; provenance: VendorProvenance }): CoinTickerRow[] {
  return tickers.flatMap((told) => {
    const [price, open] = [Number(told.lastPrice), Number(told.openPrice)];
    if (!told.symbol.endsWith(quoteCurrency) || told.symbol === quoteCurrency || told.count === 0 || price === 0) return [];
    const at = notAhead(vendorInstant(told.closeTime) ?? "", { now, provider: provenance.provider });
    return [{
      coin: told.symbol.slice(0, -quoteCurrency.length), quoteCurrency, market: told.symbol, price, previousClose: null, previousCloseAt: null,
      change24h: open > 0 ? price / open - 1 : null, high24h: Number(told.highPrice) || null, low24h: Number(told.lowPrice) || null, volume24h: Number(told.volume), value24h: Number(told.quoteVolume), at,
      nameEn: null, nameKo: null, warnings: null, provenance: { ...provenance, asOf: at },
    }];
  });
}

/** GET /fapi/v1/premiumIndex of one perpetual. */
export const binanceMark = z.object({ symbol: z.string(), markPrice: amount, indexPrice: amount, lastFundingRate: signed, nextFundingTime: stamp, time: stamp });
/** GET /fapi/v1/openInterest, in coins. */
export const binanceInterest = z.object({ symbol: z.string(), openInterest: amount, time: stamp });
/** GET /fapi/v1/fundingInfo: contracts whose funding was adjusted; those left out pay every eight hours. */
export const binanceFunding = z.array(z.object({ symbol: z.string(), fundingIntervalHours: z.int().min(1) }));
/** GET /futures/data/globalLongShortAccountRatio: accounts that are long for one that is short. */
export const binanceRatios = z.array(z.object({ symbol: z.string(), longShortRatio: amount, timestamp: stamp })).max(1);

const USUAL_FUNDING_HOURS = 8;

export type BinancePerpetual = { mark: z.infer<typeof binanceMark>; interest: z.infer<typeof binanceInterest>; funding: z.infer<typeof binanceFunding>; ratios: z.infer<typeof binanceRatios> };

/** The value of the open interest is at the mark price. */
export function toDerivative({ mark, interest, funding, ratios }: BinancePerpetual, { coin, now, provenance }: { coin: string; now: Date; provenance: VendorProvenance }): DerivativeRow {
  const at = notAhead(vendorInstant(mark.time) ?? "", { now, provider: provenance.provider });
  const [markPrice, openInterest] = [Number(mark.markPrice), Number(interest.openInterest)];
  return {
    coin, market: mark.symbol, exchange: "Binance", markPrice: markPrice || null, indexPrice: Number(mark.indexPrice) || null,
    fundingRate: Number(mark.lastFundingRate), fundingHours: funding.find(({ symbol }) => symbol === mark.symbol)?.fundingIntervalHours ?? USUAL_FUNDING_HOURS,
    nextFundingAt: vendorInstant(mark.nextFundingTime), openInterest, openInterestValue: markPrice > 0 ? openInterest * markPrice : null,
    longShortRatio: ratios[0] ? Number(ratios[0].longShortRatio) : null, at, provenance: { ...provenance, asOf: at },
  };
}

const miniTicker = z.object({ e: z.literal("24hrMiniTicker"), E: z.int().positive(), s: z.string().min(1), c: amount, o: amount, v: amount });
/** A price, or the answer to a request. What Binance sends as an error is neither. */
const message = z.union([miniTicker, z.object({ id: z.int(), result: z.null().or(z.array(z.string())) })]);

/** One message of the line. The time is the one of the message: Binance tells no trade's with it. Volume and change are of 24 hours. */
export function readBinanceTick(text: string, { now }: { now: Date }): TickRow[] {
  const told = message.parse(JSON.parse(text));
  if ("result" in told) return [];
  const [price, open] = [z.number().positive().parse(Number(told.c)), Number(told.o)];
  const at = notAhead(vendorInstant(told.E) ?? "", { now, provider: "binance" });
  return [{ provider: "binance", symbol: told.s, currency: quoteOf(told.s), price, volume: Number(told.v), change24h: open > 0 ? price / open - 1 : null, at }];
}

const QUOTES = ["USDT", "USDC", "FDUSD", "BTC", "ETH", "BNB", "TRY", "EUR"];

/** A symbol does not say where its quote currency begins. */
function quoteOf(symbol: string): string {
  return z.string("A market in a currency that is not known").parse(QUOTES.find((quote) => symbol.endsWith(quote) && symbol !== quote));
}
