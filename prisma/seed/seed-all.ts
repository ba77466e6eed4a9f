import { createMemoryCache } from "@/server/platform/cache";
import { simulatePrices } from "@/server/services/market/simulate-prices";
import { seedCompanies } from "./seed-companies";
import { seedGraph } from "./seed-graph";
import { seedMacro } from "./seed-macro";
import type { SeedCtx } from "./seed-run";
import { seedStatements } from "./seed-statements";

export type SeedInput = SeedCtx & { connectionString: string };

/** Fills an empty database with the bundled figures and simulated prices; on a filled one it changes only what differs from them. */
export async function seedAll({ db, now, log }: SeedInput): Promise<void> {
  const ctx: SeedCtx = { db, now, log };
  await seedCompanies(ctx);
  // Simulating is work for this process, storing for the database: side by side they take little longer than the longer one.
  await Promise.all([
    simulatePrices({ ...ctx, cache: createMemoryCache(now) }),
    (async () => {
      await seedStatements(ctx);
      await seedMacro(ctx);
      await seedGraph(ctx);
    })(),
  ]);
}
