import { sectorCode, type SectorCode } from "@/server/contracts/market";
import { CONNECTION_BASES, type ConnectionDto, evidence, type GraphDto, type GraphNodeDto, nodeKind } from "@/server/contracts/graph";
import { layeredLayout } from "@/server/domain/graph/layered-layout";
import { DRIVER_NODES } from "@/server/domain/graph/driver-nodes";
import { SECTOR_OF_FUND } from "@/server/domain/graph/memberships";
import type { Ctx } from "@/server/services/ctx";
import { loadCompanyRows } from "@/server/services/market/company-rows";
import { CONNECTION_KIND_NAME } from "./connection-figures";

/** How long the graph may lag behind an estimation that another process made. */
const KEEP_MS = 60_000;

/** The whole graph: every node with its place, every connection with what is known of it. */
export const getGraph = (ctx: Ctx): Promise<GraphDto> =>
  ctx.cache.remember("graph:all", KEEP_MS, async () => {
    const [rows, edges, companies] = await Promise.all([
      ctx.db.graphNode.findMany({
        orderBy: { key: "asc" },
        select: {
          key: true, kind: true, label: true,
          sector: { select: { code: true } },
          company: { select: { ticker: true, isFinancial: true, sector: { select: { code: true } } } },
          instrument: { select: { symbol: true, kind: true, company: { select: { sector: { select: { code: true } } } } } },
        },
      }),
      ctx.db.connection.findMany({ include: { from: { select: { key: true } }, to: { select: { key: true } } }, orderBy: [{ kind: "asc" }, { strength: "desc" }, { id: "asc" }] }),
      loadCompanyRows(ctx),
    ]);
    const revenues = new Map(companies.map(({ ticker, currency, revenue }) => [ticker, currency === "USD" && revenue !== null ? Number(revenue) : null]));
    const order = new Map(DRIVER_NODES.map(({ driver }, i) => [`driver:${driver}`, i]));

    const unplaced = rows.map((row): Omit<GraphNodeDto, "position"> => ({
      key: row.key,
      kind: nodeKind.parse(row.kind.toLowerCase()),
      label: row.label,
      sector: toSector(row.sector?.code ?? row.company?.sector.code ?? row.instrument?.company?.sector.code ?? (row.instrument?.kind === "CRYPTO" ? "CRYPTO" : SECTOR_OF_FUND[row.instrument?.symbol ?? ""])),
      isFinancial: row.company?.isFinancial ?? false,
      revenue: row.company ? (revenues.get(row.company.ticker) ?? null) : null,
    })).sort((a, b) => (order.get(a.key) ?? Infinity) - (order.get(b.key) ?? Infinity) || (a.key < b.key ? -1 : 1));

    const places = layeredLayout(unplaced.map(({ key, kind, sector, revenue }) => ({ key, kind, sector, size: revenue ?? 0 })));
    const nodes = unplaced.map((node): GraphNodeDto => ({ ...node, position: places.get(node.key)!.map((at) => Math.round(at * 1_000) / 1_000) as GraphNodeDto["position"] }));
    const connections = edges.map(toConnection);
    return {
      nodes,
      connections,
      counts: { nodes: countBy(nodes), connections: countBy(connections) },
      asOf: edges.reduce<Date | null>((newest, { updatedAt }) => (newest === null || updatedAt > newest ? updatedAt : newest), null)?.toISOString() ?? null,
    };
  });

const toSector = (code: string | undefined): SectorCode | null => (code === undefined ? null : (sectorCode.safeParse(code).data ?? "OTHER"));

type ConnectionRow = Awaited<ReturnType<Ctx["db"]["connection"]["findMany"]>>[number] & { from: { key: string }; to: { key: string } };

function toConnection({ id, kind, from, to, response, strength, sign, elasticity, stdError, n, rSquared, significant, lagQuarters, basis, evidence: told, verified, author }: ConnectionRow): ConnectionDto {
  return {
    id, strength, sign, elasticity, stdError, n, rSquared, significant, lagQuarters, verified, author,
    kind: CONNECTION_KIND_NAME[kind],
    from: from.key,
    to: to.key,
    response: response === "revenue" || response === "return" ? response : "",
    basis: CONNECTION_BASES.find((name) => name === basis.toLowerCase()) ?? "assumed",
    evidence: evidence.nullable().catch(null).parse(told),
  };
}

function countBy(items: readonly { kind: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of items) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
