import type { KeyboardEvent, ReactNode } from "react";
import { classNames } from "../ui/class-names";
import style from "./circuit-drawing.module.css";
import type { ElementId } from "./circuit-layout";
import type { ElementReading, Overlay } from "./circuit-reading";
import { bandWidth, edgeWidth, type CircuitScale } from "./circuit-scale";

/** Colour by what the money is: in green, through accent, interest red, payout blue, the rest grey. */
export function wireTone({ id, column }: { id: ElementId; column: string }): string {
  if (id === "interest" || id.startsWith("interest") || id === "fuse" || id === "waiver") return style.interest!;
  if (id === "dividends" || (id === "otherUses" && column !== "in")) return style.payout!;
  if (column === "in") return style.in!;
  return column === "inside" ? style.live! : style.out!;
}

export type WireProps = {
  reading: ElementReading;
  scale: CircuitScale;
  overlay: Overlay;
  /** Wider than the rest: the debt ladder. */
  factor?: number;
};

/** Widths in pixels: the band of the run that is shown, and the edge of what changed. */
export function wireWidths({ reading: { before, after, change }, scale, overlay, factor = 1 }: WireProps) {
  const shown = overlay === "before" ? before : after;
  return {
    band: bandWidth(shown, scale.usdPerPx, factor),
    edge: overlay === "both" ? edgeWidth(change, scale) : 0,
    // A current that has turned round has gained what now flows the usual way, however small.
    gained: before * after < 0 ? after > 0 : Math.abs(after) > Math.abs(before),
    reversed: shown < 0,
  };
}

type StraightProps = WireProps & { x1: number; x2: number; y: number; /** Places of the arrow heads. */ arrows: readonly number[]; /** Vertical: x and y change places, downwards. */ vertical?: boolean };

/** One straight stretch of wire: band, thin line, edge on the right-hand side of its way, arrow heads. */
export function StraightWire({ x1, x2, y, arrows, vertical = false, ...props }: StraightProps) {
  const { band, edge, gained, reversed } = wireWidths(props);
  const off = band === 0;
  const side = vertical ? -1 : 1;
  const line = (offset: number) => (vertical ? `M${y + offset} ${x1}V${x2}` : `M${x1} ${y + offset}H${x2}`);
  const middle = side * (band / 2 + edge / 2);
  const rotation = (vertical ? 90 : 0) + (reversed ? 180 : 0);
  return (
    <g className={off ? style.off : undefined}>
      {!off && <path className={style.band} strokeWidth={band} d={line(0)} />}
      {edge > 0 && gained && <path className={style.gain} strokeWidth={edge} d={line(middle)} />}
      {edge > 0 && !gained && (
        <>
          <path className={style.lossFill} strokeWidth={edge} d={line(middle)} />
          <path className={style.loss} d={line(side * (band / 2 + edge))} />
        </>
      )}
      <path className={style.core} d={line(0)} />
      {!off && arrows.map((at) => <path key={at} className={style.arrow} transform={`translate(${vertical ? y : at} ${vertical ? at : y}) rotate(${rotation})`} d="M-4-4.5L4.5 0L-4 4.5L-2.2 0Z" />)}
    </g>
  );
}

export type ElementHandlers = {
  /** The element that the single tab stop is on. */
  roving: ElementId;
  active: ElementId | null;
  onActive: (id: ElementId | null) => void;
  onOpen: (id: ElementId) => void;
  onKey: (event: KeyboardEvent, id: ElementId) => void;
};

type GroupProps = ElementHandlers & { id: ElementId; tone: string; label: string; ring: { x: number; y: number; width: number; height: number }; hit?: string; children: ReactNode; className?: string };

/** An element as one thing to point at, to focus and to read out. */
export function ElementGroup({ id, tone, label, ring, hit, children, className, roving, active, onActive, onOpen, onKey }: GroupProps) {
  return (
    <g
      role="button"
      data-element={id}
      tabIndex={roving === id ? 0 : -1}
      aria-label={label}
      className={classNames(style.wire, tone, active === id && style.active, className)}
      onClick={() => onOpen(id)}
      onKeyDown={(event) => onKey(event, id)}
      onFocus={() => onActive(id)}
      onBlur={() => onActive(null)}
      onPointerEnter={() => onActive(id)}
      onPointerLeave={() => onActive(null)}
    >
      {hit && <path className={style.hit} d={hit} />}
      {children}
      <rect className={style.focusRing} x={ring.x} y={ring.y} width={ring.width} height={ring.height} rx={6} />
    </g>
  );
}
