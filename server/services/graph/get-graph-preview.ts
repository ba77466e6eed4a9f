import type { ConnectionDto, GraphDto, GraphPreviewDto } from "@/server/contracts/graph";
import type { Ctx } from "@/server/services/ctx";
import { getGraph } from "./get-graph";

const FAINT_EDGES = 320;
const LIT_EDGES = 14;
const FIRST_CHOICE = "driver:fedFunds";

/** The graph as a still picture shows it: a fiftieth of the whole. */
export const getGraphPreview = async (ctx: Ctx): Promise<GraphPreviewDto> => graphPreviewOf(await getGraph(ctx));

export function graphPreviewOf({ nodes, connections, counts }: GraphDto): GraphPreviewDto {
  const place = new Map(nodes.map(({ key }, index) => [key, index]));
  const pairOf = ({ from, to }: ConnectionDto): [number, number][] => {
    const [start, end] = [place.get(from), place.get(to)];
    return start === undefined || end === undefined ? [] : [[start, end]];
  };
  const { driver, lit } = litFrom(connections);
  const shown = connections.filter(({ kind, significant }) => kind !== "membership" && significant !== false).sort(byStrength);
  return {
    nodes: nodes.map(({ key, kind, label, revenue, position }) => ({ key, kind, label, revenue, position })),
    memberships: connections.filter(({ kind, to }) => kind === "membership" && to.startsWith("sector:")).flatMap(pairOf),
    connections: shown.slice(0, FAINT_EDGES).flatMap(pairOf),
    lit: lit.flatMap((one) => pairOf(one).map((pair) => ({ pair, sign: one.sign }))),
    driver,
    counts: {
      nodes: counts.nodes,
      connections: connections.length,
      estimates: connections.filter(({ basis }) => basis === "estimated").length,
      significant: connections.filter(({ significant }) => significant === true).length,
    },
  };
}

const byStrength = (a: ConnectionDto, b: ConnectionDto) => b.strength - a.strength || (a.id < b.id ? -1 : 1);

/** The shock people ask about first, or where little of it is measured the driver with the most measured effects; and the strongest of those. */
function litFrom(connections: readonly ConnectionDto[]): { driver: string | null; lit: ConnectionDto[] } {
  const measured = connections.filter(({ kind, significant, to }) => kind === "impact" && significant === true && (to.startsWith("company:") || to.startsWith("sector:")));
  const count = new Map<string, number>();
  for (const { from } of measured) count.set(from, (count.get(from) ?? 0) + 1);
  const best = [...count].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? null;
  const driver = (count.get(FIRST_CHOICE) ?? 0) >= LIT_EDGES / 2 ? FIRST_CHOICE : best;
  return { driver, lit: measured.filter(({ from }) => from === driver).sort(byStrength).slice(0, LIT_EDGES) };
}
