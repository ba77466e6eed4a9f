import { Decimal } from "decimal.js";
import { z } from "zod";
import { notAhead, vendorInstant } from "@/server/domain/ingestion/vendor-instant";
import type { BarRow, DividendRow, IntradayInterval, MoverRow, ProfileRow, QuoteRow, SplitRow, SymbolRow, VendorProvenance } from "../capabilities";
import { usSymbol } from "../us-listing";

type Row = { provenance: VendorProvenance };
type Clock = { now: Date };

/** Seconds since 1970. */
const moment = z.number().positive();
const noError = z.null().optional();
/** Answers stand under a name each, one alone or in a list. */
const only = <S extends z.ZodType>(name: string, result: S) => z.object({ [name]: z.object({ result: z.array(result).length(1), error: noError }) }).transform((answer) => answer[name]!.result[0]!);
const period = z.object({ start: moment, end: moment });
const column = z.array(z.number().nullable());
/** A range without a bar has no columns. */
const columnsOf = (quote: Record<string, unknown>): unknown[][] | null => (Object.keys(quote).length === 0 ? null : (Object.values(quote) as unknown[][]));

/** Share classes have a dash with Yahoo; other dots tell the exchange ("BP.L"). */
export const yahooSymbol = (symbol: string) => usSymbol(symbol, "-") ?? symbol;

/** Currencies of which prices are told in hundredths. */
const HUNDREDTHS: Record<string, string> = { GBp: "GBP", GBX: "GBP", ZAc: "ZAR", ILA: "ILS" };
type Unit = { currency: string; parts: 1 | 100 };

/** The currency, and how many of the unit that prices are told in make one of it; null for what is no currency. */
export function priceUnit(told: string | null | undefined): Unit | null {
  if (typeof told !== "string") return null;
  const whole = HUNDREDTHS[told];
  if (whole) return { currency: whole, parts: 100 };
  return /^[A-Z]{3}$/.test(told) ? { currency: told, parts: 1 } : null;
}

/** v8/finance/chart. Open, high, low and close are adjusted for splits; `adjclose`, which is adjusted for dividends too, is not read. */
const chart = z
  .object({
    meta: z.object({
      symbol: z.string().min(1), currency: z.string().nullish(), exchangeTimezoneName: z.string().min(1), dataGranularity: z.string(), regularMarketTime: moment.optional(), currentTradingPeriod: z.object({ regular: period }).optional(),
      tradingPeriods: z.union([z.array(z.array(period)), z.object({ regular: z.array(z.array(period)).optional() })]).optional(),
    }),
    timestamp: z.array(z.int()).optional(),
    indicators: z.object({ quote: z.array(z.object({ open: column, high: column, low: column, close: column, volume: column }).or(z.strictObject({}))).length(1) }),
    events: z
      .object({ dividends: z.record(z.string(), z.object({ amount: z.number().nonnegative(), date: moment })).optional(), splits: z.record(z.string(), z.object({ date: moment, numerator: z.number().positive(), denominator: z.number().positive() })).optional() })
      .optional(),
  })
  .refine(({ timestamp = [], indicators: { quote } }) => columnsOf(quote[0]!)?.every(({ length }) => length === timestamp.length) ?? timestamp.length === 0, "columns of different lengths");
export const yahooChart = only("chart", chart);
export type YahooChart = z.infer<typeof chart>;

const zones = new Map<string, Intl.DateTimeFormat>();
/** The day on the exchange's clock. @throws RangeError for a zone that is none */
function dayIn(zone: string, seconds: number): string {
  const format = zones.get(zone) ?? new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" });
  zones.set(zone, format);
  return format.format(new Date(seconds * 1_000));
}

/** A hundredth by its digits, without the noise of a division; what is too small to be written out has none. */
const hundredth = (value: number) => (String(value).includes("e") ? value / 100 : Number(`${value}e-2`));
const inWhole = (value: number, { parts }: Unit) => (parts === 100 ? hundredth(value) : value);

/** Chart prices are single precision: 44.05 comes as 44.04999923706055. This is the shortest number that means the same. */
export function fromSingle(value: number): number {
  if (Math.fround(value) !== value) return value;
  for (let digits = 6; digits < 9; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return shorter;
  }
  return value;
}

