import { z } from "zod";
import { notAhead } from "@/server/domain/ingestion/vendor-instant";
import type { VendorProvenance, YieldRow } from "../capabilities";
import { xmlTree } from "../xml-tree";

/** Months to maturity by the field's name. Of `BC_30YEARDISPLAY` the feed has a copy of the thirty years. */
const MATURITIES = {
  BC_1MONTH: 1, BC_1_5MONTH: 1.5, BC_2MONTH: 2, BC_3MONTH: 3, BC_4MONTH: 4, BC_6MONTH: 6, BC_1YEAR: 12, BC_2YEAR: 24, BC_3YEAR: 36, BC_5YEAR: 60, BC_7YEAR: 84, BC_10YEAR: 120, BC_20YEAR: 240, BC_30YEAR: 360,
} as const;
type Maturity = keyof typeof MATURITIES;

/** Percent a year. A maturity that was not quoted that day is left out or empty; a yield was below zero in 2020 for bills, never outside of these bounds. */
const percent = z.union([z.literal(""), z.string().regex(/^-?\d{1,2}(\.\d+)?$/, "Not a yield in percent")]).optional();

const properties = z.object({
  NEW_DATE: z.string().regex(/^\d{4}-\d{2}-\d{2}T00:00:00$/),
  ...(Object.fromEntries(Object.keys(MATURITIES).map((field) => [field, percent])) as Record<Maturity, typeof percent>),
});

/** The Atom feed of a year; an empty `feed` is text to the reader, and a year without a day has no entry. */
export const treasuryCurves = z.object({
  feed: z.object({ title: z.literal("DailyTreasuryYieldCurveRateData"), entry: z.array(z.object({ content: z.object({ properties }) })).default([]) }),
});

export const readTreasuryFeed = xmlTree(["entry"]);

/** Yields as fractions, oldest day first, each maturity once. */
export function toYields({ feed }: z.infer<typeof treasuryCurves>, { now, provenance }: { now: Date; provenance: VendorProvenance }): YieldRow[] {
  const days = new Map(feed.entry.map(({ content }) => [content.properties.NEW_DATE.slice(0, 10), content.properties]));
  return [...days].toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([date, day]) => {
    notAhead(`${date}T00:00:00Z`, { now, provider: provenance.provider });
    return Object.entries(MATURITIES).flatMap(([field, months]) => {
      const told = day[field as Maturity];
      // Divided as text is: 4.37 becomes 0.0437, without the noise of a hundredth.
      return told ? [{ date, months, yieldPerYear: Number(`${told}e-2`), provenance: { ...provenance, asOf: date } }] : [];
    });
  });
}
