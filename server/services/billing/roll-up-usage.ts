import type { Ctx } from "@/server/services/ctx";

/** The usage page shows a week by the hour; the rest is room for a job that stood still. */
const HOURS_KEPT_DAYS = 14;
const BATCH = 5_000;
const DAY_MS = 86_400_000;

/**
 * Moves counts of hours that nobody looks at any more into counts of days, which begin in the person's time zone. Each hour is moved whole, by
 * one statement, and never counted twice: run again it finds nothing, two runs at once share the hours out between them, and an hour that is
 * written late is added to its day by the next run.
 */
export async function rollUpUsage(ctx: Pick<Ctx, "db" | "now">): Promise<{ hours: number }> {
  const before = new Date(ctx.now().getTime() - HOURS_KEPT_DAYS * DAY_MS);
  let hours = 0;
  for (;;) {
    const [moved] = await ctx.db.$queryRaw<{ hours: number }[]>`
      WITH due AS (SELECT id FROM usage_hour WHERE hour < ${before} ORDER BY hour, id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED),
      taken AS (DELETE FROM usage_hour USING due WHERE usage_hour.id = due.id RETURNING usage_hour.*),
      summed AS (
        -- The day takes over the id of its first hour.
        SELECT (array_agg(t.id ORDER BY t.hour))[1] AS id, t.user_id, t.surface, t.limit_group, date_trunc('day', t.hour, coalesce(u.time_zone, 'UTC')) AS day, sum(t.requests)::int AS requests, sum(t.refused)::int AS refused
        FROM taken t LEFT JOIN user_account u ON u.id = t.user_id
        GROUP BY 2, 3, 4, 5
      ),
      -- In one order, so that two runs that add to the same days wait for each other one way round.
      kept AS (
        INSERT INTO usage_day (id, user_id, surface, limit_group, day, requests, refused)
        SELECT id, user_id, surface, limit_group, day, requests, refused FROM summed ORDER BY user_id, surface, limit_group, day
        ON CONFLICT (user_id, surface, limit_group, day) DO UPDATE SET requests = usage_day.requests + EXCLUDED.requests, refused = usage_day.refused + EXCLUDED.refused
      )
      SELECT count(*)::int AS hours FROM taken`;
    hours += moved!.hours;
    if (moved!.hours < BATCH) return { hours };
  }
}