type RawBar = { at: number } & Pick<BarRow, "open" | "high" | "low" | "close" | "volume">;

/** Bars without a price or a volume are of sessions that were not, or not told yet: they are none. */
function rawBars({ timestamp = [], indicators: { quote } }: YahooChart, unit: Unit): RawBar[] {
  const price = (value: number) => inWhole(fromSingle(value), unit);
  const columns = quote[0]!;
  if (!("close" in columns)) return [];
  return timestamp.flatMap((at, n) => {
    const [open, high, low, close, volume] = [columns.open[n], columns.high[n], columns.low[n], columns.close[n], columns.volume[n]];
    if (open == null || high == null || low == null || close == null || volume == null || close <= 0) return [];
    return [{ at, open: price(open), high: price(high), low: price(low), close: price(close), volume }];
  });
}

/** Quotes come a quarter of an hour late from many exchanges, and closing auctions print after the bell. */
const SETTLE_SECONDS = 20 * 60;

/**
 * Daily bars of ended sessions. The running session comes as a bar at the time of its last trade, sometimes beside one of the same day at its
 * opening: the later one stands, and none until the session has ended.
 */
export function toDailyBars(chart: YahooChart, { unit, from, to, now, provenance }: { unit: Unit; from: string; to: string } & Clock & Row): BarRow[] {
  const zone = chart.meta.exchangeTimezoneName;
  const session = chart.meta.currentTradingPeriod?.regular;
  const running = session && now.getTime() / 1_000 < session.end + SETTLE_SECONDS ? dayIn(zone, session.start) : null;
  const days = new Map(rawBars(chart, unit).map((bar) => [dayIn(zone, bar.at), bar]));
  return [...days]
    .filter(([day]) => day >= from && day <= to && (running === null || day < running))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, { at, ...bar }]) => {
      notAhead(new Date(at * 1_000).toISOString(), { now, provider: provenance.provider });
      return { time: `${day}T00:00:00.000Z`, ...bar, provenance };
    });
}

export const INTERVALS = {
  M1: { name: "1m", granularity: ["1m"], seconds: 60, grid: 60, daysAtOnce: 7, daysKept: 29 },
  M5: { name: "5m", granularity: ["5m"], seconds: 300, grid: 300, daysAtOnce: 50, daysKept: 59 },
  M15: { name: "15m", granularity: ["15m"], seconds: 900, grid: 900, daysAtOnce: 50, daysKept: 59 },
  // Hours are counted from the opening: half past nine in New York.
  H1: { name: "1h", granularity: ["1h", "60m"], seconds: 3_600, grid: 900, daysAtOnce: 300, daysKept: 729 },
} as const satisfies Record<IntradayInterval, object>;

/** Whole bars of the regular sessions. What stands beside the grid is the last trade; what begins at the bell is the closing print. */
export function toIntradayBars(chart: YahooChart, { unit, interval, from, to, now, provenance }: { unit: Unit; interval: IntradayInterval; from: string; to: string } & Clock & Row): BarRow[] {
  const { seconds, grid } = INTERVALS[interval];
  const { tradingPeriods } = chart.meta;
  const sessions = (Array.isArray(tradingPeriods) ? tradingPeriods : (tradingPeriods?.regular ?? [])).flat();
  const inSession = (at: number) => sessions.length === 0 || sessions.some(({ start, end }) => at >= start && at < end);
  // The last hour of a session is a part of one and ends with it.
  const endOf = (at: number) => Math.min(at + seconds, sessions.find(({ start, end }) => at >= start && at < end)?.end ?? Number.POSITIVE_INFINITY);
  const [first, last] = [Date.parse(from) / 1_000, Date.parse(to) / 1_000];
  const bars = new Map(rawBars(chart, unit).filter(({ at }) => at >= first && at <= last && at % grid === 0 && inSession(at) && endOf(at) <= now.getTime() / 1_000).map((bar) => [bar.at, bar]));
  return [...bars.values()].toSorted((a, b) => a.at - b.at).map(({ at, ...bar }) => ({ time: new Date(at * 1_000).toISOString(), ...bar, provenance }));
}

