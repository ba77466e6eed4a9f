"use client";

import { Pause, Play, SkipBack, SkipForward } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { CalendarQuarter } from "@/components/format/calendar-quarter";
import { multipleText } from "@/components/format/number-text";
import { useDriverLevelText } from "@/components/scenario/driver-figure";
import { classNames } from "@/components/ui/class-names";
import { Slider } from "@/components/ui/slider";
import type { DriverInfo, ScenarioResult } from "@/server/contracts/scenario";
import { DRIVERS } from "@/server/domain/scenario/drivers";
import { medianCover } from "./outcome-at-quarter";
import type { TravelClock } from "./travel-clock";
import { useNodeText } from "./use-node-text";

const SPEEDS = [0.5, 1, 2, 4];

type Props = { result: ScenarioResult; drivers: readonly DriverInfo[]; quarter: number; clock: TravelClock; onQuarter: (quarter: number) => void };

/** Play sends the shock on its way; the handle moves through the quarters. */
export function QuarterScrubber({ result, drivers, quarter, clock, onQuarter }: Props) {
  const t = useTranslations("graph");
  const playing = useSyncExternalStore(clock.subscribe, clock.playing, () => false);
  const speed = useSyncExternalStore(clock.subscribe, clock.speed, () => 1);
  const last = result.quarters.length - 1;
  return (
    <section aria-label={t("quarter")} className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-2 bg-surface-1 px-4 py-2 md:grid-cols-[auto_auto_minmax(0,1fr)_auto] md:gap-x-4 md:border-t md:border-line md:pr-4 md:pl-3">
      <div className="flex items-center gap-1">
        <button type="button" aria-label={t("previousQuarter")} disabled={quarter === 0} onClick={() => onQuarter(quarter - 1)} className="grid size-8 place-items-center rounded-md text-muted hover:bg-surface-2 hover:text-text disabled:opacity-40 max-md:hidden"><SkipBack aria-hidden="true" strokeWidth={1.6} className="size-4" /></button>
        <button type="button" aria-label={playing ? t("pause") : t("play")} onClick={() => (playing ? clock.pause() : clock.play())} className="grid size-9 place-items-center rounded-full bg-accent text-accent-ink hover:brightness-110 focus-visible:rounded-full max-md:size-11">
          {playing ? <Pause aria-hidden="true" fill="currentColor" className="size-3.5" /> : <Play aria-hidden="true" fill="currentColor" className="ml-0.5 size-3.5" />}
        </button>
        <button type="button" aria-label={t("nextQuarter")} disabled={quarter === last} onClick={() => onQuarter(quarter + 1)} className="grid size-8 place-items-center rounded-md text-muted hover:bg-surface-2 hover:text-text disabled:opacity-40 max-md:hidden"><SkipForward aria-hidden="true" strokeWidth={1.6} className="size-4" /></button>
        <button type="button" aria-label={t("speed", { speed: String(speed) })} onClick={() => clock.setSpeed(SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length]!)} className="h-7 rounded-md px-2 text-xs font-medium text-muted hover:bg-surface-2 hover:text-text max-md:hidden">{speed}×</button>
      </div>
      <LaneFigures result={result} drivers={drivers} quarter={quarter} />
      <div className="relative self-start md:px-2">
        <Lanes result={result} quarter={quarter} />
        <div className="relative">
          <Ticks count={last + 1} />
          <Slider label={t("quarter")} min={0} max={last} value={quarter} onChange={onQuarter} valueText={result.quarters[quarter]} className="relative h-4" />
        </div>
        <QuarterNames quarters={result.quarters} quarter={quarter} />
      </div>
      <div className="flex flex-col text-right">
        <CalendarQuarter value={result.quarters[quarter]!} className="text-base font-semibold md:text-lg md:leading-5" />
        <span className="text-2xs text-muted">{t("quarterOf", { quarter, quarters: last })}</span>
      </div>
    </section>
  );
}

