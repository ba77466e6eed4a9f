import type { Prisma } from "@/prisma/generated/client";
import type { BarRow } from "@/server/providers/capabilities";

export type BarTx = Prisma.TransactionClient;
export type StoredInterval = "M1" | "M5" | "M15" | "H1" | "D1";

/** Subjects of the runs that bring a vendor's bars, by which such bars are told from imported ones. */
export const DAILY_SUBJECT = "daily prices";
export const INTRADAY_SUBJECT = "intraday prices";

export type LockedInstrument = { id: string; symbol: string; kind: string; currency: string; calendar: string; origin: "SIMULATED" | "RECORDED"; adjustedFor: string | null };

/** The instrument, held until the transaction ends: its origin stays as read, and two runs for it come one after the other. */
export async function lockInstrument(tx: BarTx, symbol: string): Promise<LockedInstrument | null> {
  const [held] = await tx.$queryRaw<LockedInstrument[]>`
    SELECT id::text AS id, symbol, kind::text AS kind, currency, calendar, price_origin::text AS origin, bars_adjusted_for AS "adjustedFor" FROM instrument WHERE symbol = ${symbol} FOR UPDATE`;
  return held ?? null;
}

/** The first recorded bars take the place of all simulated ones in the same transaction, so nobody ever reads a mix. */
export async function replaceSimulated(tx: BarTx, { id }: LockedInstrument): Promise<void> {
  await tx.$executeRaw`DELETE FROM price_bar WHERE instrument_id = ${id}::uuid AND origin = 'SIMULATED'`;
  await tx.$executeRaw`UPDATE instrument SET price_origin = 'RECORDED', bars_adjusted_for = 'splits' WHERE id = ${id}::uuid`;
}

/**
 * Stores bars of a vendor; returns how many are new or differ, the others are not touched. A bar that is in quarantine does not come back with the figures for which it was
 * put there; one with other figures is a correction and does.
 */
export function storeVendorBars(tx: BarTx, { id }: Pick<LockedInstrument, "id">, { interval, bars, runId }: { interval: StoredInterval; bars: readonly BarRow[]; runId: string }): Promise<number> {
  const column = (pick: (bar: BarRow) => number) => bars.map(pick);
  return tx.$executeRaw`
    INSERT INTO price_bar AS b (instrument_id, interval, time, open, high, low, close, volume, origin, provider, run_id)
    SELECT ${id}::uuid, ${interval}::bar_interval, a.time, a.open, a.high, a.low, a.close, a.volume, 'RECORDED', a.provider, ${runId}::uuid
    FROM unnest(${bars.map(({ time }) => time)}::timestamptz[], ${column(({ open }) => open)}::float8[], ${column(({ high }) => high)}::float8[], ${column(({ low }) => low)}::float8[],
                ${column(({ close }) => close)}::float8[], ${column(({ volume }) => volume)}::float8[], ${bars.map(({ provenance }) => provenance.provider)}::text[]) AS a (time, open, high, low, close, volume, provider)
    WHERE NOT EXISTS (
      SELECT FROM quarantined_bar q WHERE q.instrument_id = ${id}::uuid AND q.interval = ${interval}::bar_interval AND q.time = a.time AND q.restored_at IS NULL
        AND (q.open, q.high, q.low, q.close) = (a.open, a.high, a.low, a.close)
    )
    ON CONFLICT (instrument_id, interval, time) DO UPDATE
      SET open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close, volume = excluded.volume, provider = excluded.provider, run_id = excluded.run_id, split_factor = NULL
      WHERE (b.open, b.high, b.low, b.close, b.volume) IS DISTINCT FROM (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume)`;
}

export type SharedBar = { date: string; close: number; isVendors: boolean };

/** Stored closes of days, oldest first, and whether a vendor's run brought each. */
export const loadStoredCloses = (tx: BarTx, { id }: Pick<LockedInstrument, "id">, dates: readonly string[]): Promise<SharedBar[]> =>
  tx.$queryRaw<SharedBar[]>`
    SELECT to_char(b.time AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS date, b.close, coalesce(r.subject = ${DAILY_SUBJECT}, false) AS "isVendors"
    FROM price_bar b LEFT JOIN ingestion_run r ON r.id = b.run_id
    WHERE b.instrument_id = ${id}::uuid AND b.interval = 'D1' AND b.time = ANY(${dates.map((date) => `${date}T00:00:00Z`)}::timestamptz[]) ORDER BY b.time`;
