"use client";

import { useLocale, useTranslations } from "next-intl";
import { useCallback, useRef, useState, type PointerEvent } from "react";
import { CalendarQuarter } from "@/components/format/calendar-quarter";
import { multipleText } from "@/components/format/number-text";

const BOX = { width: 312, height: 104, left: 34, right: 4, top: 6, bottom: 20 } as const;

/** About four round steps over a range. */
function roundSteps(low: number, high: number): number[] {
  const span = Math.max(1e-9, high - low);
  const raw = span / 3;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= raw)!;
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, i) => (first + i) * step);
}

/** Cover quarter by quarter without and with the shock; the upright line is the quarter looked at, and a click moves it. */
export function CoverPath({ quarters, before, after, quarter, floor, onQuarter }: { quarters: readonly string[]; before: readonly (number | null)[]; after: readonly (number | null)[]; quarter: number; /** Cover that investment grade asks for. */ floor: number | null; onQuarter: (quarter: number) => void }) {
  const t = useTranslations("graph");
  const locale = useLocale();
  const box = useRef<SVGSVGElement>(null);
  const [hover, setHover] = useState<number | null>(null);
  const last = quarters.length - 1;
  const known = [...before, ...after].filter((value): value is number => value !== null);
  const [min, max] = [Math.min(...known), Math.max(...known)];
  const pad = Math.max((max - min) * 0.18, Math.abs(max) * 0.015, 0.01);
  const [low, high] = [min - pad, max + pad];
  const x = (i: number) => BOX.left + (i / Math.max(1, last)) * (BOX.width - BOX.left - BOX.right);
  const y = (value: number) => BOX.top + (1 - (value - low) / (high - low)) * (BOX.height - BOX.top - BOX.bottom);
  const line = (values: readonly (number | null)[]) => values.map((value, i) => (value === null ? "" : `${i === 0 || values[i - 1] == null ? "M" : "L"}${x(i).toFixed(1)} ${y(value).toFixed(1)}`)).join("");
  const shown = hover ?? quarter;
  const [b, a] = [before[shown] ?? null, after[shown] ?? null];
  const tone = a !== null && b !== null && a < b ? "var(--down)" : "var(--up)";
  const at = useCallback((event: PointerEvent) => {
    const frame = box.current?.getBoundingClientRect();
    if (!frame) return 0;
    const share = ((event.clientX - frame.left) / frame.width) * BOX.width;
    return Math.min(last, Math.max(0, Math.round(((share - BOX.left) / (BOX.width - BOX.left - BOX.right)) * last)));
  }, [last]);
  if (known.length === 0) return null;
  return (
    <figure>
      <svg
        ref={box}
        viewBox={`0 0 ${BOX.width} ${BOX.height}`}
        width={BOX.width}
        height={BOX.height}
        role="img"
        aria-label={t("pathText", { before: multipleText(locale, before[quarter] ?? 0), after: multipleText(locale, after[quarter] ?? 0), quarter: quarters[quarter]!, lowest: multipleText(locale, Math.min(...after.filter((v): v is number => v !== null))) })}
        className="h-auto w-full max-w-[400px] cursor-ew-resize touch-pan-y text-[10.5px]"
        onPointerMove={(event) => setHover(at(event))}
        onPointerLeave={() => setHover(null)}
        onClick={() => hover !== null && onQuarter(hover)}
      >
        {roundSteps(low, high).map((value) => (
          <g key={value}>
            <line x1={BOX.left} x2={BOX.width - BOX.right} y1={y(value)} y2={y(value)} stroke="var(--line)" />
            <text x={BOX.left - 6} y={y(value) + 3.5} textAnchor="end" fill="var(--text-muted)">{multipleText(locale, value, { digits: high - low < 0.4 ? 2 : 1 }).replace("×", "")}</text>
          </g>
        ))}
        {floor !== null && floor > low && floor < high && <line x1={BOX.left} x2={BOX.width - BOX.right} y1={y(floor)} y2={y(floor)} stroke="var(--warn)" strokeDasharray="2 3" />}
        <path d={line(before)} fill="none" stroke="var(--text-faint)" strokeWidth="1.25" strokeDasharray="3 3" />
        <path d={line(after)} fill="none" stroke={tone} strokeWidth="1.75" strokeLinejoin="round" />
        <line x1={x(shown)} x2={x(shown)} y1={BOX.top - 2} y2={BOX.height - BOX.bottom} stroke="var(--text-muted)" />
        {b !== null && <circle cx={x(shown)} cy={y(b)} r="2.5" fill="var(--text-faint)" />}
        {a !== null && <circle cx={x(shown)} cy={y(a)} r="3.5" fill={tone} stroke="var(--surface-1)" strokeWidth="1.5" />}
      </svg>
      <figcaption className="flex justify-between pl-[34px] text-2xs text-muted">
        <CalendarQuarter value={quarters[0]!} />
        <span className="font-medium text-text"><CalendarQuarter value={quarters[shown]!} />{b !== null && a !== null && ` ${multipleText(locale, b)} → ${multipleText(locale, a)}`}</span>
        <CalendarQuarter value={quarters[last]!} />
      </figcaption>
    </figure>
  );
}
