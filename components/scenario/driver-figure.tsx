"use client";

import { useLocale, useTranslations } from "next-intl";
import type { DriverId } from "@/server/contracts/scenario";
import { DRIVERS } from "@/server/domain/scenario/drivers";
import { Change } from "@/components/format/change";
import { basisPointsText, percentagePointsText, percentText, quantityText } from "@/components/format/number-text";

const CHANGE = { rate: "bp", growth: "pp", level: "percent", points: "number" } as const;
const DIGITS = { rate: 0, growth: 2, level: 1, points: 1 } as const;

/** A driver is moved in its own unit: basis points, percentage points, percent of its level or index points. Unemployment is a rate that people read in points. */
const kindOf = (driver: DriverId) => (driver === "unemployment" ? "growth" : DRIVERS[driver].kind);

/** Deviation of a driver from its baseline; neither direction is good news by itself. */
export function DriverDeviation({ driver, value, className }: { driver: DriverId; value: number; className?: string }) {
  const kind = kindOf(driver);
  return <Change value={value} kind={CHANGE[kind]} digits={DIGITS[kind]} good="none" className={className} />;
}

/** The same as text, for ranges and axes. */
export function useDeviationText(): (driver: DriverId, value: number, bare?: boolean) => string {
  const locale = useLocale();
  return (driver, value, bare = false) => {
    const kind = kindOf(driver);
    // A range is read for its width: one decimal less than the figure it surrounds.
    const options = { digits: bare ? Math.max(0, DIGITS[kind] - 1) : DIGITS[kind], signed: true };
    if (kind === "points") return quantityText(locale, value, options);
    const text = kind === "rate" ? basisPointsText(locale, value, options) : kind === "growth" ? percentagePointsText(locale, value, options) : percentText(locale, value, options);
    return bare ? text.replace(/\s?(bp|pp|%)$/, "") : text;
  };
}

/** Level of a driver: a rate as a percentage, an index as it is. */
export function useDriverLevelText(): (driver: DriverId, value: number) => string {
  const locale = useLocale();
  return (driver, value) => {
    const { kind } = DRIVERS[driver];
    return kind === "rate" || kind === "growth" ? percentText(locale, value, { digits: 2 }) : quantityText(locale, value, { digits: value >= 1_000 ? 0 : 1 });
  };
}

export function useDriverName(): (driver: DriverId) => string {
  const t = useTranslations("scenario.drivers");
  return (driver) => t(driver);
}
