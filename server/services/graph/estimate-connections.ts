import type { ImpactConnection } from "@/server/domain/graph/impact-connections";
import type { Db } from "@/server/platform/db";
import { loadDriverChanges } from "./load-driver-changes";
import { returnConnections } from "./return-connections";
import { companyRevenueConnections, ESTIMATOR, sectorRevenueConnections } from "./revenue-connections";
import { storeConnections } from "./store-connections";

type Tally = { significant: number; insignificant: number };
export type EstimationReport = {
  sectorRevenue: Tally;
  companyRevenue: Tally;
  companyReturn: Tally;
  assetReturn: Tally;
  changed: number;
  removed: number;
  /** Instruments without recorded prices of three years and more. */
  skippedInstruments: number;
  unknownNodes: string[];
};

const tally = (connections: readonly ImpactConnection[]): Tally => {
  const significant = connections.filter((connection) => connection.significant).length;
  return { significant, insignificant: connections.length - significant };
};

/**
 * Estimates every impact connection that the stored figures permit and stores what differs. Running it again on the same figures changes nothing.
 * An estimate that came with the program stays until recorded prices allow one of our own.
 */
export async function estimateConnections({ db, now }: { db: Db; now: () => Date }): Promise<EstimationReport> {
  const run = await db.ingestionRun.create({ data: { provider: ESTIMATOR, subject: "edges", scope: "impact connections", startedAt: now() } });
  try {
    const changes = await loadDriverChanges(db);
    const sectors = await sectorRevenueConnections(db, changes);
    const companies = await companyRevenueConnections(db, changes);
    const { connections: returns, skipped } = await returnConnections(db);
    const all = [...sectors, ...companies, ...returns];
    const { changed, removed, unknown } = await storeConnections(db, run.id, all, { retire: { kinds: ["IMPACT"], author: ESTIMATOR } });
    await db.ingestionRun.update({ where: { id: run.id }, data: { status: "SUCCEEDED", finishedAt: now(), received: all.length, changed: changed + removed } });
    return {
      sectorRevenue: tally(sectors),
      companyRevenue: tally(companies),
      companyReturn: tally(returns.filter(({ to }) => to.startsWith("company:"))),
      assetReturn: tally(returns.filter(({ to }) => to.startsWith("asset:"))),
      changed,
      removed,
      skippedInstruments: skipped,
      unknownNodes: unknown,
    };
  } catch (cause) {
    await db.ingestionRun.update({ where: { id: run.id }, data: { status: "FAILED", finishedAt: now(), error: String(cause) } });
    throw cause;
  }
}
