import type { KnownSplit } from "@/server/domain/market/due-splits";
import { splitFactor } from "@/server/domain/market/split-factor";
import type { DividendRow, SplitRow } from "@/server/providers/capabilities";
import type { BarTx, LockedInstrument } from "./vendor-bars";

type Of = Pick<LockedInstrument, "id" | "currency">;

/** Stores splits; returns how many are new or differ. What is no split, as 1 for 1, is left out. */
export async function storeSplits(tx: BarTx, { id }: Pick<Of, "id">, { splits, runId }: { splits: readonly SplitRow[]; runId: string }): Promise<number> {
  const real = [...new Map(splits.filter(({ from, to }) => Number(from) > 0 && Number(to) > 0 && Number(from) !== Number(to)).map((split) => [split.exDate, split])).values()];
  return tx.$executeRaw`
    INSERT INTO stock_split AS s (instrument_id, ex_date, "from", "to", provider, run_id)
    SELECT ${id}::uuid, ex_date, "from", "to", provider, ${runId}::uuid
    FROM unnest(${real.map(({ exDate }) => exDate)}::date[], ${real.map(({ from }) => from)}::numeric[], ${real.map(({ to }) => to)}::numeric[], ${real.map(({ provenance }) => provenance.provider)}::text[]) AS a (ex_date, "from", "to", provider)
    ON CONFLICT (instrument_id, ex_date) DO UPDATE SET "from" = excluded."from", "to" = excluded."to", provider = excluded.provider, run_id = excluded.run_id
      WHERE s."from" / s."to" <> excluded."from" / excluded."to" AND NOT EXISTS (SELECT FROM split_adjustment d WHERE d.instrument_id = s.instrument_id AND d.ex_date = s.ex_date)`;
}

/** Stores dividends; returns how many are new or differ. */
export async function storeDividends(tx: BarTx, { id, currency }: Of, { dividends, runId }: { dividends: readonly DividendRow[]; runId: string }): Promise<number> {
  const rows = [...new Map(dividends.filter(({ amount }) => Number(amount) > 0).map((row) => [`${row.exDate} ${row.kind}`, row])).values()];
  return tx.$executeRaw`
    INSERT INTO dividend AS d (instrument_id, ex_date, kind, amount, currency, pay_date, record_date, declared_on, provider, run_id)
    SELECT ${id}::uuid, ex_date, kind, amount, currency, pay_date, record_date, declared_on, provider, ${runId}::uuid
    FROM unnest(${rows.map(({ exDate }) => exDate)}::date[], ${rows.map(({ kind }) => kind ?? "")}::text[], ${rows.map(({ amount }) => amount)}::numeric[], ${rows.map((row) => row.currency ?? currency)}::text[], ${rows.map(({ payDate }) => payDate)}::date[],
                ${rows.map(({ recordDate }) => recordDate)}::date[], ${rows.map(({ declaredOn }) => declaredOn)}::date[], ${rows.map(({ provenance }) => provenance.provider)}::text[]) AS a (ex_date, kind, amount, currency, pay_date, record_date, declared_on, provider)
    ON CONFLICT (instrument_id, ex_date, kind) DO UPDATE
      SET amount = excluded.amount, currency = excluded.currency, pay_date = coalesce(excluded.pay_date, d.pay_date), record_date = coalesce(excluded.record_date, d.record_date), declared_on = coalesce(excluded.declared_on, d.declared_on), provider = excluded.provider, run_id = excluded.run_id
      WHERE (d.amount, d.currency, d.pay_date, d.record_date, d.declared_on) IS DISTINCT FROM (excluded.amount, excluded.currency, coalesce(excluded.pay_date, d.pay_date), coalesce(excluded.record_date, d.record_date), coalesce(excluded.declared_on, d.declared_on))`;
}

/** Splits that no stored bar was changed for, as factors of prices before them. */
export async function loadOpenSplits(tx: BarTx, { id }: Pick<Of, "id">): Promise<KnownSplit[]> {
  const rows = await tx.$queryRaw<{ exDate: string; from: number; to: number }[]>`
    SELECT to_char(s.ex_date, 'YYYY-MM-DD') AS "exDate", s."from"::float8 AS "from", s."to"::float8 AS "to"
    FROM stock_split s WHERE s.instrument_id = ${id}::uuid AND NOT EXISTS (SELECT FROM split_adjustment a WHERE a.instrument_id = s.instrument_id AND a.ex_date = s.ex_date) ORDER BY s.ex_date`;
  return rows.map(({ exDate, ...split }) => ({ exDate, factor: splitFactor(split) }));
}

/**
 * Brings all bars of before a split to the level of after it, once: prices times the factor, volumes divided by it, those in quarantine as well. Each bar keeps what it was
 * multiplied by, and the adjustment is written down with its reach; the split's row is locked, so that two runs never apply it twice.
 *
 * @returns bars changed; 0 when it was applied before
 */
export async function applySplit(tx: BarTx, { id }: Pick<Of, "id">, { exDate, factor, runId, now }: KnownSplit & { runId: string; now: Date }): Promise<number> {
  const [held] = await tx.$queryRaw<{ applied: boolean }[]>`
    SELECT EXISTS (SELECT FROM split_adjustment a WHERE a.instrument_id = s.instrument_id AND a.ex_date = s.ex_date) AS applied FROM stock_split s WHERE s.instrument_id = ${id}::uuid AND s.ex_date = ${exDate}::date FOR UPDATE`;
  if (!held || held.applied) return 0;
  const [reach] = await tx.$queryRaw<{ bars: number; first: Date | null; last: Date | null }[]>`
    WITH adjusted AS (
      UPDATE price_bar SET open = open * ${factor}::float8, high = high * ${factor}::float8, low = low * ${factor}::float8, close = close * ${factor}::float8, volume = volume / ${factor}::float8, split_factor = coalesce(split_factor, 1) * ${factor}::float8
      WHERE instrument_id = ${id}::uuid AND time < ${exDate}::date::timestamp AT TIME ZONE 'UTC' RETURNING time
    )
    SELECT count(*)::int AS bars, min(time) AS first, max(time) AS last FROM adjusted`;
  if (!reach?.first || !reach.last) return 0;
  await tx.$executeRaw`
    UPDATE quarantined_bar SET open = open * ${factor}::float8, high = high * ${factor}::float8, low = low * ${factor}::float8, close = close * ${factor}::float8, volume = volume / ${factor}::float8, split_factor = coalesce(split_factor, 1) * ${factor}::float8
    WHERE instrument_id = ${id}::uuid AND restored_at IS NULL AND time < ${exDate}::date::timestamp AT TIME ZONE 'UTC'`;
  await tx.splitAdjustment.create({ data: { instrumentId: id, exDate: new Date(exDate), factor, bars: reach.bars, firstTime: reach.first, lastTime: reach.last, runId, appliedAt: now } });
  return reach.bars;
}
