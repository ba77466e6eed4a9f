import type { IngestFreshnessDto, OverviewDto } from "@/server/contracts/admin";
import type { Ctx } from "@/server/services/ctx";

const DAY_MS = 86_400_000;
const DAYS = 30;

type Freshness = { provider: string; subject: string; lastStatus: IngestFreshnessDto["lastStatus"]; lastStartedAt: Date; lastSucceededAt: Date | null; asOf: Date | null; lastError: string | null };

/** The last run of each provider and subject, and the last that succeeded. */
export async function listFreshness(ctx: Pick<Ctx, "db">): Promise<IngestFreshnessDto[]> {
  const rows = await ctx.db.$queryRaw<Freshness[]>`
    SELECT provider, subject, (array_agg(status::text ORDER BY started_at DESC))[1] AS "lastStatus", (array_agg(error ORDER BY started_at DESC))[1] AS "lastError", max(started_at) AS "lastStartedAt",
           max(finished_at) FILTER (WHERE status = 'SUCCEEDED') AS "lastSucceededAt", max(as_of) FILTER (WHERE status = 'SUCCEEDED') AS "asOf"
    FROM ingestion_run GROUP BY provider, subject ORDER BY provider, subject`;
  return rows.map(({ lastStartedAt, lastSucceededAt, asOf, ...row }) => ({ ...row, lastStartedAt: lastStartedAt.toISOString(), lastSucceededAt: lastSucceededAt?.toISOString() ?? null, asOf: asOf?.toISOString() ?? null }));
}

/** What the overview takes from the database: how fresh the figures are, who registered, which mails wait. */
export async function getAdminFigures(ctx: Pick<Ctx, "db" | "now">): Promise<Pick<OverviewDto, "ingest" | "signUps" | "mail">> {
  const now = ctx.now();
  const ago = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const [ingest, [totals], byDay, waiting, failed] = await Promise.all([
    listFreshness(ctx),
    ctx.db.$queryRaw<{ total: number; day: number; week: number; month: number }[]>`
      SELECT count(*)::int AS total, count(*) FILTER (WHERE created_at >= ${ago(1)})::int AS day, count(*) FILTER (WHERE created_at >= ${ago(7)})::int AS week,
             count(*) FILTER (WHERE created_at >= ${ago(30)})::int AS month
      FROM user_account WHERE erased_at IS NULL`,
    ctx.db.$queryRaw<{ date: string; count: number }[]>`
      SELECT day::date::text AS date, count(u.id)::int AS count
      FROM generate_series(${ago(DAYS - 1)}::timestamptz AT TIME ZONE 'UTC', ${now}::timestamptz AT TIME ZONE 'UTC', interval '1 day') day
      LEFT JOIN user_account u ON (u.created_at AT TIME ZONE 'UTC')::date = day::date
      GROUP BY day::date ORDER BY day::date`,
    ctx.db.outgoingMail.count({ where: { sentAt: null, lastError: null } }),
    ctx.db.outgoingMail.count({ where: { sentAt: null, lastError: { not: null } } }),
  ]);
  return {
    ingest,
    signUps: { ...(totals ?? { total: 0, day: 0, week: 0, month: 0 }), byDay },
    mail: { waiting, failed },
  };
}
