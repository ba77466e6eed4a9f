/** What the layout needs to know of a node. */
export type LayoutNode = { key: string; kind: "driver" | "sector" | "company" | "asset"; sector: string | null; size: number };
export type Position = [x: number, y: number, z: number];

/** Planes from top to bottom; each is as wide and deep as the others, 100 by 62.5 (16:10), centred on the vertical axis. */
export const LAYER_HEIGHT = { driver: 30, sector: 10, company: -10, asset: -30 } as const;
export const PLANE_WIDTH = 100;
export const PLANE_DEPTH = 62.5;

/** Groups from left to right; a node without a sector stands in the last group. */
const GROUP_ORDER = ["BANKING", "REALESTATE", "MANUFACTURING", "SEMICONDUCTOR", "CRYPTO", "OTHER"];
/** Share of a group's width that is left free towards its neighbours. */
const GUTTER = 0.12;
/** The narrowest group keeps this share of the plane's width. */
const LEAST_SHARE = 0.06;

const groupOf = (sector: string | null) => (sector !== null && GROUP_ORDER.includes(sector) ? sector : "OTHER");
const byName = (a: LayoutNode, b: LayoutNode) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
const largestFirst = (a: LayoutNode, b: LayoutNode) => b.size - a.size || byName(a, b);

/** A number in -1..1 that depends on the text alone (FNV-1a). */
function wobble(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193) >>> 0;
  return hash / 0x7fffffff - 1;
}

/**
 * Places every node in the plane of its kind: drivers and sectors in two staggered rows, companies and assets in clusters by sector, the largest in the middle of its cluster.
 *
 * @param nodes  in any order; for drivers the order given is the order from left to right
 * @returns position by key in scene units, x to the right, y up, z towards the reader; |x| <= 50, |z| <= 31.25
 *
 * Convention: depends on keys, kinds, sectors and sizes only, so that equal graphs look equal on every machine; no two nodes of a plane share a place.
 */
export function layeredLayout(nodes: readonly LayoutNode[]): Map<string, Position> {
  const of = (kind: LayoutNode["kind"]) => nodes.filter((node) => node.kind === kind);
  const sectors = of("sector").toSorted((a, b) => GROUP_ORDER.indexOf(groupOf(a.sector)) - GROUP_ORDER.indexOf(groupOf(b.sector)) || byName(a, b));
  return new Map([...rows(of("driver"), "driver", 0.36), ...rows(sectors, "sector", 0.3), ...clusters(of("company"), "company"), ...clusters(of("asset"), "asset")]);
}

/** Two staggered rows over the whole width; `depth` is the distance between them as a share of the plane's depth. */
function rows(nodes: readonly LayoutNode[], kind: "driver" | "sector", depth: number): [string, Position][] {
  const step = PLANE_WIDTH / Math.max(1, nodes.length);
  return nodes.map(({ key }, i) => {
    const side = i % 2 === 0 ? -0.5 : 0.5;
    return [key, [-PLANE_WIDTH / 2 + (i + 0.5) * step, LAYER_HEIGHT[kind], (side + 0.12 * wobble(key)) * depth * PLANE_DEPTH]];
  });
}

function clusters(nodes: readonly LayoutNode[], kind: "company" | "asset"): [string, Position][] {
  const groups = GROUP_ORDER.map((name) => nodes.filter(({ sector }) => groupOf(sector) === name)).filter((group) => group.length > 0);
  const shares = groups.map((group) => Math.max(LEAST_SHARE, group.length / Math.max(1, nodes.length)));
  const total = shares.reduce((sum, share) => sum + share, 0);
  let left = -PLANE_WIDTH / 2;
  return groups.flatMap((group, i) => {
    const width = (PLANE_WIDTH * shares[i]!) / total;
    const places = cluster(group, { left: left + (GUTTER / 2) * width, width: width * (1 - GUTTER), height: LAYER_HEIGHT[kind] });
    left += width;
    return places;
  });
}

/** Cells of a brick pattern, filled from the middle outwards; a third of a cell of wobble takes the stiffness out without letting two nodes meet. */
function cluster(group: readonly LayoutNode[], { left, width, height }: { left: number; width: number; height: number }): [string, Position][] {
  const columns = Math.max(1, Math.round(Math.sqrt((group.length * width) / PLANE_DEPTH)));
  const lines = Math.ceil(group.length / columns);
  const [cellWidth, cellDepth] = [width / (columns + (lines > 1 ? 0.5 : 0)), PLANE_DEPTH / lines];
  const cells = Array.from({ length: columns * lines }, (_, i) => {
    const [column, line] = [i % columns, Math.floor(i / columns)];
    const shift = lines === 1 ? 0.5 : line % 2 === 0 ? 0.5 : 1;
    return { x: left + (column + shift) * cellWidth, z: -PLANE_DEPTH / 2 + (line + 0.5) * cellDepth };
  });
  const fromMiddle = cells.toSorted((a, b) => Math.hypot((a.x - left - width / 2) / width, a.z / PLANE_DEPTH) - Math.hypot((b.x - left - width / 2) / width, b.z / PLANE_DEPTH) || a.x - b.x || a.z - b.z);
  return group.toSorted(largestFirst).map(({ key }, i) => {
    const { x, z } = fromMiddle[i]!;
    return [key, [x + wobble(key) * cellWidth * 0.17, height, z + wobble(`${key}/depth`) * cellDepth * 0.17]];
  });
}
