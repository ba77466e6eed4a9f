"use client";

import { useTranslations } from "next-intl";
import type { DriverInfo, Shock } from "@/server/contracts/scenario";
import { DRIVERS } from "@/server/domain/scenario/drivers";
import { deviationPath } from "@/server/domain/scenario/shock";
import { CalendarQuarter } from "@/components/format/calendar-quarter";
import { useDeviationText, useDriverLevelText } from "./driver-figure";

const HISTORY = 8;
const HEIGHT = 96;
const WIDTH = 300;

/** Last eight quarters of a driver, then its path under the shock against no shock. */
export function ShockPreview({ shock, info, quarters, labels }: { shock: Shock; info: DriverInfo | undefined; quarters: number; labels: readonly string[] }) {
  const t = useTranslations("scenario");
  const levelText = useDriverLevelText();
  const deviationText = useDeviationText();
  const history = (info?.history ?? []).slice(-HISTORY).map(({ value }) => value);
  const base = history.at(-1) ?? 0;
  const isLevel = DRIVERS[shock.driver].kind === "level";
  // A driver without history is drawn as its change alone.
  const levelOf = (deviation: number) => (isLevel ? (history.length > 0 ? base * (1 + deviation) : deviation) : base + deviation);
  const deviations = safePath(shock, quarters);
  const path = deviations.map(levelOf);
  const peak = deviations.reduce((best, value, index) => (Math.abs(value) > Math.abs(deviations[best]!) ? index : best), 0);
  const all = [...history, ...path];
  const low = Math.min(...all);
  const span = Math.max(...all) - low || Math.abs(low) || 1;
  const past = Math.max(history.length - 1, 0);
  const steps = past + quarters;
  const x = (index: number) => (index / steps) * WIDTH;
  const y = (value: number) => 12 + (1 - (value - low) / span) * (HEIGHT - 24);
  const line = (values: readonly number[], from: number) => values.map((value, index) => `${index === 0 ? "M" : "L"}${x(from + index).toFixed(1)} ${y(value).toFixed(1)}`).join("");
  const level = (value: number) => (history.length > 0 ? levelText(shock.driver, value) : deviationText(shock.driver, value));
  const first = info?.history.at(-history.length)?.quarter ?? null;

  return (
    <figure className="mt-2" aria-label={t("drivers." + shock.driver)}>
      <div className="relative" style={{ height: HEIGHT }}>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true" className="absolute inset-0 size-full">
          <rect x={x(past)} y="0" width={WIDTH - x(past)} height={HEIGHT} fill="var(--warn-soft)" opacity="0.45" />
          {history.length > 1 && <path d={line(history, 0)} fill="none" stroke="var(--text-faint)" strokeWidth="1.4" vectorEffect="non-scaling-stroke" />}
          <path d={`M${x(past)} ${y(levelOf(0))}H${WIDTH}`} stroke="var(--text-faint)" strokeWidth="1" strokeDasharray="3 3" vectorEffect="non-scaling-stroke" />
          <path d={line(path, past)} fill="none" stroke="var(--node-driver)" strokeWidth="1.8" strokeLinejoin="round" vectorEffect="non-scaling-stroke" />
        </svg>
        {deviations[peak] !== 0 && (
          // Towards the line of no shock, where the picture is empty.
          <span className="absolute ml-1 text-2xs font-medium whitespace-nowrap text-warn" style={{ left: `${Math.min(72, (x(past + peak) / WIDTH) * 100)}%`, top: y(path[peak]!) + (deviations[peak]! > 0 ? 3 : -19) }}>{deviationText(shock.driver, deviations[peak]!)}</span>
        )}
        <span className="absolute top-0 right-0 rounded-sm bg-surface-0/80 px-1 text-2xs text-muted">{level(Math.max(...all))}</span>
        <span className="absolute right-0 bottom-0 rounded-sm bg-surface-0/80 px-1 text-2xs text-muted">{level(low)}</span>
      </div>
      <figcaption className="flex justify-between text-2xs text-faint">
        <CalendarQuarter value={first ?? labels[0] ?? null} />
        <span className="text-muted">{history.length > 0 ? `${level(base)} → ${level(path.at(-1) ?? base)}` : t("roles.noHistory")}</span>
        <CalendarQuarter value={labels.at(-1) ?? null} />
      </figcaption>
      {info && (info.quartersFromStart ?? 0) < 0 && <p className="text-2xs text-warn">{t.rich("start.carriedLevel", { quarters: -info.quartersFromStart!, quarter: () => <CalendarQuarter value={info.baselineQuarter} /> })}</p>}
    </figure>
  );
}

// While a size is being typed it may be empty; the picture then shows no shock.
const safePath = (shock: Shock, quarters: number): number[] => deviationPath({ ...shock, size: Number.isFinite(shock.size) ? shock.size : 0 }, quarters);
