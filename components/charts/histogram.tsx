"use client";

import { useTranslations } from "next-intl";
import { classNames } from "../ui/class-names";
import { ChartEmpty, ChartFrame } from "./chart-frame";
import { TONE_COLOUR, type ChartTone } from "./chart-theme";
import { histogramBins } from "./histogram-bins";

type Props = {
  label: string;
  values: readonly number[];
  format: (value: number) => string;
  bins?: number;
  height?: number;
  tone?: ChartTone;
  /** Vertical lines with a meaning: median, limit. */
  guides?: readonly { value: number; label: string }[];
  /** Values outside are drawn pale. */
  range?: { from: number; to: number } | null;
  className?: string;
};

/** How values are spread. Drawn with plain boxes: the text does not scale with its frame. */
export function Histogram({ label, values, format, bins: count, height = 120, tone = "accent", guides = [], range = null, className }: Props) {
  const t = useTranslations("ui.chart");
  const bins = histogramBins(values, count);
  const [first, last] = [bins[0], bins.at(-1)];
  const tallest = Math.max(1, ...bins.map((bin) => bin.count));
  const span = first && last ? last.to - first.from : 0;
  const left = (value: number) => (span > 0 && first ? ((value - first.from) / span) * 100 : 50);
  return (
    <ChartFrame
      label={label}
      height={height}
      className={className}
      table={() => ({ head: [t("range"), t("count")], rows: bins.map((bin) => [`${format(bin.from)} … ${format(bin.to)}`, String(bin.count)]) })}
    >
      {!first || !last ? (
        <ChartEmpty />
      ) : (
        <div role="img" aria-label={`${label}: ${t("spread", { count: values.length, from: format(first.from), to: format(last.to) })}`} className="flex h-full flex-col">
          <div className="relative flex flex-1 items-end gap-px border-b border-line-strong">
            {bins.map((bin) => (
              <div
                key={bin.from}
                title={`${format(bin.from)} … ${format(bin.to)}: ${bin.count}`}
                className={classNames("flex-1 rounded-t-[2px]", range && (bin.to < range.from || bin.from > range.to) && "opacity-30")}
                style={{ height: `${(bin.count / tallest) * 100}%`, minHeight: bin.count > 0 ? 2 : 0, background: TONE_COLOUR[tone] }}
              />
            ))}
            {guides.filter(({ value }) => value >= first.from && value <= last.to).map((guide) => (
              <div key={guide.label} className="absolute inset-y-0 border-l border-dashed border-text" style={{ left: `${left(guide.value)}%` }}>
                <span className="absolute top-0 left-1 text-2xs whitespace-nowrap text-muted">{guide.label} {format(guide.value)}</span>
              </div>
            ))}
          </div>
          <div className="flex justify-between pt-1 text-2xs text-muted"><span>{format(first.from)}</span><span>{format(last.to)}</span></div>
        </div>
      )}
    </ChartFrame>
  );
}
