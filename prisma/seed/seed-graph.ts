import { estimateConnections } from "@/server/services/graph/estimate-connections";
import { ESTIMATOR } from "@/server/services/graph/revenue-connections";
import { EDITOR } from "@/server/services/ingestion/record-edit";
import { storeConnections } from "@/server/services/graph/store-connections";
import { syncMemberships } from "@/server/services/graph/sync-memberships";
import { syncNodes } from "@/server/services/graph/sync-nodes";
import { BUNDLED_ESTIMATE, bundledBetas } from "./bundled-betas";
import { companyFigure, parseFigures, readFigureText, returnBetaFigure } from "./figure-files";
import { NAMED_CONNECTIONS } from "./named-connections";
import { seedRun, type SeedCtx } from "./seed-run";

/** Nodes for all that is stored, then the edges between them: by definition, named, estimated elsewhere, estimated here. */
export async function seedGraph(ctx: SeedCtx): Promise<void> {
  const { db } = ctx;
  await seedRun(ctx, { provider: "nexus-seed", subject: "edges", scope: "seed: nodes and memberships", content: "" }, async (runId) => {
    const nodes = await syncNodes(db);
    const { received, changed } = await syncMemberships(db, runId);
    return { received, changed: nodes + changed };
  });

  const named = JSON.stringify(NAMED_CONNECTIONS);
  await seedRun(ctx, { provider: "nexus-seed", subject: "edges", scope: "seed: supply, competition, ownership", content: named }, async (runId) => {
    const { changed, removed, unknown } = await storeConnections(db, runId, NAMED_CONNECTIONS, { retire: { kinds: ["SUPPLY", "COMPETITION", "OWNERSHIP"], author: "nexus-seed" }, keepAuthor: EDITOR });
    if (unknown.length > 0) throw new Error(`Named connections lead to nodes that are not in the graph: ${unknown.join(", ")}`);
    return { received: NAMED_CONNECTIONS.length, changed: changed + removed };
  });

  const content = readFigureText("return-betas.jsonl");
  const companies = new Set(parseFigures(readFigureText("companies.jsonl"), companyFigure).map(({ ticker }) => ticker));
  const betas = bundledBetas(parseFigures(content, returnBetaFigure), companies);
  await seedRun(ctx, { provider: "nexus-seed", subject: "edges", scope: "seed: responses of returns", content }, async (runId) => {
    // What was estimated here on imported prices is newer and stays.
    const { changed, removed } = await storeConnections(db, runId, betas, { retire: { kinds: ["IMPACT"], author: BUNDLED_ESTIMATE }, keepAuthor: ESTIMATOR });
    return { received: betas.length, changed: changed + removed };
  });

  await estimateConnections(ctx);
}
