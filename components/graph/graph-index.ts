import type { ConnectionDto, GraphDto, GraphNodeDto } from "@/server/contracts/graph";
import type { VisibleGraph } from "./graph-filter";

export type GraphIndex = {
  graph: GraphDto;
  /** Position of a node in `graph.nodes`. */
  at: Map<string, number>;
  /** Indices of the connections that touch a node, strongest first. */
  links: number[][];
};

export type Neighbour = { node: GraphNodeDto; connection: ConnectionDto };
export type Direction = "up" | "down" | "left" | "right";

export function indexGraph(graph: GraphDto): GraphIndex {
  const at = new Map(graph.nodes.map((node, i) => [node.key, i]));
  const links: number[][] = graph.nodes.map(() => []);
  graph.connections.forEach((link, i) => {
    const [from, to] = [at.get(link.from), at.get(link.to)];
    if (from !== undefined) links[from]!.push(i);
    if (to !== undefined && to !== from) links[to]!.push(i);
  });
  for (const list of links) list.sort((a, b) => graph.connections[b]!.strength - graph.connections[a]!.strength || a - b);
  return { graph, at, links };
}

export const nodeOf = (index: GraphIndex, key: string | null): GraphNodeDto | null => (key === null ? null : (index.graph.nodes[index.at.get(key) ?? -1] ?? null));

/** Neighbours over the connections shown, strongest first, each node once. */
export function neighboursOf(index: GraphIndex, key: string, visible: VisibleGraph | null): Neighbour[] {
  const own = index.at.get(key);
  if (own === undefined) return [];
  const seen = new Set<string>();
  return index.links[own]!.flatMap((i) => {
    const connection = index.graph.connections[i]!;
    const other = connection.from === key ? connection.to : connection.from;
    const node = nodeOf(index, other);
    if (!node || seen.has(other) || other === key || (visible && !visible.connections[i])) return [];
    seen.add(other);
    return [{ node, connection }];
  });
}

const TOWARDS: Record<Direction, readonly [number, number]> = { up: [0, 1], down: [0, -1], left: [-1, 0], right: [1, 0] };

/**
 * The neighbour that lies in a direction as seen from the front: the smallest angle first, then the shorter way.
 * Null when no neighbour lies within 80 degrees of it.
 */
export function neighbourInDirection(index: GraphIndex, key: string, { direction, visible }: { direction: Direction; visible: VisibleGraph | null }): string | null {
  const own = nodeOf(index, key);
  if (!own) return null;
  const seen = (node: GraphNodeDto): [number, number] => [node.position[0], node.position[1] - node.position[2] * 0.35];
  const [x, y] = seen(own);
  const [ux, uy] = TOWARDS[direction];
  let best: { key: string; cost: number } | null = null;
  for (const { node } of neighboursOf(index, key, visible)) {
    const [nx, ny] = seen(node);
    const [dx, dy] = [nx - x, ny - y];
    const distance = Math.hypot(dx, dy);
    const cosine = distance === 0 ? 0 : (dx * ux + dy * uy) / distance;
    if (cosine < 0.17) continue;
    const cost = distance * (2 - cosine);
    if (!best || cost < best.cost) best = { key: node.key, cost };
  }
  return best?.key ?? null;
}
