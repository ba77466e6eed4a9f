import { z } from "zod";
import { isoDate, provenance } from "./common";

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
