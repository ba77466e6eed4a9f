import { utcDate } from "@/server/domain/calendar/trading-date";
import type { Ctx } from "@/server/services/ctx";

/** The newest daily bars of a listed share or fund, oldest first. */
export type ShareHistory = {
  symbol: string;
  name: string;
  /** Of the company whose share it is; a fund has neither. */
  ticker: string | null;
  sector: string | null;
  currency: string;
  calendar: string;
  origin: "SIMULATED" | "RECORDED";
  provider: string;
  dates: string[];
  closes: number[];
  volumes: number[];
};

type Row = Omit<ShareHistory, "dates" | "closes" | "volumes"> & { times: Uint8Array; closes: Uint8Array; volumes: Uint8Array };

/** A year of sessions and the close before it. */
export const HISTORY_SESSIONS = 253;
const KEEP_MS = 120_000;
const RENEW_MS = 30_000;
/** PostgreSQL sends an instant as microseconds since 2000. */
const EPOCH_MS = Date.UTC(2000, 0, 1);
const VALUE_BYTES = 8;

/** The last year of every stored share, or fund, that has a bar of the newest session; one whose last bar is older says nothing of it. */
export const loadShareHistories = (ctx: Ctx, kind: "EQUITY" | "ETF" = "EQUITY"): Promise<{ session: string | null; shares: readonly ShareHistory[] }> =>
  ctx.cache.remember(`market:share-histories:${kind}`, KEEP_MS, async () => {
    // As bytes and newest first, as the index has them: as arrays they cost half of the query again, as dates and sorted sums twice of it.
    const rows = await ctx.db.$queryRaw<Row[]>`
      SELECT i.symbol, i.name, c.ticker, s.code AS sector, i.currency, i.calendar, i.price_origin::text AS origin, recent.provider, recent.times, recent.closes, recent.volumes
      FROM instrument i
      LEFT JOIN company c ON c.id = i.company_id
      LEFT JOIN sector s ON s.id = c.sector_id
      CROSS JOIN LATERAL (
        SELECT string_agg(timestamptz_send(time), ''::bytea) AS times, string_agg(float8send(close), ''::bytea) AS closes, string_agg(float8send(volume), ''::bytea) AS volumes, max(provider) AS provider
        FROM (SELECT time, close, volume, provider FROM price_bar WHERE instrument_id = i.id AND interval = 'D1' AND close > 0 ORDER BY time DESC LIMIT ${HISTORY_SESSIONS}) newest
      ) recent
      WHERE i.kind = ${kind}::instrument_kind AND (i.kind <> 'EQUITY' OR i.company_id IS NOT NULL) AND recent.closes IS NOT NULL
      ORDER BY i.symbol`;
    const names = new Map<number, string>();
    const dateOf = (micros: number) => {
      const name = names.get(micros) ?? utcDate(new Date(EPOCH_MS + micros / 1_000));
      names.set(micros, name);
      return name;
    };
    const histories = rows.map(({ times, closes, volumes, ...of }) => ({ ...of, dates: oldestFirst(times, (bytes, at) => dateOf(Number(bytes.getBigInt64(at)))), closes: oldestFirst(closes, readDouble), volumes: oldestFirst(volumes, readDouble) }));
    const session = histories.reduce<string | null>((newest, { dates }) => (newest === null || dates.at(-1)! > newest ? dates.at(-1)! : newest), null);
    return { session, shares: histories.filter(({ dates }) => dates.at(-1) === session) };
  }, RENEW_MS);

const readDouble = (bytes: DataView, at: number) => bytes.getFloat64(at);

function oldestFirst<T>(sent: Uint8Array, read: (bytes: DataView, at: number) => T): T[] {
  const bytes = new DataView(sent.buffer, sent.byteOffset, sent.byteLength);
  const last = sent.byteLength / VALUE_BYTES - 1;
  return Array.from({ length: last + 1 }, (_, i) => read(bytes, (last - i) * VALUE_BYTES));
}

/** Simulated as soon as one of the prices is. */
export const basisOfShares = (shares: readonly Pick<ShareHistory, "origin">[]) => (shares.some(({ origin }) => origin === "SIMULATED") ? "simulated" : "computed");
