import type { ConnectionDto } from "@/server/contracts/graph";
import type { ScenarioResult } from "@/server/contracts/scenario";
import type { VisibleGraph } from "./graph-filter";
import type { GraphIndex } from "./graph-index";
import type { OutcomeAtQuarter } from "./outcome-at-quarter";
import type { TravelSchedule } from "./shock-travel";

/** The job a colour does: amber where a shock starts, up or down where it lands, wire where nothing changes. */
export type Tone = "driver" | "up" | "down" | "wire";

export type NodeLook = {
  tone: Tone;
  /** Size of its change against the largest shown, 0 to 1; null where it has none. */
  magnitude: number | null;
  /** Hardly moved by the shock: drawn dim so that the moved stand out. */
  cold: boolean;
  /** Seconds of play when the shock arrives; 0 without a travelling shock. */
  reachedAt: number;
};
export type LitEdge = { from: number; to: number; toneFrom: Tone; toneTo: Tone; magnitude: number; start: number; end: number; onRoute: boolean };
export type WireEdge = { connection: number; from: number; to: number; kind: ConnectionDto["kind"]; strength: number; touched: boolean };

/** What to draw, without any notion of how: the scene and its flat twin both start here. */
export type GraphPicture = { nodes: NodeLook[]; wires: WireEdge[]; lit: LitEdge[] };

type PictureInput = {
  index: GraphIndex;
  visible: VisibleGraph;
  /** Node whose connections are drawn out. */
  focus: string | null;
  scenario: null | {
    outcomes: ReadonlyMap<string, OutcomeAtQuarter>;
    sectorDeltas: ReadonlyMap<string, number | null>;
    drivers: ReadonlyMap<string, number>;
    schedule: TravelSchedule;
    /** Change of cover drawn as a full ring. */
    fullRing: number;
  };
};

/** Below this share of a full ring a change is not told apart from none. */
const COLD = 0.02;

const toneOf = (change: number | null): Tone => (change === null || change === 0 ? "wire" : change > 0 ? "up" : "down");

function nodeLooks({ index, scenario }: PictureInput): NodeLook[] {
  return index.graph.nodes.map((node): NodeLook => {
    if (!scenario) return { tone: "wire", magnitude: null, cold: false, reachedAt: 0 };
    const reachedAt = scenario.schedule.reachedAt.get(node.key) ?? 0;
    const reached = scenario.schedule.reachedAt.has(node.key);
    if (node.kind === "driver") {
      const moved = (scenario.drivers.get(node.key) ?? 0) !== 0;
      return { tone: moved ? "driver" : "wire", magnitude: null, cold: !moved, reachedAt };
    }
    if (node.kind === "sector") {
      const delta = scenario.sectorDeltas.get(node.key) ?? null;
      return { tone: toneOf(delta), magnitude: delta === null ? null : Math.min(1, Math.abs(delta) / scenario.fullRing), cold: !reached && !delta, reachedAt };
    }
    if (node.kind === "asset") return { tone: "wire", magnitude: null, cold: !reached, reachedAt };
    const at = scenario.outcomes.get(node.key);
    if (!at) return { tone: "wire", magnitude: null, cold: true, reachedAt };
    // A bank has no cover: its colour is that of its net income, and it carries no ring.
    if (at.outcome.isFinancial) return { tone: toneOf(at.netIncomeDelta), magnitude: null, cold: !at.netIncomeDelta, reachedAt };
    const magnitude = at.icrDelta === null ? null : Math.min(1, Math.abs(at.icrDelta) / scenario.fullRing);
    return { tone: toneOf(at.icrDelta), magnitude, cold: magnitude === null || magnitude < COLD, reachedAt };
  });
}

/** Travelled connections that lead to a node, over any number of hops. */
export function routeTo(travel: ScenarioResult["travel"], key: string): Set<number> {
  const route = new Set<number>();
  const wanted: { key: string; before: number }[] = [{ key, before: Infinity }];
  const seen = new Set<string>();
  while (wanted.length > 0) {
    const { key: to, before } = wanted.pop()!;
    travel.forEach((step, i) => {
      if (step.to !== to || step.hop >= before) return;
      route.add(i);
      const id = `${step.from} ${step.hop}`;
      if (!seen.has(id)) wanted.push({ key: step.from, before: step.hop });
      seen.add(id);
    });
  }
  return route;
}

export function graphPicture(input: PictureInput): GraphPicture {
  const { index, visible, focus, scenario } = input;
  const nodes = nodeLooks(input);
  const wires = index.graph.connections.flatMap((link, i): WireEdge[] => {
    if (!visible.connections[i]) return [];
    const [from, to] = [index.at.get(link.from)!, index.at.get(link.to)!];
    return [{ connection: i, from, to, kind: link.kind, strength: link.strength, touched: focus !== null && (link.from === focus || link.to === focus) }];
  });
  if (!scenario) return { nodes, wires, lit: [] };
  const { edges } = scenario.schedule;
  const route = focus === null ? new Set<number>() : routeTo(edges, focus);
  const lit = edges.flatMap((edge, i): LitEdge[] => {
    const [from, to] = [index.at.get(edge.from), index.at.get(edge.to)];
    if (from === undefined || to === undefined || !visible.nodes[from] || !visible.nodes[to]) return [];
    const target = nodes[to]!;
    const tone = (i: number): Tone => (index.graph.nodes[i]!.kind === "driver" ? "driver" : nodes[i]!.tone);
    const toneTo = tone(to) === "wire" && !target.cold ? toneOf(edge.sign) : tone(to);
    const magnitude = target.magnitude ?? (target.cold ? 0 : 0.25);
    return [{ from, to, toneFrom: tone(from), toneTo, magnitude, start: edge.start, end: edge.end, onRoute: route.has(i) }];
  });
  // The strong ones are drawn last and lie on top.
  lit.sort((a, b) => Number(a.onRoute) - Number(b.onRoute) || a.magnitude - b.magnitude);
  return { nodes, wires, lit };
}
