import type { GraphNodeDto, NodeKindName } from "@/server/contracts/graph";
import { NODE_KINDS } from "@/server/contracts/graph";
import { SECTOR_CODES } from "@/server/contracts/market";

export type FlatNode = { key: string; x: number; y: number; radius: number };
export type FlatBand = { kind: NodeKindName; top: number; bottom: number };
export type FlatLayout = { nodes: FlatNode[]; bands: FlatBand[]; height: number };

const SHARE: Record<NodeKindName, number> = { driver: 0.15, sector: 0.13, company: 0.47, asset: 0.25 };
const RADIUS: Record<NodeKindName, number> = { driver: 7, sector: 9, company: 5, asset: 4 };
const sectorOrder = (node: GraphNodeDto) => (node.sector === null ? SECTOR_CODES.length : SECTOR_CODES.indexOf(node.sector));

/**
 * The graph flat: one band per layer from drivers down to assets. Drivers and sectors stand in one row, companies and assets
 * in a grid whose columns run by sector, so that a company lies below its sector. Pixels of the box given.
 */
export function flatLayout(nodes: readonly GraphNodeDto[], { width, height, padding = 28, head = 0 }: { width: number; height: number; padding?: number; /** Px left free above. */ head?: number }): FlatLayout {
  const inner = Math.max(40, width - 2 * padding);
  let top = head;
  const bands: FlatBand[] = NODE_KINDS.map((kind) => {
    const band = { kind, top, bottom: top + (height - head) * SHARE[kind] };
    top = band.bottom;
    return band;
  });
  const placed = bands.flatMap(({ kind, top: bandTop, bottom }) => {
    const own = nodes
      .filter((node) => node.kind === kind)
      .sort((a, b) => (kind === "driver" ? a.position[0] - b.position[0] : sectorOrder(a) - sectorOrder(b) || (b.revenue ?? 0) - (a.revenue ?? 0)) || a.key.localeCompare(b.key));
    if (own.length === 0) return [];
    // The name of the band stands above its first row.
    const above = Math.min(36, (bottom - bandTop) * 0.4);
    const room = bottom - bandTop - above - 12;
    // Square cells: as many rows as keep the spacing equal in both directions, but drivers and sectors alternate on two at most.
    const rows = kind === "driver" || kind === "sector" ? (own.length * 84 > inner && kind === "driver" ? 2 : 1) : Math.max(1, Math.min(own.length, Math.round(Math.sqrt((own.length * room) / inner))));
    const columns = Math.ceil(own.length / rows);
    const [stepX, stepY] = [inner / columns, rows === 1 ? 0 : room / (rows - 1)];
    const radius = Math.max(2, Math.min(RADIUS[kind], stepX * 0.32, rows === 1 ? Math.max(6, room * 0.32) : stepY * 0.32));
    return own.map((node, i): FlatNode => {
      const [column, row] = [Math.floor(i / rows), i % rows];
      return { key: node.key, x: padding + stepX * (column + 0.5), y: bandTop + above + (rows === 1 ? room / 2 : row * stepY), radius };
    });
  });
  return { nodes: placed, bands, height };
}
