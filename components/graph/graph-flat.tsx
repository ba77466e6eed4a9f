"use client";

import { useEffect, useMemo, useRef, useState, useSyncExternalStore, type PointerEvent } from "react";
import { useLocale, useTranslations } from "next-intl";
import { numberText } from "@/components/format/number-text";
import { emptyProjection, pickPoint, type ProjectedPoints } from "@/components/three/projected-points";
import type { NodeKindName } from "@/server/contracts/graph";
import { flatLayout } from "./flat-layout";
import type { VisibleGraph } from "./graph-filter";
import type { GraphIndex } from "./graph-index";
import type { GraphPicture, LitEdge, Tone } from "./graph-picture";
import type { TravelClock } from "./travel-clock";

type Props = {
  index: GraphIndex;
  visible: VisibleGraph;
  picture: GraphPicture;
  focus: string | null;
  hover: string | null;
  shocked: readonly string[];
  clock: TravelClock;
  onProject: (nodes: ProjectedPoints) => void;
  onHover: (key: string | null) => void;
  onFocus: (key: string) => void;
};

const TONE: Record<Tone, string> = { driver: "var(--node-driver)", up: "var(--up)", down: "var(--down)", wire: "var(--wire)" };
const FILL: Record<NodeKindName, string> = { driver: "var(--node-driver)", sector: "var(--node-sector)", company: "var(--node-company)", asset: "var(--node-asset)" };
/** Past this many wires only the strongest are drawn: more would be a grey sheet. */
const MOST_WIRES = 900;

/** The graph as a drawing: layers from top to bottom, the same selection, the same shock. */
export function GraphFlat({ index, visible, picture, focus, hover, shocked, clock, onProject, onHover, onFocus }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  const t = useTranslations("graph");
  const locale = useLocale();

  useEffect(() => {
    const own = box.current;
    if (!own) return;
    const observer = new ResizeObserver(() => setSize({ width: own.clientWidth, height: own.clientHeight }));
    observer.observe(own);
    return () => observer.disconnect();
  }, []);

  const layout = useMemo(() => (size ? flatLayout(index.graph.nodes, { width: size.width, height: size.height - 28, head: picture.lit.length > 0 ? 48 : 8 }) : null), [index, size, picture.lit.length]);
  const points = useMemo(() => {
    const out = emptyProjection(index.graph.nodes.length);
    layout?.nodes.forEach(({ key, x, y, radius }) => {
      const i = index.at.get(key)!;
      [out.x[i], out.y[i], out.depth[i], out.radius[i]] = [x, y, 1, visible.nodes[i] ? radius : 0];
    });
    return out;
  }, [index, layout, visible]);

  useEffect(() => {
    if (layout) onProject(points);
  }, [layout, points, onProject]);

  const at = (event: PointerEvent<HTMLDivElement>, slack: number) => {
    const frame = event.currentTarget.getBoundingClientRect();
    const hit = pickPoint(points, { x: event.clientX - frame.left, y: event.clientY - frame.top, slack });
    return hit < 0 ? null : index.graph.nodes[hit]!.key;
  };
  const curve = (from: number, to: number) => {
    const [x0, y0, x1, y1] = [points.x[from]!, points.y[from]!, points.x[to]!, points.y[to]!];
    const flat = Math.abs(y1 - y0) < 30;
    const [c0, c1] = flat ? [y0 - Math.min(46, Math.abs(x1 - x0) * 0.2) - 10, y1 - Math.min(46, Math.abs(x1 - x0) * 0.2) - 10] : [y0 + (y1 - y0) * 0.5, y1 - (y1 - y0) * 0.5];
    return `M${x0.toFixed(1)} ${y0.toFixed(1)}C${x0.toFixed(1)} ${c0.toFixed(1)} ${x1.toFixed(1)} ${c1.toFixed(1)} ${x1.toFixed(1)} ${y1.toFixed(1)}`;
  };
  const wires = [...picture.wires].sort((a, b) => b.strength - a.strength).slice(0, MOST_WIRES);

  return (
    <div
      ref={box}
      className="absolute inset-0"
      style={{ cursor: hover ? "pointer" : "default" }}
      onPointerMove={(event) => event.pointerType === "mouse" && onHover(at(event, 4))}
      onPointerLeave={() => onHover(null)}
      onClick={(event) => {
        const key = at(event as unknown as PointerEvent<HTMLDivElement>, 14);
        if (key) onFocus(key);
      }}
    >
      {layout && size && (
        <svg width={size.width} height={size.height} aria-hidden="true" className="absolute inset-0">
          {layout.bands.map(({ kind, top, bottom }) => (
            <g key={kind}>
              <rect x="8" y={top + 6} width={size.width - 16} height={bottom - top - 10} rx="8" fill="var(--surface-3)" opacity="0.28" stroke="var(--line-strong)" />
              <text x="18" y={top + 22} fontSize="12" fontWeight="600" fill="var(--text-muted)">{t(`kinds.${kind}`)} <tspan fontWeight="400" fill="var(--text-faint)">{numberText(locale, index.graph.counts.nodes[kind] ?? 0)}</tspan></text>
            </g>
          ))}
          <path d={wires.filter((wire) => !wire.touched).map(({ from, to }) => curve(from, to)).join("")} fill="none" stroke="var(--wire)" strokeWidth="0.6" opacity={picture.lit.length > 0 || focus ? 0.16 : 0.3} />
          <path d={picture.wires.filter((wire) => wire.touched).map(({ from, to }) => curve(from, to)).join("")} fill="none" stroke="var(--text-faint)" strokeWidth="1.1" opacity="0.8" />
          <FlatShock lit={picture.lit} curve={curve} clock={clock} focused={focus !== null} />
          {index.graph.nodes.map((node, i) => (points.radius[i]! > 0 ? <FlatNode key={node.key} kind={node.kind} x={points.x[i]!} y={points.y[i]!} radius={points.radius[i]! * (node.key === hover || node.key === focus ? 1.3 : 1)} look={picture.nodes[i]!} focused={node.key === focus} shocked={shocked.includes(node.key)} /> : null))}
        </svg>
      )}
    </div>
  );
}

