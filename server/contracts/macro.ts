import { z } from "zod";
import { HEAT_BASES } from "@/server/domain/macro/series-heat";
import { isoDate, pageInput, pageOf, provenance } from "./common";

export const MACRO_CATEGORIES = ["rates", "prices", "labour", "output", "housing", "money-credit", "trade-fx", "global"] as const;

export const seriesRow = z.object({
  code: z.string(),
  name: z.string(),
  /** As published: Percent, Index 2017=100, Thousands of persons … values stay in this unit. */
  unit: z.string(),
  frequency: z.enum(["DAILY", "WEEKLY", "MONTHLY", "QUARTERLY", "ANNUAL"]),
  agency: z.string(),
  category: z.enum(MACRO_CATEGORIES),
  firstDate: isoDate.nullable(),
  lastDate: isoDate.nullable(),
  count: z.number().int(),
  last: z.number().nullable(),
  /** Against the value one year before, in the series' unit. */
  changeYear: z.number().nullable(),
  /** The last 24 values, oldest first. */
  points: z.array(z.number()),
  provenance,
});
export type SeriesRow = z.infer<typeof seriesRow>;

export const listSeriesInput = z.object({ search: z.string().trim().max(80).default(""), category: z.enum(MACRO_CATEGORIES).nullish() });
export const seriesList = z.object({ items: z.array(seriesRow) });

export const getSeriesInput = z.object({
  code: z.string().trim().min(1).max(60),
  from: isoDate.nullish(),
  to: isoDate.nullish(),
  /** Values as they were known on this day; default: newest. */
  asOf: isoDate.nullish(),
});
export const series = seriesRow.extend({
  dates: z.array(isoDate),
  values: z.array(z.number()),
  vintage: z.string(),
  /** The scenario driver that reads this series, if any. */
  driver: z.string().nullable(),
});
export type SeriesDto = z.infer<typeof series>;

export const listVariablesInput = pageInput.extend(listSeriesInput.shape);
export const variablePage = pageOf(seriesRow);
export const codeOfSeriesInput = z.object({ code: getSeriesInput.shape.code });
/** A series without its values. */
export const variable = series.omit({ dates: true, values: true });

export const READING_UNITS = ["fraction", "index"] as const;
/** A figure out of a series in its plain form: rates and changes are fractions. */
export const macroReading = z.object({
  name: z.string(),
  series: z.string(),
  unit: z.enum(READING_UNITS),
  /** Null before the first value, or where a year before is not stored. */
  value: z.number().nullable(),
  /** What `value` speaks of. */
  date: isoDate.nullable(),
  /** Oldest first. */
  points: z.array(z.object({ date: isoDate, value: z.number() })),
  provenance,
});
export type MacroReading = z.infer<typeof macroReading>;
export const macroReadings = z.object({ items: z.array(macroReading) });
export const readingInput = z.object({
  /** Newest values to give. */
  limit: z.coerce.number().int().min(1).max(200).default(24),
});
export const TREASURY_MATURITIES = ["3m", "6m", "1y", "5y", "10y"] as const;
export const treasuryYieldInput = readingInput.extend({ maturity: z.enum(TREASURY_MATURITIES).default("10y") });

export const CURVE_DAYS = ["newest", "monthAgo", "yearAgo"] as const;
const curvePoint = z.object({ months: z.number().int(), series: z.string(), date: isoDate, /** A fraction a year. */ yieldPerYear: z.number() });
export const yieldCurve = z.object({
  /** The shortest maturity first; a maturity without a value near the day is left out. */
  curves: z.array(z.object({ day: z.enum(CURVE_DAYS), date: isoDate, points: z.array(curvePoint) })),
  /** Ten years less three months of the newest curve, a fraction; null without both. Below zero the curve is inverted. */
  slope: z.number().nullable(),
  provenance,
});
export type YieldCurveDto = z.infer<typeof yieldCurve>;

export const seriesHeat = z.object({ code: z.string(), name: z.string(), category: z.enum(MACRO_CATEGORIES), date: isoDate, basis: z.enum(HEAT_BASES), /** The level in the unit of the series, or the change over twelve months as a fraction. */ value: z.number(), z: z.number(), n: z.number().int() });
export const macroHeat = z.object({ items: z.array(seriesHeat), /** Series without a score: too short, or without change. */ withoutScore: z.number().int() });
export type MacroHeatDto = z.infer<typeof macroHeat>;

export const vintagesInput = z.object({ code: getSeriesInput.shape.code, date: isoDate });
/** Every value that was ever believed of one date, in the order in which it became known. */
export const vintages = z.object({ code: z.string(), date: isoDate, items: z.array(z.object({ knownAt: isoDate, value: z.number() })) });
