import { memberships } from "@/server/domain/graph/memberships";
import type { Db } from "@/server/platform/db";
import { NO_ESTIMATE, storeConnections } from "./store-connections";

/** Draws the edges that are true by definition; returns how many changed. */
export async function syncMemberships(db: Db, runId: string): Promise<{ received: number; changed: number }> {
  const [companies, instruments] = await Promise.all([
    db.company.findMany({ select: { ticker: true, sector: { select: { code: true } } } }),
    db.instrument.findMany({ select: { symbol: true, kind: true, company: { select: { ticker: true } } } }),
  ]);
  const edges = memberships({
    companies: companies.map(({ ticker, sector }) => ({ ticker, sector: sector.code })),
    instruments: instruments.map(({ symbol, kind, company }) => ({ symbol, kind, ticker: company?.ticker ?? null })),
  }).map((edge) => ({
    ...edge,
    kind: "MEMBERSHIP" as const,
    strength: 1,
    sign: 1,
    ...NO_ESTIMATE,
    basis: "DEFINITION" as const,
    evidence: null,
    verified: true,
    author: "nexus-seed",
  }));
  const { changed, removed } = await storeConnections(db, runId, edges, { retire: { kinds: ["MEMBERSHIP"] } });
  return { received: edges.length, changed: changed + removed };
}
