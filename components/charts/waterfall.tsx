import { useTranslations } from "next-intl";
import { DirectionMark } from "../format/direction-mark";
import { classNames } from "../ui/class-names";

type Step = { label: string; value: number };

type Props = {
  label: string;
  /** Where it starts; without it the steps add up from nothing. */
  start?: Step;
  /** Signed parts, in the order in which they are told. */
  steps: readonly Step[];
  end?: Step;
  format: (value: number) => string;
  /** Signed form for the steps; default: `format` with a sign before what grows. */
  stepFormat?: (value: number) => string;
  /** Which direction is good news. */
  good?: "up" | "down";
  className?: string;
};

type Bar = { key: string; label: string; from: number; to: number; text: string; kind: "total" | "step" };

function barsOf({ start, steps, end, format, stepFormat }: Pick<Props, "start" | "steps" | "end" | "format" | "stepFormat">): Bar[] {
  const signed = stepFormat ?? ((value: number) => (value > 0 ? `+${format(value)}` : format(value)));
  let level = start?.value ?? 0;
  const bars: Bar[] = start ? [{ key: "start", label: start.label, from: 0, to: start.value, text: format(start.value), kind: "total" }] : [];
  steps.forEach(({ label, value }, index) => {
    bars.push({ key: `step-${index}`, label, from: level, to: level + value, text: signed(value), kind: "step" });
    level += value;
  });
  if (end) bars.push({ key: "end", label: end.label, from: 0, to: end.value, text: format(end.value), kind: "total" });
  return bars;
}

/** The part of the scale worth showing: with totals far above their steps, the steps would be threads. */
function scaleOf(bars: readonly Bar[]): { low: number; span: number; cut: boolean } {
  const ends = bars.flatMap(({ from, to, kind }) => (kind === "total" ? [to] : [from, to]));
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const room = (high - low) * 0.25 || Math.abs(high) * 0.1 || 1;
  const cut = low > 0 && low > (high - low) * 2;
  const from = cut ? low - room : Math.min(0, low);
  return { low: from, span: Math.max(high, cut ? high : 0) - from || 1, cut };
}

/** From before to after, part by part. A table in itself: each row names a part, draws it and writes it. */
export function Waterfall({ label, start, steps, end, format, stepFormat, good = "up", className }: Props) {
  const t = useTranslations("ui.chart");
  const bars = barsOf({ start, steps, end, format, stepFormat });
  if (bars.length === 0) return <p className="py-4 text-sm text-muted">{t("noValues")}</p>;
  const { low, span, cut } = scaleOf(bars);
  const at = (value: number) => Math.max(0, Math.min(100, ((value - low) / span) * 100));
  return (
    <table aria-label={label} className={classNames("w-full border-separate border-spacing-0 text-xs", className)}>
      <tbody>
        {bars.map(({ key, label: name, from, to, text, kind }) => {
          const rises = to >= from;
          const tone = kind === "total" ? "bg-faint" : rises === (good === "up") ? "bg-up" : "bg-down";
          const [left, right] = kind === "total" ? [cut ? 0 : at(0), at(to)] : [at(from), at(to)];
          return (
            <tr key={key} className={kind === "total" ? "font-semibold" : undefined}>
              <th scope="row" className="h-7 max-w-40 truncate pr-3 text-left font-[inherit] whitespace-nowrap" title={name}>{name}</th>
              <td className="relative w-full min-w-16">
                <span aria-hidden="true" className="absolute inset-y-0 border-l border-line" style={{ left: `${at(cut ? low : 0)}%` }} />
                <span aria-hidden="true" className={classNames("absolute top-1/2 h-2.5 -translate-y-1/2 rounded-[2px]", tone)} style={{ left: `${Math.min(left, right)}%`, width: `max(2px, ${Math.abs(right - left)}%)` }} />
                {cut && kind === "total" && <span aria-hidden="true" className="absolute top-1/2 left-1.5 h-4 w-1 -translate-y-1/2 -skew-x-12 bg-surface-1" />}
              </td>
              <td className="pl-3 text-right whitespace-nowrap">
                {kind === "step" && to !== from && <DirectionMark direction={rises ? 1 : -1} className={classNames("mr-1 inline size-2", rises === (good === "up") ? "text-up" : "text-down")} />}
                {text}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
