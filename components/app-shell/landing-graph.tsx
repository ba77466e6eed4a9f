"use client";

import { useTranslations } from "next-intl";
import type { GraphPreviewDto, NodeKindName } from "@/server/contracts/graph";

const WIDTH = 860;
const HEIGHT = 552;
const NAMED_COMPANIES = 14;
/** Letters shrink with the picture; on a phone they start larger, and companies go unnamed. */
const LETTERS = "text-[11px] max-md:text-[25px]";
const LETTER_WIDTH = 6.4;
const LINE_HEIGHT = 15;
/** Half size of the planes in the units of the layout. */
const PLANE = { x: 52, z: 32 } as const;
const COLOUR: Record<NodeKindName, string> = { driver: "var(--node-driver)", sector: "var(--node-sector)", company: "var(--node-company)", asset: "var(--node-asset)" };
const LEVEL: Record<NodeKindName, number> = { driver: 30, sector: 10, company: -10, asset: -30 };
const LAYERS = Object.keys(LEVEL) as NodeKindName[];

type PreviewNode = GraphPreviewDto["nodes"][number];
type Spot = { x: number; y: number };

/** Looks down on the layers from the front, without perspective: nearer is lower. */
const project = ([x, y, z]: readonly [number, number, number]): Spot => ({ x: WIDTH / 2 + x * 7.1 + z * 1.6, y: HEIGHT / 2 - y * 6.7 + z * 1.9 });

const curve = (from: Spot, to: Spot) => {
  const middle = (from.y + to.y) / 2;
  return `M${from.x.toFixed(1)} ${from.y.toFixed(1)}C${from.x.toFixed(1)} ${middle.toFixed(1)} ${to.x.toFixed(1)} ${middle.toFixed(1)} ${to.x.toFixed(1)} ${to.y.toFixed(1)}`;
};

type Name = { key: string; text: string; x: number; y: number };

/** Names beside their nodes, first come first served: one that would lie on another is left out. */
function placedNames(wanted: readonly { key: string; text: string; spot: Spot | undefined }[]): Name[] {
  const placed: (Name & { width: number })[] = [];
  for (const { key, text, spot } of wanted) {
    if (!spot || placed.some((other) => other.key === key)) continue;
    // Korean letters are twice as wide.
    const width = [...text].reduce((sum, letter) => sum + (letter > "\u1100" ? 2 : 1) * LETTER_WIDTH, 0);
    const x = spot.x + 11;
    const free = placed.every((other) => x + width < other.x - 12 || x - 12 > other.x + other.width || Math.abs(spot.y - other.y) > LINE_HEIGHT);
    if (free && x + width < WIDTH) placed.push({ key, text, x, y: spot.y, width });
  }
  return placed;
}

