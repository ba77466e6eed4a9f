import type { FiguresCtx } from "@/server/services/ctx";

const DAY_MS = 86_400_000;
/** Readings are kept as they came for days, then the last of each hour, then the last of each day. */
const AS_THEY_CAME_DAYS = 3;
const HOURLY_DAYS = 60;
const FUTURES_DAYS = 90;
/** Runs of each minute that no stored price names any more. */
const RUNS_DAYS = 2;
const BATCH = 5_000;

type Expired = { readings: number; futures: number; runs: number };

/** Thins readings out and deletes what is too old, in batches that hold no lock for long. What was imported stays whole. */
export async function expireCrypto(ctx: Pick<FiguresCtx, "db" | "now">): Promise<Expired> {
  const ago = (days: number) => new Date(ctx.now().getTime() - days * DAY_MS);
  const thin = (unit: "hour" | "day", before: Date) => () => ctx.db.$executeRaw`
    DELETE FROM coin_premium WHERE ctid = ANY(ARRAY(
      SELECT p.ctid FROM coin_premium p WHERE p.at < ${before} AND p.provider <> 'import'
        AND EXISTS (SELECT FROM coin_premium later WHERE later.exchange = p.exchange AND later.coin = p.coin AND later.at > p.at AND later.at < date_trunc(${unit}::text, p.at, 'UTC') + ('1 ' || ${unit}::text)::interval)
      LIMIT ${BATCH}))`;
  const readings = (await repeated(thin("hour", ago(AS_THEY_CAME_DAYS)))) + (await repeated(thin("day", ago(HOURLY_DAYS))));
  const futures = await repeated(() => ctx.db.$executeRaw`DELETE FROM derivative_snapshot WHERE ctid = ANY(ARRAY(SELECT ctid FROM derivative_snapshot WHERE at < ${ago(FUTURES_DAYS)} LIMIT ${BATCH}))`);
  const runs = await repeated(() => ctx.db.$executeRaw`
    DELETE FROM ingestion_run WHERE id IN (
      SELECT r.id FROM ingestion_run r WHERE r.subject IN ('crypto-board', 'crypto-premium') AND r.provider <> 'import' AND r.status <> 'RUNNING' AND r.started_at < ${ago(RUNS_DAYS)}
        AND NOT EXISTS (SELECT FROM crypto_ticker t WHERE t.run_id = r.id) AND NOT EXISTS (SELECT FROM crypto_market m WHERE m.run_id = r.id) AND NOT EXISTS (SELECT FROM coin_premium p WHERE p.run_id = r.id)
      LIMIT ${BATCH})`);
  return { readings, futures, runs };
}

async function repeated(batch: () => Promise<number>): Promise<number> {
  let all = 0;
  for (;;) {
    const gone = await batch();
    all += gone;
    if (gone < BATCH) return all;
  }
}
