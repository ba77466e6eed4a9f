"use client";

import { Bar, CartesianGrid, Cell, BarChart as Recharts, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { valueText } from "../format/number-text";
import type { BarChartProps, BarSeries } from "./bar-chart";
import { ChartReadOut } from "./chart-read-out";
import { GRID, MARGIN, TONE_COLOUR, X_AXIS, Y_AXIS } from "./chart-theme";

function colourOf(tone: BarSeries["tone"] = "accent", value: number | null): string {
  if (tone !== "sign") return TONE_COLOUR[tone];
  return (value ?? 0) < 0 ? TONE_COLOUR.down : TONE_COLOUR.up;
}

export function BarCanvas({ label, x, series, format, axisFormat = format, xFormat = (text) => text, stacked = false, guides = [], at, onSelect }: BarChartProps) {
  const points = x.map((name, index) => ({ x: name, ...Object.fromEntries(series.map(({ id, values }) => [id, values[index] ?? null])) }));
  return (
    <ResponsiveContainer width="100%" height="100%">
      <Recharts data={points} margin={MARGIN} aria-label={label} onClick={onSelect && (({ activeLabel }) => typeof activeLabel === "string" && onSelect(activeLabel))} className={onSelect ? "cursor-pointer" : undefined}>
        <CartesianGrid {...GRID} />
        <XAxis {...X_AXIS} tickFormatter={xFormat} minTickGap={16} />
        <YAxis {...Y_AXIS} tickFormatter={axisFormat} />
        <Tooltip
          cursor={{ fill: "var(--surface-3)", fillOpacity: 0.5 }}
          isAnimationActive={false}
          content={({ active, label: hovered }) => {
            const index = active ? x.indexOf(String(hovered)) : -1;
            if (index < 0) return null;
            return <ChartReadOut title={xFormat(String(hovered))} items={series.map(({ id, label: name, values, tone }) => ({ id, label: name, colour: colourOf(tone, values[index] ?? null), value: valueText(values[index], format) }))} />;
          }}
        />
        <ReferenceLine y={0} stroke="var(--line-strong)" />
        {guides.map(({ value, label: name, tone = "down" }) => (
          <ReferenceLine key={name} y={value} stroke={TONE_COLOUR[tone]} strokeDasharray="4 4" ifOverflow="extendDomain" label={{ value: name, position: "insideBottomLeft", fontSize: 11, fill: TONE_COLOUR[tone] }} />
        ))}
        {series.map(({ id, values, tone }) => (
          <Bar key={id} dataKey={id} stackId={stacked ? "one" : undefined} fill={colourOf(tone, 1)} maxBarSize={36} radius={2} isAnimationActive={false}>
            {(tone === "sign" || at != null) && values.map((value, index) => <Cell key={x[index]} fill={colourOf(tone, value)} fillOpacity={at == null || x[index] === at ? 1 : 0.45} />)}
          </Bar>
        ))}
      </Recharts>
    </ResponsiveContainer>
  );
}
