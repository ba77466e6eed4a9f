import type { UsageDto, UsageInput } from "@/server/contracts/billing";
import { LIMIT_GROUPS, NEXT_TIER, REQUESTS_PER_HOUR, type LimitGroup } from "@/server/domain/account/rate-limits";
import type { UserCtx } from "@/server/services/ctx";

/** Length of each window, in its own steps. */
const WINDOW = { day: { step: "hour", count: 24 }, week: { step: "hour", count: 7 * 24 }, month: { step: "day", count: 30 } } as const;

type Row = { start: Date; group: LimitGroup | null; requests: number; refused: number };

/** The caller's requests by hour or day and limit group, up to now, from the counts of hours and those rolled up into days; days begin in their time zone. */
export async function getUsage(ctx: UserCtx, { window, surface }: UsageInput): Promise<UsageDto> {
  const { id, tier, requestsPerHour, timeZone } = ctx.user;
  const { step, count } = WINDOW[window];
  // Counts are kept by hours of UTC, which not every zone shares.
  const zone = step === "hour" ? "UTC" : timeZone;
  const rows = await ctx.db.$queryRaw<Row[]>`
    WITH now AS (SELECT date_trunc(${step}, ${ctx.now()}::timestamptz, ${zone}) AS last),
    -- Two hours past midnight is still in the day, also when the clocks were changed since.
    step AS (
      SELECT date_trunc(${step}, CASE WHEN ${step} = 'day' THEN last - back * interval '24 hours' + interval '2 hours' ELSE last - back * interval '1 hour' END, ${zone}) AS start
      FROM now, generate_series(0, ${count}::int - 1) AS back
    ),
    span AS (SELECT start, lead(start, 1, 'infinity') OVER (ORDER BY start) AS until FROM step),
    -- A day that was rolled up counts where its noon falls, also when the person has moved to another time zone since.
    used AS (
      SELECT hour AS at, limit_group, requests, refused FROM usage_hour WHERE user_id = ${id}::uuid AND surface = ${surface} AND hour >= (SELECT min(start) FROM span)
      UNION ALL
      SELECT day + interval '12 hours', limit_group, requests, refused FROM usage_day WHERE user_id = ${id}::uuid AND surface = ${surface} AND day >= (SELECT min(start) FROM span) - interval '12 hours'
    )
    SELECT span.start, u.limit_group AS "group", coalesce(sum(u.requests), 0)::int AS requests, coalesce(sum(u.refused), 0)::int AS refused
    FROM span LEFT JOIN used u ON u.at >= span.start AND u.at < span.until
    GROUP BY span.start, u.limit_group ORDER BY span.start`;
  const starts = [...new Set(rows.map(({ start }) => start.toISOString()))];
  const at = new Map(starts.map((start, index) => [start, index]));
  const asked = LIMIT_GROUPS.filter((group) => rows.some((row) => row.group === group));
  const groups = asked.map((group) => {
    const [requests, refused] = [starts.map(() => 0), starts.map(() => 0)];
    for (const row of rows) {
      const index = at.get(row.start.toISOString());
      if (row.group !== group || index === undefined) continue;
      requests[index] = row.requests;
      refused[index] = row.refused;
    }
    return { group, requests, refused };
  });
  return { step, starts, groups, limitPerHour: requestsPerHour ?? REQUESTS_PER_HOUR[tier], tier, nextTier: NEXT_TIER[tier] };
}
