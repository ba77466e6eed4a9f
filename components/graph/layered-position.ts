import type { GraphNodeDto, NodeKindName } from "@/server/contracts/graph";
import { NODE_KINDS } from "@/server/contracts/graph";

/** Half width and half depth of every layer's plane in scene units, and the distance between planes. */
export const PLANE = { halfWidth: 60, halfDepth: 37, gap: 25 } as const;
const INSET = 0.92;

/** Height of a layer: drivers on top, assets at the bottom, centred on 0. */
export const layerHeight = (kind: NodeKindName): number => ((NODE_KINDS.length - 1) / 2 - NODE_KINDS.indexOf(kind)) * PLANE.gap;

/** Scene positions (x, y, z per node): each layer of the server's layout stretched to fill its plane, whatever its own extent. */
export function scenePositions(nodes: readonly GraphNodeDto[]): Float32Array {
  const extent = new Map<NodeKindName, { minX: number; maxX: number; minZ: number; maxZ: number }>();
  for (const { kind, position } of nodes) {
    const box = extent.get(kind) ?? { minX: Infinity, maxX: -Infinity, minZ: Infinity, maxZ: -Infinity };
    extent.set(kind, { minX: Math.min(box.minX, position[0]), maxX: Math.max(box.maxX, position[0]), minZ: Math.min(box.minZ, position[2]), maxZ: Math.max(box.maxZ, position[2]) });
  }
  const spread = (value: number, min: number, max: number, half: number) => (max - min < 1e-9 ? 0 : ((value - min) / (max - min) - 0.5) * 2 * half * INSET);
  const out = new Float32Array(nodes.length * 3);
  nodes.forEach(({ kind, position }, i) => {
    const box = extent.get(kind)!;
    out[i * 3] = spread(position[0], box.minX, box.maxX, PLANE.halfWidth);
    out[i * 3 + 1] = layerHeight(kind);
    out[i * 3 + 2] = spread(position[2], box.minZ, box.maxZ, PLANE.halfDepth);
  });
  return out;
}

const BASE_RADIUS: Record<NodeKindName, number> = { driver: 1.7, sector: 2.3, company: 1.25, asset: 0.7 };

/** Radius in scene units; a company's area grows with the logarithm of its revenue, within 0.6 to 1.8. */
export function nodeRadius(node: Pick<GraphNodeDto, "kind" | "revenue">): number {
  if (node.kind !== "company" || node.revenue === null || node.revenue <= 0) return node.kind === "company" ? 0.6 : BASE_RADIUS[node.kind];
  // 0.1 B to 500 B of revenue spans the range.
  const share = (Math.log10(node.revenue) - 8) / (Math.log10(5e11) - 8);
  return 0.6 + 1.2 * Math.min(1, Math.max(0, share)) ** 1.5;
}
