"use client";

import { useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import { valueText } from "../format/number-text";
import { SkeletonBlock } from "../ui/skeleton";
import { ChartEmpty, ChartFrame, ChartLegend } from "./chart-frame";
import { TONE_COLOUR, type ChartTone } from "./chart-theme";

export type LineSeries = {
  id: string;
  label: string;
  /** One per x; null leaves a gap. */
  values: readonly (number | null)[];
  tone?: ChartTone;
  dashed?: boolean;
  /** Fills down to the axis. */
  area?: boolean;
  /** Steps at each x instead of a slope: policy rates, capacities. */
  step?: boolean;
  /** Uncertainty around the line; each as long as `values`. */
  band?: { low: readonly (number | null)[]; high: readonly (number | null)[]; label: string };
};

export type LineChartProps = {
  label: string;
  /** Dates, quarters or other names, in order. */
  x: readonly string[];
  series: readonly LineSeries[];
  /** How a value is written, with its unit. */
  format: (value: number) => string;
  /** Shorter, for the axis; default: as `format`. */
  axisFormat?: (value: number) => string;
  xFormat?: (x: string) => string;
  xAxisFormat?: (x: string) => string;
  /** Name of the first column of the table twin. */
  xLabel: string;
  height?: number;
  /** Horizontal lines with a meaning, such as an investment-grade limit. */
  guides?: readonly { value: number; label: string; tone?: ChartTone }[];
  /** Shaded spans of x, such as recessions. */
  spans?: readonly { from: string; to: string; label: string }[];
  /** Marked x, such as the quarter of a scrubber. */
  at?: string | null;
  onSelect?: (x: string) => void;
  log?: boolean;
  /** Keep zero in sight. */
  zero?: boolean;
  className?: string;
};

// The drawing library is fetched with the first chart and not with the page.
const LineCanvas = dynamic(() => import("./line-canvas").then((module) => module.LineCanvas), { ssr: false, loading: () => <SkeletonBlock className="h-full w-full" /> });

/** Lines over time, with bands, guides and a read-out. */
export function LineChart(props: LineChartProps) {
  const t = useTranslations("ui.chart");
  const { label, x, series, format, xFormat = (text) => text, xLabel, height = 240, className } = props;
  const [main] = series;
  const known = main?.values.flatMap((value, index) => (value === null ? [] : [{ value, at: xFormat(x[index] ?? "") }])) ?? [];
  const [first, last] = [known[0], known.at(-1)];
  const lowest = known.reduce((a, b) => (b.value < a.value ? b : a), known[0] ?? { value: 0, at: "" });
  const highest = known.reduce((a, b) => (b.value > a.value ? b : a), known[0] ?? { value: 0, at: "" });
  const summary = main && first && last
    ? t("summary", { name: main.label, from: first.at, fromValue: format(first.value), to: last.at, toValue: format(last.value), lowest: format(lowest.value), lowestAt: lowest.at, highest: format(highest.value), highestAt: highest.at })
    : t("noValues");
  const columns = series.flatMap((one) => [
    { label: one.label, values: one.values },
    ...(one.band ? [{ label: `${one.band.label} ↓`, values: one.band.low }, { label: `${one.band.label} ↑`, values: one.band.high }] : []),
  ]);
  return (
    <ChartFrame
      label={label}
      summary={summary}
      height={height}
      className={className}
      legend={<ChartLegend items={series.map(({ id, label: name, tone = "accent", dashed }) => ({ id, label: name, colour: TONE_COLOUR[tone], dashed }))} />}
      table={() => ({
        head: [xLabel, ...columns.map((column) => column.label)],
        rows: x.map((at, index) => [xFormat(at), ...columns.map(({ values }) => valueText(values[index], format))]),
      })}
    >
      {known.length === 0 ? <ChartEmpty /> : <LineCanvas {...props} summary={summary} />}
    </ChartFrame>
  );
}
