"use client";

import { Area, CartesianGrid, ComposedChart, Line, ReferenceArea, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { valueText } from "../format/number-text";
import { ChartReadOut } from "./chart-read-out";
import { CURSOR, GRID, MARGIN, TONE_COLOUR, X_AXIS, Y_AXIS } from "./chart-theme";
import type { LineChartProps, LineSeries } from "./line-chart";

type Point = { x: string; [series: string]: string | number | null | [number, number] };

const bandKey = (id: string) => `${id}:band`;

function pointsOf(x: readonly string[], series: readonly LineSeries[]): Point[] {
  return x.map((at, index) => {
    const point: Point = { x: at };
    for (const { id, values, band } of series) {
      point[id] = values[index] ?? null;
      const [low, high] = [band?.low[index] ?? null, band?.high[index] ?? null];
      if (band) point[bandKey(id)] = low === null || high === null ? null : [low, high];
    }
    return point;
  });
}

export function LineCanvas({ label, summary, x, series, format, axisFormat = format, xFormat = (text) => text, xAxisFormat = xFormat, guides = [], spans = [], at, onSelect, log = false, zero = false }: LineChartProps & { summary: string }) {
  const points = pointsOf(x, series);
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart
        data={points}
        margin={MARGIN}
        aria-label={`${label}. ${summary}`}
        onClick={onSelect && (({ activeLabel }) => typeof activeLabel === "string" && onSelect(activeLabel))}
        className={onSelect ? "cursor-pointer" : undefined}
      >
        <CartesianGrid {...GRID} />
        <XAxis {...X_AXIS} tickFormatter={xAxisFormat} minTickGap={32} />
        <YAxis {...Y_AXIS} tickFormatter={axisFormat} scale={log ? "log" : "auto"} domain={zero ? [(low: number) => Math.min(0, low), (high: number) => Math.max(0, high)] : ["auto", "auto"]} allowDataOverflow={false} />
        {spans.map((span) => <ReferenceArea key={span.from} x1={span.from} x2={span.to} fill="var(--surface-3)" fillOpacity={0.6} ifOverflow="hidden" />)}
        <Tooltip
          cursor={CURSOR}
          isAnimationActive={false}
          content={({ active, label: hovered }) => {
            const index = active ? x.indexOf(String(hovered)) : -1;
            if (index < 0) return null;
            const items = series.flatMap(({ id, label: name, values, tone = "accent", band }) => {
              const value = values[index];
              const [low, high] = [band?.low[index], band?.high[index]];
              const main = { id, label: name, colour: TONE_COLOUR[tone], value: valueText(value, format) };
              return band && low != null && high != null ? [main, { id: bandKey(id), label: band.label, colour: "transparent", value: `${format(low)} … ${format(high)}` }] : [main];
            });
            return <ChartReadOut title={xFormat(String(hovered))} items={items} />;
          }}
        />
        {series.flatMap(({ id, tone = "accent", dashed, area, step, band }) => {
          const colour = TONE_COLOUR[tone];
          const shape = step ? "stepAfter" : "linear";
          return [
            ...(band ? [<Area key={bandKey(id)} dataKey={bandKey(id)} type={shape} stroke="none" fill={colour} fillOpacity={0.16} isAnimationActive={false} activeDot={false} />] : []),
            ...(area ? [<Area key={`${id}:area`} dataKey={id} type={shape} stroke="none" fill={colour} fillOpacity={0.12} isAnimationActive={false} activeDot={false} />] : []),
            <Line key={id} dataKey={id} type={shape} stroke={colour} strokeWidth={1.6} strokeDasharray={dashed ? "4 4" : undefined} dot={false} activeDot={{ r: 3, stroke: "var(--surface-1)", strokeWidth: 2 }} isAnimationActive={false} connectNulls={false} />,
          ];
        })}
        {guides.map(({ value, label: text, tone = "muted" }) => (
          <ReferenceLine key={text} y={value} stroke={TONE_COLOUR[tone]} strokeDasharray="3 3" ifOverflow="extendDomain" label={{ value: text, position: "insideTopLeft", fill: "var(--text-muted)", fontSize: 11 }} />
        ))}
        {at != null && <ReferenceLine x={at} stroke="var(--text)" strokeWidth={1} />}
      </ComposedChart>
    </ResponsiveContainer>
  );
}