/** Yahoo restates dividends for the splits after them; this gives what a share of that day was paid, to the hundredth of a cent. */
export function toDividends(chart: YahooChart, { symbol, unit, from, to, provenance }: { symbol: string; unit: Unit; from: string; to: string } & Row): DividendRow[] {
  const zone = chart.meta.exchangeTimezoneName;
  const splits = Object.values(chart.events?.splits ?? {}).map(({ date, numerator, denominator }) => ({ day: dayIn(zone, date), factor: new Decimal(numerator).div(denominator) }));
  return Object.values(chart.events?.dividends ?? {})
    .map(({ date, amount }) => ({ exDate: dayIn(zone, date), amount }))
    .filter(({ exDate }) => exDate >= from && exDate <= to)
    .toSorted((a, b) => (a.exDate < b.exDate ? -1 : 1))
    .map(({ exDate, amount }) => {
      const later = splits.filter(({ day }) => day > exDate);
      const paid = later.reduce((sum, { factor }) => sum.times(factor), new Decimal(amount)).toDecimalPlaces(later.length > 0 ? 4 : 6);
      return { symbol, exDate, payDate: null, recordDate: null, declaredOn: null, amount: paid.toFixed(), currency: unit.currency, kind: null, provenance: { ...provenance, asOf: exDate } };
    });
}

export function toSplits(chart: YahooChart, { symbol, from, to, provenance }: { symbol: string; from: string; to: string } & Row): SplitRow[] {
  return Object.values(chart.events?.splits ?? {})
    .map(({ date, numerator, denominator }) => ({ symbol, exDate: dayIn(chart.meta.exchangeTimezoneName, date), from: new Decimal(denominator).toFixed(), to: new Decimal(numerator).toFixed() }))
    .filter(({ exDate }) => exDate >= from && exDate <= to)
    .toSorted((a, b) => (a.exDate < b.exDate ? -1 : 1))
    .map((row) => ({ ...row, provenance: { ...provenance, asOf: row.exDate } }));
}

const price = z.number().nonnegative().nullish();

/** v7/finance/quote. What is no longer traded has no price. */
const quotes = z
  .array(
    z.object({
      symbol: z.string().min(1), currency: z.string().nullish(), regularMarketPrice: price, regularMarketTime: moment.nullish(), regularMarketOpen: price, regularMarketDayHigh: price, regularMarketDayLow: price, regularMarketPreviousClose: price,
      regularMarketVolume: price, bid: price, ask: price, marketCap: price, longName: z.string().nullish(), shortName: z.string().nullish(),
    }),
  )
  .refine((quotes) => quotes.length === 0 || quotes.some((quote) => quote.regularMarketPrice != null && quote.regularMarketTime != null && quote.currency != null), "no quote has a price, a time and a currency");
export const yahooQuotes = z.object({ quoteResponse: z.object({ result: quotes, error: noError }) }).transform(({ quoteResponse }) => quoteResponse.result);
export type YahooQuote = z.infer<typeof quotes>[number];

/** Null for what has no price. Zero stands for "none" in prices and orders; market values are in the whole currency, whatever prices are told in. */
export function toQuote(quote: YahooQuote, { symbol, unit, now, provenance }: { symbol: string; unit: Unit } & Clock & Row): QuoteRow | null {
  const at = vendorInstant(quote.regularMarketTime);
  if (!quote.regularMarketPrice || at === null) return null;
  notAhead(at, { now, provider: provenance.provider });
  const told = (value: number | null | undefined) => (value ? inWhole(value, unit) : null);
  return {
    symbol, currency: unit.currency, price: inWhole(quote.regularMarketPrice, unit), at, open: told(quote.regularMarketOpen), high: told(quote.regularMarketDayHigh), low: told(quote.regularMarketDayLow),
    previousClose: told(quote.regularMarketPreviousClose), volume: quote.regularMarketVolume ?? null, bid: told(quote.bid), ask: told(quote.ask), marketCap: quote.marketCap || null, name: quote.longName || quote.shortName || null, provenance: { ...provenance, asOf: at },
  };
}

