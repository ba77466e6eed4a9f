import type { z } from "zod";
import type { BarsDto, listBarsInput } from "@/server/contracts/market";
import { AppError } from "@/server/domain/app-error";
import type { Ctx } from "@/server/services/ctx";
import { priceProvenance } from "./last-quotes";
import { nearSymbols } from "./near-symbols";

type ListBarsInput = z.infer<typeof listBarsInput>;
type BarRow = { time: Date; open: number; high: number; low: number; close: number; volume: number; provider: string };

const STORED = { "1m": "M1", "5m": "M5", "15m": "M15", "1h": "H1", "1d": "D1" } as const;
const AGGREGATED = { "1w": "week", "1mo": "month" } as const;

type Range = { instrumentId: string; from: string | null; to: string | null; limit: number };

const loadStored = (ctx: Ctx, interval: keyof typeof STORED, { instrumentId, from, to, limit }: Range) =>
  ctx.db.$queryRaw<BarRow[]>`
    SELECT time, open, high, low, close, volume, provider FROM price_bar
    WHERE instrument_id = ${instrumentId}::uuid AND interval = ${STORED[interval]}::bar_interval
      AND time >= coalesce(${from}::date::timestamp AT TIME ZONE 'UTC', '-infinity') AND time < coalesce((${to}::date + 1)::timestamp AT TIME ZONE 'UTC', 'infinity')
    ORDER BY time DESC LIMIT ${limit}`;

/** Weeks from Monday and calendar months, made of daily bars; the range is widened to whole ones so that no bar is cut. */
const loadAggregated = (ctx: Ctx, interval: keyof typeof AGGREGATED, { instrumentId, from, to, limit }: Range) =>
  ctx.db.$queryRaw<BarRow[]>`
    SELECT date_trunc(${AGGREGATED[interval]}, time, 'UTC') AS time, (array_agg(open ORDER BY time))[1] AS open, max(high) AS high, min(low) AS low,
           (array_agg(close ORDER BY time DESC))[1] AS close, sum(volume) AS volume, max(provider) AS provider
    FROM price_bar
    WHERE instrument_id = ${instrumentId}::uuid AND interval = 'D1'
      AND time >= coalesce(date_trunc(${AGGREGATED[interval]}, ${from}::date::timestamp) AT TIME ZONE 'UTC', '-infinity')
      AND time < coalesce((date_trunc(${AGGREGATED[interval]}, ${to}::date::timestamp) + ('1 ' || ${AGGREGATED[interval]})::interval) AT TIME ZONE 'UTC', 'infinity')
    GROUP BY 1 ORDER BY 1 DESC LIMIT ${limit}`;

const isAggregated = (interval: ListBarsInput["interval"]): interval is keyof typeof AGGREGATED => interval in AGGREGATED;

/** Bars of one instrument as columns, oldest first: the newest `limit` of the range. */
export async function listBars(ctx: Ctx, { symbol, interval, from = null, to = null, limit }: ListBarsInput): Promise<BarsDto> {
  if (from && to && from > to) throw new AppError("INVALID_INPUT", "The range ends before it begins", { field: "from" });
  const instrument = await ctx.db.instrument.findUnique({ where: { symbol } });
  if (!instrument) throw new AppError("NOT_FOUND", `No instrument has the symbol ${symbol}`, { field: "symbol", suggestions: await nearSymbols(ctx, symbol) });

  const range = { instrumentId: instrument.id, from, to, limit };
  const newestFirst = isAggregated(interval) ? await loadAggregated(ctx, interval, range) : await loadStored(ctx, interval, range);
  const rows = newestFirst.reverse();
  const last = rows.at(-1);
  const time = rows.map((row) => row.time.toISOString());
  return {
    symbol,
    interval,
    currency: instrument.currency,
    calendar: instrument.calendar,
    time,
    open: rows.map(({ open }) => open),
    high: rows.map(({ high }) => high),
    low: rows.map(({ low }) => low),
    close: rows.map(({ close }) => close),
    volume: rows.map(({ volume }) => volume),
    provenance: priceProvenance({ origin: instrument.priceOrigin, provider: last?.provider ?? instrument.provider, date: time.at(-1) ?? null }),
  };
}
