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

type Row = Omit<ShareHistory, "dates"> & { days: number[] };

/** A year of sessions and the close before it. */
export const HISTORY_SESSIONS = 253;
const KEEP_MS = 120_000;
const RENEW_MS = 30_000;
const DAY_MS = 86_400_000;

/** The last year of every stored share, or fund, that has a bar of the newest session; one whose last bar is older says nothing of it. */
export const loadShareHistories = (ctx: Ctx, kind: "EQUITY" | "ETF" = "EQUITY"): Promise<{ session: string | null; shares: readonly ShareHistory[] }> =>
  ctx.cache.remember(`market:share-histories:${kind}`, KEEP_MS, async () => {
    // Days as numbers and newest first, as the index has them: dates as text and sorted sums cost half of the query again.
    const rows = await ctx.db.$queryRaw<Row[]>`
      SELECT i.symbol, i.name, c.ticker, s.code AS sector, i.currency, i.calendar, i.price_origin::text AS origin, recent.provider, recent.days, recent.closes, recent.volumes
      FROM instrument i
      LEFT JOIN company c ON c.id = i.company_id
      LEFT JOIN sector s ON s.id = c.sector_id
      CROSS JOIN LATERAL (
        SELECT array_agg((extract(epoch FROM time) / 86400)::int) AS days, array_agg(close) AS closes, array_agg(volume) AS volumes, (array_agg(provider))[1] AS provider
        FROM (SELECT time, close, volume, provider FROM price_bar WHERE instrument_id = i.id AND interval = 'D1' AND close > 0 ORDER BY time DESC LIMIT ${HISTORY_SESSIONS}) newest
      ) recent
      WHERE i.kind = ${kind}::instrument_kind AND (i.kind <> 'EQUITY' OR i.company_id IS NOT NULL) AND recent.closes IS NOT NULL
      ORDER BY i.symbol`;
    const names = new Map<number, string>();
    const dateOf = (day: number) => {
      const name = names.get(day) ?? utcDate(new Date(day * DAY_MS));
      names.set(day, name);
      return name;
    };
    const newest = rows.reduce<number | null>((day, { days }) => (day === null || days[0]! > day ? days[0]! : day), null);
    const shares = rows.filter(({ days }) => days[0] === newest).map(({ days, closes, volumes, ...of }) => ({ ...of, dates: days.reverse().map(dateOf), closes: closes.reverse(), volumes: volumes.reverse() }));
    return { session: newest === null ? null : dateOf(newest), shares };
  }, RENEW_MS);

/** Simulated as soon as one of the prices is. */
export const basisOfShares = (shares: readonly Pick<ShareHistory, "origin">[]) => (shares.some(({ origin }) => origin === "SIMULATED") ? "simulated" : "computed");
