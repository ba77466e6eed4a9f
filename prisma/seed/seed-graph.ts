import { syncMemberships } from "@/server/services/graph/sync-memberships";
import { syncNodes } from "@/server/services/graph/sync-nodes";
import { seedRun, type SeedCtx } from "./seed-run";

/** Nodes for all that is stored, then the edges between them. */
export async function seedGraph(ctx: SeedCtx): Promise<void> {
  await seedRun(ctx, { provider: "nexus-seed", subject: "edges", scope: "seed: nodes and memberships", content: "" }, async (runId) => {
    const nodes = await syncNodes(ctx.db);
    const { received, changed } = await syncMemberships(ctx.db, runId);
    return { received, changed: nodes + changed };
  });
}
