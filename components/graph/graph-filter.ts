import type { ConnectionKindName, GraphDto, GraphNodeDto, NodeKindName } from "@/server/contracts/graph";
import type { SectorCode } from "@/server/contracts/market";

export type GraphFilters = {
  hiddenKinds: readonly NodeKindName[];
  hiddenConnections: readonly ConnectionKindName[];
  /** Empty: every sector. */
  sectors: readonly SectorCode[];
  /** 0 to 1; connections below it are left out. */
  minStrength: number;
  /** Leaves out estimates that are not significant; connections that are not estimates stay. */
  significantOnly: boolean;
  /** Smallest |change of interest cover| of a company; 0 shows also companies without one. */
  minIcrDelta: number;
};

/** Competition is hidden first: it links nearly every pair of a sector and would drown the rest. */
export const DEFAULT_FILTERS: GraphFilters = { hiddenKinds: [], hiddenConnections: ["competition"], sectors: [], minStrength: 0, significantOnly: false, minIcrDelta: 0 };

export type VisibleGraph = {
  /** 1 where the node or connection of that index is shown. */
  nodes: Uint8Array;
  connections: Uint8Array;
  nodeCount: number;
  connectionCount: number;
  companyCount: number;
};

export function isFiltered(filters: GraphFilters): boolean {
  return (
    filters.hiddenKinds.length > 0 || filters.sectors.length > 0 || filters.minStrength > 0 || filters.significantOnly || filters.minIcrDelta > 0 ||
    filters.hiddenConnections.join() !== DEFAULT_FILTERS.hiddenConnections.join()
  );
}

type Deltas = ReadonlyMap<string, number | null>;

function ownRules(node: GraphNodeDto, filters: GraphFilters, deltas: Deltas): boolean {
  if (filters.hiddenKinds.includes(node.kind)) return false;
  const inSector = filters.sectors.length === 0 || (node.sector !== null && filters.sectors.includes(node.sector));
  if (node.kind === "sector") return inSector;
  if (node.kind !== "company") return true;
  if (!inSector) return false;
  if (filters.minIcrDelta <= 0) return true;
  const delta = deltas.get(node.key);
  return delta !== null && delta !== undefined && Math.abs(delta) >= filters.minIcrDelta;
}

/**
 * What the filters leave of the graph. A connection needs both its ends; with a sector chosen, an asset of no or another
 * sector stays only where it touches a company that is shown.
 * @param deltas  change of interest cover by node key at the chosen quarter
 */
export function filterGraph(graph: Pick<GraphDto, "nodes" | "connections">, filters: GraphFilters, deltas: Deltas): VisibleGraph {
  const at = new Map(graph.nodes.map((node, i) => [node.key, i]));
  const nodes = Uint8Array.from(graph.nodes, (node) => (ownRules(node, filters, deltas) ? 1 : 0));
  const passes = graph.connections.map(
    (link) => !filters.hiddenConnections.includes(link.kind) && link.strength >= filters.minStrength && !(filters.significantOnly && link.significant === false),
  );

  if (filters.sectors.length > 0) {
    const touched = new Set<number>();
    graph.connections.forEach((link, i) => {
      if (!passes[i]) return;
      const [from, to] = [at.get(link.from), at.get(link.to)];
      if (from === undefined || to === undefined) return;
      if (graph.nodes[from]!.kind === "company" && nodes[from]) touched.add(to);
      if (graph.nodes[to]!.kind === "company" && nodes[to]) touched.add(from);
    });
    graph.nodes.forEach((node, i) => {
      if (node.kind === "asset" && !touched.has(i) && !(node.sector !== null && filters.sectors.includes(node.sector))) nodes[i] = 0;
    });
  }

  const connections = Uint8Array.from(graph.connections, (link, i) => {
    const [from, to] = [at.get(link.from), at.get(link.to)];
    return passes[i] && from !== undefined && to !== undefined && nodes[from] && nodes[to] ? 1 : 0;
  });
  const companyCount = graph.nodes.reduce((sum, node, i) => sum + (node.kind === "company" ? nodes[i]! : 0), 0);
  const count = (flags: Uint8Array) => flags.reduce((sum, flag) => sum + flag, 0);
  return { nodes, connections, nodeCount: count(nodes), connectionCount: count(connections), companyCount };
}

/** Nodes whose label or key holds the text; exact and leading matches first, then the better connected. */
export function findNodes(nodes: readonly GraphNodeDto[], text: string, degree: (key: string) => number, limit = 8): GraphNodeDto[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return [];
  const rank = (node: GraphNodeDto): number => {
    const label = node.label.toLowerCase();
    const id = node.key.slice(node.key.indexOf(":") + 1).toLowerCase();
    if (id === wanted || label === wanted) return 0;
    if (id.startsWith(wanted) || label.startsWith(wanted)) return 1;
    return id.includes(wanted) || label.includes(wanted) ? 2 : 3;
  };
  return nodes
    .map((node) => ({ node, rank: rank(node) }))
    .filter((hit) => hit.rank < 3)
    .sort((a, b) => a.rank - b.rank || degree(b.node.key) - degree(a.node.key) || a.node.key.localeCompare(b.node.key))
    .slice(0, limit)
    .map((hit) => hit.node);
}