/** v10/finance/quoteSummary of `price` and `assetProfile`; funds and indices have no profile. */
const summary = z.object({
  price: z.object({ symbol: z.string().min(1), longName: z.string().nullish(), shortName: z.string().nullish(), exchangeName: z.string().nullish(), currency: z.string().nullish(), marketCap: z.number().nullish() }),
  assetProfile: z
    .object({
      sector: z.string().nullish(), industry: z.string().nullish(), website: z.string().nullish(), city: z.string().nullish(), state: z.string().nullish(), country: z.string().nullish(), fullTimeEmployees: z.int().nullish(), longBusinessSummary: z.string().nullish(),
    })
    .nullish(),
});
export const yahooSummary = only("quoteSummary", summary);

export function toProfileRow({ price: told, assetProfile }: z.infer<typeof summary>, { symbol, provenance }: { symbol: string } & Row): ProfileRow {
  const headquarters = [assetProfile?.city, assetProfile?.state].filter(Boolean).join(", ");
  return {
    symbol, name: told.longName || told.shortName || symbol, exchange: told.exchangeName || null, currency: priceUnit(told.currency)?.currency ?? null, country: assetProfile?.country || null, sector: assetProfile?.sector || null,
    industry: assetProfile?.industry || null, cik: null, website: assetProfile?.website || null, headquarters: headquarters || null, founded: null, employees: assetProfile?.fullTimeEmployees ?? null,
    description: assetProfile?.longBusinessSummary || null, marketCap: told.marketCap || null, provenance,
  };
}

/** v1/finance/search: instruments, and companies that are not traded (`isYahooFinance` false). */
export const yahooSearch = z.object({
  quotes: z.array(
    z.discriminatedUnion("isYahooFinance", [
      z.object({ isYahooFinance: z.literal(true), symbol: z.string().min(1), quoteType: z.string(), shortname: z.string().nullish(), longname: z.string().nullish(), exchange: z.string().nullish(), exchDisp: z.string().nullish() }),
      z.object({ isYahooFinance: z.literal(false) }),
    ]),
  ),
});
const KINDS: Record<string, SymbolRow["kind"]> = { EQUITY: "EQUITY", ETF: "ETF", INDEX: "INDEX", CRYPTOCURRENCY: "CRYPTO", CURRENCY: "FX" };

export const toSymbols = ({ quotes }: z.infer<typeof yahooSearch>, provenance: VendorProvenance): SymbolRow[] =>
  quotes.flatMap((quote) =>
    quote.isYahooFinance ? [{ symbol: quote.symbol, name: quote.longname || quote.shortname || quote.symbol, kind: KINDS[quote.quoteType] ?? null, exchange: quote.exchDisp || quote.exchange || null, currency: null, provenance }] : [],
  );

/** v1/finance/screener. Changes are percent. */
const screen = z.object({
  quotes: z.array(z.object({ symbol: z.string().min(1), shortName: z.string().nullish(), longName: z.string().nullish(), regularMarketPrice: z.number().positive(), regularMarketChangePercent: z.number(), regularMarketVolume: price, regularMarketTime: moment.nullish(), currency: z.string() })),
});
export const yahooScreen = only("finance", screen);

export const toMovers = ({ quotes }: z.infer<typeof screen>, { now, provenance }: Clock & Row): MoverRow[] =>
  quotes.flatMap((quote) => {
    const unit = priceUnit(quote.currency);
    const at = vendorInstant(quote.regularMarketTime);
    if (at !== null) notAhead(at, { now, provider: provenance.provider });
    return unit === null ? [] : [{ symbol: quote.symbol, name: quote.longName || quote.shortName || null, price: inWhole(quote.regularMarketPrice, unit), change: hundredth(quote.regularMarketChangePercent), volume: quote.regularMarketVolume ?? null, currency: unit.currency, provenance: { ...provenance, ...(at && { asOf: at }) } }];
  });

/** v1/finance/trending: symbols alone. */
const trending = z.object({ quotes: z.array(z.object({ symbol: z.string().min(1) })) });
export const yahooTrending = only("finance", trending);

export const toTrending = ({ quotes }: z.infer<typeof trending>, provenance: VendorProvenance): MoverRow[] =>
  quotes.map(({ symbol }) => ({ symbol, name: null, price: null, change: null, volume: null, currency: null, provenance }));
