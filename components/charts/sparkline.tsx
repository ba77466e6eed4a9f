import { classNames } from "../ui/class-names";

type Props = {
  /** Oldest first; fewer than two draw nothing. */
  points: readonly number[];
  width?: number;
  height?: number;
  tone?: "up" | "down" | "muted" | "accent";
  /** A dot on the last value. */
  dot?: boolean;
  className?: string;
};

const STROKE = { up: "text-up", down: "text-down", muted: "text-faint", accent: "text-accent" } as const;

/** The shape of a series in the height of a line of text; it says nothing that the figure beside it does not, hence hidden from readers. */
export function Sparkline({ points, width = 40, height = 14, tone = "muted", dot = false, className }: Props) {
  const finite = points.filter(Number.isFinite);
  if (finite.length < 2) return null;
  const low = Math.min(...finite);
  const span = Math.max(...finite) - low;
  const inset = dot ? 2 : 1;
  const x = (index: number) => inset + (index / (finite.length - 1)) * (width - 2 * inset);
  // A flat series runs through the middle.
  const y = (value: number) => (span === 0 ? height / 2 : height - inset - ((value - low) / span) * (height - 2 * inset));
  const path = finite.map((value, index) => `${index === 0 ? "M" : "L"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`).join("");
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" className={classNames("overflow-visible", STROKE[tone], className)}>
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.2" strokeLinejoin="round" strokeLinecap="round" />
      {dot && <circle cx={x(finite.length - 1)} cy={y(finite[finite.length - 1] ?? 0)} r="2" fill="currentColor" />}
    </svg>
  );
}
