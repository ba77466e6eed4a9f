import { z } from "zod";
import { vendorInstant } from "@/server/domain/ingestion/vendor-instant";
import type { MacroInfoRow, MacroRow, VendorProvenance } from "../capabilities";

const decimal = z.string().regex(/^-?(\d+(\.\d*)?|\.\d+)$/, "Not a number");

/** GET /fred/series/observations. Values arrive as strings; "." marks a date without a value. */
export const fredObservations = z.object({
  count: z.int().min(0),
  offset: z.int().min(0),
  limit: z.int().min(1),
  observations: z.array(z.object({ realtime_start: z.iso.date(), date: z.iso.date(), value: z.literal(".").or(decimal) })),
});
export type FredObservations = z.infer<typeof fredObservations>;

/** A row of fredgraph.csv: the date, under either of the names it has had, and one column named after the series. */
export const fredGraphRow = z.record(z.string(), z.string()).transform((row, check) => {
  const { observation_date: newName, DATE: oldName, ...rest } = row;
  const parsed = z.object({ date: z.iso.date(), values: z.array(z.literal(["", "."]).or(decimal)).length(1) }).safeParse({ date: newName ?? oldName, values: Object.values(rest) });
  if (parsed.success) return { seriesId: Object.keys(rest)[0]!, date: parsed.data.date, value: parsed.data.values[0]! };
  check.addIssue({ code: "custom", message: "not a date and one number" });
  return z.NEVER;
});

const FREQUENCIES = { D: "DAILY", W: "WEEKLY", M: "MONTHLY", Q: "QUARTERLY", A: "ANNUAL" } as const;

/** GET /fred/series. Fortnightly and half-yearly series are not ours. */
export const fredSeries = z.object({
  seriess: z
    .array(
      z.object({
        id: z.string(), title: z.string().min(1), units: z.string(), frequency_short: z.enum(["D", "W", "M", "Q", "A"]), seasonal_adjustment_short: z.string(),
        last_updated: z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}[+-]\d{2}$/), notes: z.string().optional(),
      }),
    )
    .length(1),
});

/** Leaves out dates without a value: "not published" is stored as no row, never as zero. */
export const toMacroRows = (rows: readonly { date: string; value: string }[], provenance: VendorProvenance): MacroRow[] =>
  rows.filter(({ value }) => value !== "." && value !== "").map(({ date, value }) => ({ date, value: Number(value), knownAt: null, provenance }));

/** Each value with the day since which it was public. */
export const toVintageRows = ({ observations }: Pick<FredObservations, "observations">, provenance: VendorProvenance): (MacroRow & { knownAt: string })[] =>
  observations.filter(({ value }) => value !== ".").map(({ date, value, realtime_start: knownAt }) => ({ date, value: Number(value), knownAt, provenance: { ...provenance, asOf: knownAt } }));

export function toSeriesInfo({ seriess }: z.infer<typeof fredSeries>, provenance: VendorProvenance): MacroInfoRow {
  const { id, title, units, frequency_short: frequency, seasonal_adjustment_short: adjusted, last_updated: updated, notes } = seriess[0]!;
  const updatedAt = vendorInstant(`${updated.replace(" ", "T")}:00`);
  return {
    seriesId: id, name: title, unit: units, frequency: FREQUENCIES[frequency], seasonallyAdjusted: adjusted.startsWith("SA") ? true : adjusted === "NSA" ? false : null,
    updatedAt, notes: notes ?? null, provenance: { ...provenance, asOf: updatedAt ?? provenance.asOf },
  };
}
