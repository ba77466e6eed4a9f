import { z } from "zod";
import { newYorkDay } from "@/server/domain/ingestion/new-york-instant";
import { vendorInstant } from "@/server/domain/ingestion/vendor-instant";
import type { BarRow, QuoteRow, TickRow, VendorProvenance } from "../capabilities";

const amount = z.number().min(0);
const instant = z.string().refine((text) => vendorInstant(text) !== null, "Not an instant");
const bar = z.object({ t: instant, o: amount, h: amount, l: amount, c: amount, v: amount });

/** GET /v2/stocks/{symbol}/bars. `bars` is null where there is none; `t` is the start of the bar, of a daily one midnight in New York. */
export const alpacaBars = z.object({ symbol: z.string(), bars: z.array(bar).nullable(), next_page_token: z.string().min(1).nullable(), currency: z.string().length(3).optional() });

export const toAlpacaBars = (bars: readonly z.infer<typeof bar>[], { daily, provenance }: { daily: boolean; provenance: (asOf: string) => VendorProvenance }): BarRow[] =>
  bars.map(({ t, o, h, l, c, v }) => {
    const start = vendorInstant(t)!;
    const time = daily ? `${newYorkDay(start)}T00:00:00.000Z` : start;
    return { time, open: o, high: h, low: l, close: c, volume: v, provenance: provenance(time) };
  });

/** GET /v2/stocks/snapshots: by symbol; null or absent for a share without trades. Prices are in US dollars unless another currency is asked for. */
export const alpacaSnapshots = z.record(
  z.string(),
  z.object({ latestTrade: z.object({ t: instant, p: z.number().positive() }), latestQuote: z.object({ ap: amount, bp: amount }).nullish(), dailyBar: bar.nullish(), prevDailyBar: bar.nullish() }).nullable(),
);

export function toAlpacaQuote({ latestTrade, latestQuote, dailyBar, prevDailyBar }: NonNullable<z.infer<typeof alpacaSnapshots>[string]>, { symbol, provenance }: { symbol: string; provenance: (asOf: string) => VendorProvenance }): QuoteRow {
  const at = vendorInstant(latestTrade.t)!;
  // Until the first trade of a day "daily" is still the day before, and "previous" the one before that: then the day's figures are not known yet.
  const sameDay = dailyBar ? newYorkDay(vendorInstant(dailyBar.t)!) === newYorkDay(at) : false;
  const day = sameDay ? dailyBar! : null;
  return {
    symbol, currency: "USD", price: latestTrade.p, at, open: day?.o ?? null, high: day?.h ?? null, low: day?.l ?? null, previousClose: (sameDay ? prevDailyBar?.c : dailyBar?.c) ?? null, volume: day?.v ?? null, bid: latestQuote?.bp || null, ask: latestQuote?.ap || null,
    marketCap: null, name: null, provenance: provenance(at),
  };
}

const alpacaMessages = z.array(
  z.discriminatedUnion("T", [
    z.object({ T: z.literal("t"), S: z.string().min(1), p: z.number().positive(), s: amount, t: instant }),
    z.object({ T: z.literal("success"), msg: z.string() }),
    z.object({ T: z.literal("subscription") }),
    z.object({ T: z.literal("error"), code: z.int(), msg: z.string() }),
  ]),
);

/** Trades of one message of the stream; throws for what it cannot read and for an error that it tells. */
export function readAlpacaTrades(text: string, ours: ReadonlyMap<string, string>): TickRow[] {
  return alpacaMessages.parse(JSON.parse(text)).flatMap((message): TickRow[] => {
    if (message.T === "error") throw new Error(`${message.code} ${message.msg}`);
    const symbol = message.T === "t" ? ours.get(message.S) : undefined;
    return message.T !== "t" || symbol === undefined ? [] : [{ provider: "alpaca", symbol, currency: "USD", price: message.p, volume: message.s, change24h: null, at: vendorInstant(message.t)! }];
  });
}
