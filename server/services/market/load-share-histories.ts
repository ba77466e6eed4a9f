import type { Ctx } from "@/server/services/ctx";

/** The newest daily bars of a listed share, oldest first. */
export type ShareHistory = { symbol: string; sector: string; origin: "SIMULATED" | "RECORDED"; dates: string[]; closes: number[]; volumes: number[] };

/** A year of sessions and the close before it. */
export const HISTORY_SESSIONS = 253;
const KEEP_MS = 60_000;

/** The last year of every stored share that has a bar of the newest session; one whose last bar is older says nothing of it. */
export const loadShareHistories = (ctx: Ctx): Promise<{ session: string | null; shares: readonly ShareHistory[] }> =>
  ctx.cache.remember("market:share-histories", KEEP_MS, async () => {
    const rows = await ctx.db.$queryRaw<ShareHistory[]>`
      SELECT i.symbol, s.code AS sector, i.price_origin::text AS origin, recent.dates, recent.closes, recent.volumes
      FROM instrument i
      JOIN company c ON c.id = i.company_id
      JOIN sector s ON s.id = c.sector_id
      CROSS JOIN LATERAL (
        SELECT array_agg(to_char(time AT TIME ZONE 'UTC', 'YYYY-MM-DD') ORDER BY time) AS dates, array_agg(close ORDER BY time) AS closes, array_agg(volume ORDER BY time) AS volumes
        FROM (SELECT time, close, volume FROM price_bar WHERE instrument_id = i.id AND interval = 'D1' AND close > 0 ORDER BY time DESC LIMIT ${HISTORY_SESSIONS}) newest
      ) recent
      WHERE i.kind = 'EQUITY' AND recent.closes IS NOT NULL
      ORDER BY i.symbol`;
    const session = rows.reduce<string | null>((newest, { dates }) => (newest === null || dates.at(-1)! > newest ? dates.at(-1)! : newest), null);
    return { session, shares: rows.filter(({ dates }) => dates.at(-1) === session) };
  });

/** Simulated as soon as one of the prices is. */
export const basisOfShares = (shares: readonly Pick<ShareHistory, "origin">[]) => (shares.some(({ origin }) => origin === "SIMULATED") ? "simulated" : "computed");
