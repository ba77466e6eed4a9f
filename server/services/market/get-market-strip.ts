import type { StripItem } from "@/server/contracts/market";
import type { Ctx } from "@/server/services/ctx";
import { priceProvenance, relativeChange } from "./last-quotes";

type Source = { symbol: string } | { series: string };
/** `isGauge`: the level itself says something (a volatility of 15), so a simulated one would be a false statement and is not shown. */
type Slot = { id: string; kind: StripItem["kind"]; sources: readonly Source[]; isGauge?: boolean };

/** What the strip shows, in order; of each slot's sources a recorded price comes first, then the series with the newest value, then a simulated price. */
const SLOTS: readonly Slot[] = [
  { id: "sp500", kind: "index", sources: [{ symbol: "^GSPC" }, { symbol: "SPY" }] },
  { id: "nasdaq", kind: "index", sources: [{ symbol: "^IXIC" }, { symbol: "QQQ" }] },
  { id: "vix", kind: "index", sources: [{ symbol: "^VIX" }, { series: "VIXCLS" }], isGauge: true },
  { id: "us10y", kind: "rate", sources: [{ series: "DGS10" }, { series: "GS10" }] },
  { id: "fedFunds", kind: "rate", sources: [{ series: "DFF" }, { series: "FEDFUNDS" }] },
  { id: "btc", kind: "price", sources: [{ symbol: "BTC-USD" }, { symbol: "BTCUSDT" }] },
  { id: "eth", kind: "price", sources: [{ symbol: "ETH-USD" }, { symbol: "ETHUSDT" }] },
  { id: "usdkrw", kind: "price", sources: [{ symbol: "USDKRW" }, { series: "EXKOUS" }] },
  { id: "oil", kind: "price", sources: [{ symbol: "WTI" }, { series: "OILPRICEx" }] },
  { id: "gold", kind: "price", sources: [{ symbol: "GOLD" }, { symbol: "GLD" }] },
];

const POINTS = 30;
const KEEP_MS = 60_000;
const RENEW_MS = 15_000;
const PERCENT = 100;

type PricePoints = { symbol: string; name: string; origin: "SIMULATED" | "RECORDED"; provider: string; date: string; closes: number[] };
type SeriesPoints = { code: string; name: string; unit: string; provider: string; date: string; values: number[] };

const isSymbol = (source: Source): source is { symbol: string } => "symbol" in source;

const loadPrices = (ctx: Ctx, symbols: string[]) =>
  ctx.db.$queryRaw<PricePoints[]>`
    SELECT i.symbol, i.name, i.price_origin::text AS origin, newest.provider, newest.date, newest.closes
    FROM instrument i
    CROSS JOIN LATERAL (
      SELECT array_agg(close ORDER BY time) AS closes, to_char(max(time) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS date, max(provider) AS provider
      FROM (SELECT time, close, provider FROM price_bar WHERE instrument_id = i.id AND interval = 'D1' ORDER BY time DESC LIMIT ${POINTS}) recent
    ) newest
    WHERE i.symbol = ANY(${symbols}) AND newest.closes IS NOT NULL`;

const loadSeries = (ctx: Ctx, codes: string[]) =>
  ctx.db.$queryRaw<SeriesPoints[]>`
    SELECT s.code, s.name, s.unit, s.provider, newest.date, newest.values
    FROM macro_series s
    CROSS JOIN LATERAL (
      SELECT array_agg(value ORDER BY date) AS values, max(date)::text AS date
      FROM (SELECT DISTINCT ON (date) date, value FROM macro_observation WHERE series_id = s.id ORDER BY date DESC, known_at DESC LIMIT ${POINTS}) recent
    ) newest
    WHERE s.code = ANY(${codes}) AND newest.values IS NOT NULL`;

function fromPrice(slot: Slot, { symbol, name, origin, provider, date, closes }: PricePoints): StripItem | null {
  const value = closes.at(-1);
  if (value === undefined) return null;
  return { id: slot.id, label: name, kind: slot.kind, symbol, value, change: relativeChange(value, closes.at(-2) ?? null), points: closes, provenance: priceProvenance({ origin, provider, date }) };
}

function fromSeries(slot: Slot, { code, name, provider, date, values }: SeriesPoints): StripItem | null {
  const points = slot.kind === "rate" ? values.map((percent) => percent / PERCENT) : values;
  const value = points.at(-1);
  if (value === undefined) return null;
  const before = points.at(-2) ?? null;
  const change = slot.kind === "rate" ? (before === null ? null : value - before) : relativeChange(value, before);
  const provenance = { basis: "reported" as const, provider, asOf: date, reference: code, formula: null, n: null, rSquared: null, stdError: null };
  return { id: slot.id, label: name, kind: slot.kind, symbol: null, value, change, points, provenance };
}

/** The strip's cells that can be filled from what is stored; a slot without any source is left out. */
export const getMarketStrip = (ctx: Ctx): Promise<{ items: StripItem[] }> =>
  ctx.cache.remember("market:strip", KEEP_MS, async () => {
    const sources = SLOTS.flatMap((slot) => slot.sources);
    const [prices, series] = await Promise.all([
      loadPrices(ctx, sources.filter(isSymbol).map(({ symbol }) => symbol)),
      loadSeries(ctx, sources.flatMap((source) => (isSymbol(source) ? [] : [source.series]))),
    ]);
    const items = SLOTS.flatMap((slot) => {
      const filledPrices = slot.sources.flatMap((source) => (isSymbol(source) ? prices.filter(({ symbol }) => symbol === source.symbol) : [])).flatMap((found) => fromPrice(slot, found) ?? []);
      const filledSeries = slot.sources.flatMap((source) => (isSymbol(source) ? [] : series.filter(({ code }) => code === source.series))).flatMap((found) => fromSeries(slot, found) ?? []);
      const recorded = filledPrices.find(({ provenance }) => provenance.basis === "recorded");
      const published = filledSeries.reduce<StripItem | undefined>((newest, item) => (newest && (newest.provenance.asOf ?? "") >= (item.provenance.asOf ?? "") ? newest : item), undefined);
      return recorded ?? published ?? (slot.isGauge ? [] : (filledPrices[0] ?? []));
    });
    return { items };
  }, RENEW_MS);
