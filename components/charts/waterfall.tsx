import { useTranslations } from "next-intl";
import { classNames } from "../ui/class-names";

type Step = { label: string; value: number };

type Props = {
  label: string;
  start: Step;
  /** Signed parts between start and end, in order. */
  steps: readonly Step[];
  end: Step;
  /** Figure in words, for bars and axis. */
  format: (value: number) => string;
  /** Which direction is good news. */
  good?: "up" | "down";
};

const HEADROOM = 0.12;

/** From a value before to a value after in signed parts. The parts carry sign and arrow; the axis need not start at zero, and says where it does. */
export function Waterfall({ label, start, steps, end, format, good = "up" }: Props) {
  const t = useTranslations("charts");
  const levels = steps.reduce<number[]>((all, { value }) => [...all, (all.at(-1) ?? 0) + value], [start.value]);
  const extremes = [...levels, end.value];
  const [top, bottom] = [Math.max(...extremes), Math.min(...extremes)];
  const span = top - bottom || Math.abs(top) || 1;
  // Zero is shown where it is near; far from zero the parts would be too small to read.
  const low = bottom >= 0 && bottom < 1.5 * span ? 0 : bottom - span * 0.35;
  const high = top + (top - low) * HEADROOM;
  const y = (value: number) => `${(100 * (high - value)) / (high - low)}%`;
  const height = (from: number, to: number) => `${(100 * Math.abs(from - to)) / (high - low)}%`;
  const bars = [
    { ...start, from: Math.max(low, 0), to: start.value, kind: "total" as const },
    ...steps.map((step, index) => ({ ...step, from: levels[index] ?? 0, to: levels[index + 1] ?? 0, kind: "step" as const })),
    { ...end, from: Math.max(low, 0), to: end.value, kind: "total" as const },
  ];
  const signed = (value: number) => `${value > 0 ? "+" : ""}${format(value)}`;
  return (
    <figure aria-label={label}>
      <div className="flex gap-1.5" aria-hidden="true">
        {bars.map(({ label: name, value, from, to, kind }, index) => {
          const floor = kind === "total" ? (low > 0 || low < 0 ? low : 0) : from;
          const better = good === "up" ? value > 0 : value < 0;
          return (
            <div key={name + index} className="min-w-0 flex-1">
              <div className="relative h-52 border-b border-line-strong">
                <span className={classNames("absolute inset-x-0 rounded-sm", kind === "total" ? "bg-faint" : better ? "bg-up" : "bg-down")} style={{ top: y(Math.max(floor, to)), height: `max(2px, ${height(floor, to)})` }} />
                {index < bars.length - 1 && <span className="absolute left-0 w-[calc(200%+6px)] border-t border-dashed border-line-strong" style={{ top: y(to) }} />}
                <span className={classNames("absolute inset-x-[-6px] text-center text-2xs font-semibold whitespace-nowrap", kind === "step" && (better ? "text-up" : "text-down"))} style={{ top: `calc(${y(Math.max(floor, to))} - 18px)` }}>
                  {kind === "step" ? `${value > 0 ? "▲" : "▼"} ${signed(value)}` : format(value)}
                </span>
              </div>
              <p className="mt-1 text-center text-2xs leading-tight text-muted">{name}</p>
            </div>
          );
        })}
      </div>
      {low !== 0 && <p className="mt-1 text-2xs text-faint">{t("axisFrom", { value: format(low) })}</p>}
      <table className="sr-only">
        <caption>{label}</caption>
        <tbody>
          <tr><th scope="row">{start.label}</th><td>{format(start.value)}</td></tr>
          {steps.map(({ label: name, value }) => <tr key={name}><th scope="row">{name}</th><td>{signed(value)}</td></tr>)}
          <tr><th scope="row">{end.label}</th><td>{format(end.value)}</td></tr>
        </tbody>
      </table>
    </figure>
  );
}