/** Lit edges that have been reached; drawn anew hop by hop, not frame by frame. */
function FlatShock({ lit, curve, clock, focused }: { lit: readonly LitEdge[]; curve: (from: number, to: number) => string; clock: TravelClock; focused: boolean }) {
  const time = useSyncExternalStore(clock.subscribe, () => Math.round(clock.time.current * 8) / 8, () => 0);
  const strong = lit.filter(({ magnitude, onRoute, start }) => start <= time && (onRoute || magnitude > 0.05));
  return (
    <g fill="none">
      {strong.map(({ from, to, toneTo, toneFrom, magnitude, onRoute, start, end }, i) => {
        const share = Math.min(1, Math.max(0, (time - start) / Math.max(0.001, end - start)));
        return <path key={i} d={curve(from, to)} pathLength={1} strokeDasharray={share < 1 ? `${share} 1` : undefined} stroke={TONE[share < 0.5 ? toneFrom : toneTo]} strokeWidth={onRoute ? 2.6 : 0.7 + 1.2 * magnitude} opacity={onRoute ? 0.95 : (0.12 + 0.6 * magnitude) * (focused ? 0.55 : 1)} />;
      })}
    </g>
  );
}

function FlatNode({ kind, x, y, radius: r, look, focused, shocked }: { kind: NodeKindName; x: number; y: number; radius: number; look: GraphPicture["nodes"][number]; focused: boolean; shocked: boolean }) {
  const fill = FILL[kind];
  const ring = r + 2.8;
  const length = 2 * Math.PI * ring;
  return (
    <g opacity={look.cold && !focused ? 0.42 : 1}>
      {kind === "driver" && <path d={`M${x} ${y - r * 1.25}L${x + r} ${y}L${x} ${y + r * 1.25}L${x - r} ${y}Z`} fill={fill} />}
      {kind === "sector" && <path d={`M${x - r / 2} ${y - r * 0.87}h${r}l${r / 2} ${r * 0.87}l${-r / 2} ${r * 0.87}h${-r}l${-r / 2} ${-r * 0.87}Z`} fill={fill} />}
      {kind === "company" && <circle cx={x} cy={y} r={r} fill={fill} />}
      {kind === "asset" && <rect x={x - r * 0.85} y={y - r * 0.85} width={r * 1.7} height={r * 1.7} rx="1" fill={fill} />}
      {kind === "company" && look.magnitude !== null && !look.cold && (
        <>
          <circle cx={x} cy={y} r={ring} fill="none" stroke="var(--line-strong)" strokeWidth="1.4" />
          <circle cx={x} cy={y} r={ring} fill="none" stroke={TONE[look.tone]} strokeWidth="2" strokeDasharray={`${Math.max(0.04, look.magnitude) * length} ${length}`} transform={`rotate(-90 ${x} ${y})`} />
        </>
      )}
      {shocked && <circle cx={x} cy={y} r={r * 1.9} fill="none" stroke="var(--node-driver)" strokeWidth="1.4" />}
      {focused && <circle cx={x} cy={y} r={r + 7} fill="none" stroke="var(--text)" strokeWidth="1.25" strokeDasharray="3 3" />}
    </g>
  );
}
