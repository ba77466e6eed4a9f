import pg from "pg";
import { CALENDARS, KNOWN_YEARS, lastClosedSession } from "@/server/domain/calendar/session-on";
import { createMemoryCache } from "@/server/platform/cache";
import { createDb } from "@/server/platform/db";
import type { Log } from "@/server/platform/log";

type Input = { connectionString: string; now: () => Date; log: Log };

/** Extends simulated prices to the last closed session; returns what it did in words. */
export async function simulateWhenNeeded({ connectionString, now, log }: Input): Promise<string> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  await client.connect();
  // A calendar that is not kept for this year yet has no session to simulate; the others go on.
  const calendars = CALENDARS.filter((calendar) => now().getUTCFullYear() <= (KNOWN_YEARS[calendar]?.last ?? Number.POSITIVE_INFINITY));
  try {
    const { rows } = await client.query<{ due: boolean }>(
      `SELECT EXISTS (
         SELECT FROM instrument i JOIN unnest($1::text[], $2::timestamptz[]) AS last (calendar, date) ON last.calendar = i.calendar
         WHERE i.price_origin = 'SIMULATED' AND NOT EXISTS (SELECT FROM price_bar b WHERE b.instrument_id = i.id AND b.interval = 'D1' AND b.time >= last.date)) AS due`,
      [calendars, calendars.map((calendar) => `${lastClosedSession(calendar, now()).date}T00:00:00Z`)],
    );
    if (!rows[0]?.due) return "simulated up to the last closed session";
  } finally {
    await client.end();
  }
  // Loaded only when there is something to do: a usual start does without the Prisma client.
  const { simulatePrices } = await import("@/server/services/market/simulate-prices");
  const db = createDb(connectionString, { max: 2 });
  try {
    const { rows, extended } = await simulatePrices({ db, now, log, cache: createMemoryCache(now) });
    return `simulated ${rows.toLocaleString("en-US")} bars of ${extended} instruments`;
  } finally {
    await db.$disconnect();
  }
}