/** The whole graph as one still picture; a shock runs along the best measured edges where motion is welcome. */
export function LandingGraph({ graph: { nodes, memberships, connections, lit, driver, counts } }: { graph: GraphPreviewDto }) {
  const t = useTranslations("landing.graph");
  const sectorName = useTranslations("market.sectors");
  const spots = nodes.map((node) => project(node.position));
  const litKeys = new Set(lit.map(({ pair: [, to] }) => nodes[to]?.key));
  const largest = Math.max(1, ...nodes.map(({ revenue }) => revenue ?? 0));
  const nameOf = ({ key, kind, label }: PreviewNode) => {
    const id = key.slice(kind.length + 1);
    if (kind === "company") return id;
    const [names, name] = kind === "sector" ? [sectorName, id] : [t, `${kind}s.${id}`];
    return names.has(name) ? names(name) : label;
  };
  const placed = nodes.map((node, index) => ({ node, spot: spots[index] }));
  const wanted = [
    ...placed.filter(({ node: { key, kind } }) => key === driver || kind === "sector"),
    ...placed.filter(({ node: { key, kind } }) => kind === "company" && litKeys.has(key)),
    ...placed.filter(({ node: { kind } }) => kind === "company").sort((a, b) => (b.node.revenue ?? 0) - (a.node.revenue ?? 0)).slice(0, NAMED_COMPANIES),
  ];
  const names = placedNames(wanted.map(({ node, spot }) => ({ key: node.key, text: nameOf(node), spot })));
  const path = ([from, to]: readonly [number, number]) => {
    const [start, end] = [spots[from], spots[to]];
    return start && end ? curve(start, end) : "";
  };
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t("label", { companies: counts.nodes.company ?? 0, connections: counts.connections })} className="h-auto max-h-[66vh] w-full">
      {LAYERS.map((kind) => <Plane key={kind} kind={kind} name={t(kind)} count={counts.nodes[kind] ?? 0} />)}
      <g fill="none" stroke="var(--wire)">
        <path d={memberships.map(path).join("")} strokeWidth="0.6" opacity="0.28" />
        {connections.map((pair, index) => <path key={index} d={path(pair)} strokeWidth="0.7" opacity="0.42" />)}
      </g>
      <g fill="none" strokeLinecap="round">
        {lit.map(({ pair, sign }, index) => {
          const colour = sign < 0 ? "var(--down)" : "var(--up)";
          return (
            <g key={index}>
              <path d={path(pair)} stroke={colour} strokeWidth="1.3" opacity="0.55" />
              <path d={path(pair)} pathLength={100} stroke={colour} strokeWidth="2.6" strokeDasharray="5 195" className="animate-travel" style={{ animationDelay: `${index * 160}ms` }} />
            </g>
          );
        })}
      </g>
      {placed.map(({ node, spot }) => <Mark key={node.key} node={node} spot={spot} largest={largest} lit={litKeys.has(node.key) || node.key === driver} />)}
      <g className={LETTERS} fontWeight="500" fill="var(--text)" stroke="var(--surface-0)" strokeWidth="3" paintOrder="stroke" aria-hidden="true">
        {names.map(({ key, text, x, y }) => <text key={key} x={x} y={y + 4} className={key.startsWith("company:") ? "max-md:hidden" : undefined}>{text}</text>)}
      </g>
    </svg>
  );
}

function Plane({ kind, name, count }: { kind: NodeKindName; name: string; count: number }) {
  const y = LEVEL[kind];
  const corners = ([[-PLANE.x, -PLANE.z], [PLANE.x, -PLANE.z], [PLANE.x, PLANE.z], [-PLANE.x, PLANE.z]] as const).map(([x, z]) => project([x, y, z]));
  const front = project([-PLANE.x, y, PLANE.z]);
  return (
    <g>
      <polygon points={corners.map((corner) => `${corner.x},${corner.y}`).join(" ")} fill="var(--surface-2)" fillOpacity="0.45" stroke="var(--line)" />
      <text x={front.x + 6} y={front.y - 6} className={LETTERS} fontWeight="500" fill="var(--text-muted)" stroke="var(--surface-0)" strokeWidth="3" paintOrder="stroke">
        {name} <tspan fill="var(--text-faint)">{count}</tspan>
      </text>
    </g>
  );
}

function Mark({ node: { kind, revenue }, spot, largest, lit }: { node: PreviewNode; spot: Spot | undefined; largest: number; lit: boolean }) {
  if (!spot) return null;
  const { x, y } = spot;
  const colour = COLOUR[kind];
  if (kind === "driver") {
    const r = lit ? 9 : 6;
    return (
      <g>
        {lit && <circle cx={x} cy={y} r="17" fill="none" stroke={colour} opacity="0.5" />}
        <path d={`M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`} fill={colour} />
      </g>
    );
  }
  if (kind === "sector") return <path d={`M${x - 9} ${y}l4.5 -6h9l4.5 6l-4.5 6h-9z`} fill={colour} />;
  if (kind === "asset") return <rect x={x - 1.8} y={y - 1.8} width="3.6" height="3.6" fill={colour} opacity="0.75" />;
  return <circle cx={x} cy={y} r={2.2 + 5 * Math.sqrt((revenue ?? 0) / largest)} fill={colour} stroke={lit ? "var(--text)" : "none"} strokeWidth="1" opacity={lit ? 1 : 0.8} />;
}
