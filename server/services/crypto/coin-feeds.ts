import { COIN_FEEDS, type CoinFeedDto } from "@/server/contracts/coin";
import type { FiguresCtx } from "@/server/services/ctx";

type Row = { feed: CoinFeedDto["feed"]; vendor: string; last: Date | null; down: Date | null };

/** Since when each vendor has answered or been away, told by the runs; a vendor that was never asked does not appear. */
export async function loadCoinFeeds(ctx: Pick<FiguresCtx, "db">): Promise<CoinFeedDto[]> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    WITH runs AS (
      SELECT subject, provider, status, started_at, finished_at, max(finished_at) FILTER (WHERE status = 'SUCCEEDED') OVER (PARTITION BY subject, provider) AS last
      FROM ingestion_run WHERE subject = ANY(${[...COIN_FEEDS]}::text[]) AND provider <> 'import'
    )
    SELECT subject AS feed, provider AS vendor, max(last) AS last, min(started_at) FILTER (WHERE status = 'FAILED' AND (last IS NULL OR started_at > last)) AS down FROM runs GROUP BY 1, 2 ORDER BY 1, 2`;
  return rows.map(({ feed, vendor, last, down }) => ({ feed, vendor, lastSuccessAt: last?.toISOString() ?? null, downSince: down?.toISOString() ?? null }));
}
