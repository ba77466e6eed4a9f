"use client";

import dynamic from "next/dynamic";
import { valueText } from "../format/number-text";
import { SkeletonBlock } from "../ui/skeleton";
import { ChartEmpty, ChartFrame, ChartLegend } from "./chart-frame";
import { TONE_COLOUR, type ChartTone } from "./chart-theme";

export type BarSeries = { id: string; label: string; values: readonly (number | null)[]; /** `sign`: the colour of a rise or a fall, for changes. */ tone?: ChartTone | "sign" };

export type BarChartProps = {
  label: string;
  x: readonly string[];
  series: readonly BarSeries[];
  format: (value: number) => string;
  axisFormat?: (value: number) => string;
  xFormat?: (x: string) => string;
  xLabel: string;
  height?: number;
  stacked?: boolean;
  /** Horizontal lines with a meaning, such as a limit. */
  guides?: readonly { value: number; label: string; tone?: ChartTone }[];
  /** Columns that stand in the twin alone. */
  tableSeries?: readonly Pick<BarSeries, "label" | "values">[];
  /** Marked x, such as the chosen quarter. */
  at?: string | null;
  onSelect?: (x: string) => void;
  className?: string;
};

const BarCanvas = dynamic(() => import("./bar-canvas").then((module) => module.BarCanvas), { ssr: false, loading: () => <SkeletonBlock className="h-full w-full" /> });

/** Bars by category or period; the zero line is always in sight. */
export function BarChart(props: BarChartProps) {
  const { label, x, series, format, xFormat = (text) => text, xLabel, height = 220, tableSeries = [], className } = props;
  const empty = series.every(({ values }) => values.every((value) => value === null));
  return (
    <ChartFrame
      label={label}
      height={height}
      className={className}
      legend={series.length > 1 ? <ChartLegend items={series.map(({ id, label: name, tone = "accent" }) => ({ id, label: name, colour: tone === "sign" ? TONE_COLOUR.muted : TONE_COLOUR[tone] }))} /> : undefined}
      table={() => ({
        head: [xLabel, ...[...series, ...tableSeries].map((one) => one.label)],
        rows: x.map((at, index) => [xFormat(at), ...[...series, ...tableSeries].map(({ values }) => valueText(values[index], format))]),
      })}
    >
      {empty ? <ChartEmpty /> : <BarCanvas {...props} />}
    </ChartFrame>
  );
}
