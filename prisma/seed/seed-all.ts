import pg from "pg";
import { createMemoryCache } from "@/server/platform/cache";
import { closeInterruptedRuns, RUN_LOCKS } from "@/server/services/ingestion/close-interrupted-runs";
import { simulatePrices } from "@/server/services/market/simulate-prices";
import { seedCompanies } from "./seed-companies";
import { seedGraph } from "./seed-graph";
import { seedMacro } from "./seed-macro";
import type { SeedCtx } from "./seed-run";
import { seedStatements } from "./seed-statements";

export type SeedInput = SeedCtx & { connectionString: string };

/** Fills an empty database with the bundled figures and simulated prices; on a filled one it changes only what differs from them. */
export async function seedAll({ db, now, log, connectionString }: SeedInput): Promise<void> {
  // One seed at a time; a second one waits and finds nothing to change.
  const guard = new pg.Client({ connectionString });
  // A lost session is told by the queries of the seed itself.
  guard.on("error", () => undefined);
  await guard.connect();
  try {
    await guard.query("SELECT pg_advisory_lock($1)", [RUN_LOCKS.seed]);
    await closeInterruptedRuns(guard, "seed", now());
    await seedParts({ db, now, log });
  } finally {
    await guard.end();
  }
}

async function seedParts(ctx: SeedCtx): Promise<void> {
  await seedCompanies(ctx);
  // Simulating is work for this process, storing for the database: side by side they take little longer than the longer one.
  await Promise.all([
    simulatePrices({ ...ctx, cache: createMemoryCache(ctx.now) }),
    (async () => {
      await seedStatements(ctx);
      await seedMacro(ctx);
      await seedGraph(ctx);
    })(),
  ]);
}