/** The shocked driver named first and the median cover, in figures. */
function LaneFigures({ result, drivers, quarter }: { result: ScenarioResult; drivers: readonly DriverInfo[]; quarter: number }) {
  const t = useTranslations("graph");
  const locale = useLocale();
  const { driver: nameOf, driverChange } = useNodeText();
  const levelText = useDriverLevelText();
  const shocked = result.drivers.find(({ role }) => role === "shocked");
  const cover = medianCover(result);
  const now = cover.after[quarter] ?? null;
  const level = (() => {
    if (!shocked) return null;
    const deviation = shocked.deviation[quarter] ?? 0;
    const base = drivers.find(({ driver }) => driver === shocked.driver)?.baseline ?? null;
    if (base === null) return driverChange(shocked.driver, deviation);
    return levelText(shocked.driver, DRIVERS[shocked.driver].kind === "level" ? base * (1 + deviation) : base + deviation);
  })();
  return (
    <dl className="self-start pt-0.5 text-2xs leading-5 max-md:hidden">
      <div className="flex h-[22px] justify-between gap-2"><dt className="text-muted">{shocked ? nameOf(shocked.driver) : ""}</dt><dd className="font-medium text-warn">{level}</dd></div>
      <div className="flex h-[22px] justify-between gap-2"><dt className="text-muted">{t("medianCover")}</dt><dd className={classNames("font-medium", now !== null && now < (cover.before[quarter] ?? now) ? "text-down" : "text-up")}>{now === null ? "–" : multipleText(locale, now)}</dd></div>
    </dl>
  );
}

const LANE = { width: 1_200, height: 20 } as const;

function lanePath(values: readonly (number | null)[], low: number, high: number): string {
  const span = high - low || 1;
  return values
    .map((value, i) => (value === null ? "" : `${i === 0 ? "M" : "L"}${((i / Math.max(1, values.length - 1)) * LANE.width).toFixed(1)} ${(LANE.height - 3 - ((value - low) / span) * (LANE.height - 6)).toFixed(1)}`))
    .join("");
}

function Lanes({ result, quarter }: { result: ScenarioResult; quarter: number }) {
  const shocked = result.drivers.find(({ role }) => role === "shocked");
  const cover = medianCover(result);
  const known = [...cover.after, ...cover.before].filter((value): value is number => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const worse = (cover.after[quarter] ?? 0) < (cover.before[quarter] ?? 0);
  const coverLine = lanePath(cover.after, low, high);
  const deviation = shocked?.deviation ?? [];
  const driverLine = lanePath(deviation, Math.min(0, ...deviation), Math.max(0, ...deviation));
  const tone = worse ? "var(--down)" : "var(--up)";
  return (
    <div aria-hidden="true" className="relative flex flex-col gap-0.5 max-md:hidden">
      {[{ path: driverLine, colour: "var(--node-driver)" }, { path: known.length > 0 ? coverLine : "", colour: tone }].map(({ path, colour }, i) => (
        <svg key={i} viewBox={`0 0 ${LANE.width} ${LANE.height}`} preserveAspectRatio="none" className="h-5 w-full">
          {path && <path d={`${path}L${LANE.width} ${LANE.height}L0 ${LANE.height}Z`} fill={colour} opacity="0.12" />}
          {path && <path d={path} fill="none" stroke={colour} strokeWidth="1.5" vectorEffect="non-scaling-stroke" />}
        </svg>
      ))}
      <span className="absolute top-0 -bottom-2 w-px bg-accent" style={{ left: `${(quarter / Math.max(1, result.quarters.length - 1)) * 100}%` }} />
    </div>
  );
}

function Ticks({ count }: { count: number }) {
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-x-[7px] top-1/2">
      {Array.from({ length: count }, (_, i) => <span key={i} className={classNames("absolute w-px -translate-y-1/2 bg-faint", i % 4 === 0 ? "h-2.5" : "h-1.5")} style={{ left: `${(i / Math.max(1, count - 1)) * 100}%` }} />)}
    </div>
  );
}

function QuarterNames({ quarters, quarter }: { quarters: readonly string[]; quarter: number }) {
  const locale = useLocale();
  const last = quarters.length - 1;
  // Where a full name is long its neighbours have no room; past three years only the years are named.
  const dense = quarters.length <= 13 && !locale.startsWith("ko");
  return (
    <div aria-hidden="true" className="relative mx-[7px] mt-0.5 h-4 text-2xs text-muted">
      {quarters.map((name, i) => {
        const edge = i === 0 || i === last;
        const year = name.endsWith("Q1") && i > 1 && i < last - 1;
        if (!edge && !year && !dense) return null;
        return (
          <span
            key={name}
            className={classNames("absolute whitespace-nowrap", i === 0 ? "-translate-x-2" : i === last ? "translate-x-[calc(-100%+8px)]" : "-translate-x-1/2 max-md:hidden", i === quarter && "font-semibold text-text", !edge && !year && "max-lg:hidden", year && !dense && i < 4 && "max-xl:hidden", i === last - 1 && "hidden")}
            style={{ left: `${(i / Math.max(1, last)) * 100}%` }}
          >
            <CalendarQuarter value={name} short={!edge && !year} />
          </span>
        );
      })}
    </div>
  );
}
