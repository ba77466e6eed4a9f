import { z } from "zod";
import type { CountryMacroRow, VendorProvenance } from "../capabilities";

const page = z.object({ page: z.int().min(1), pages: z.int().min(0), per_page: z.coerce.number().int().min(1), total: z.int().min(0), lastupdated: z.iso.date().nullish() });
const observation = z.object({
  indicator: z.object({ id: z.string().min(1) }),
  country: z.object({ value: z.string() }),
  /** Aggregates (the world, regions) have one too; a few groups have none. */
  countryiso3code: z.string().regex(/^([A-Z0-9]{3})?$/),
  /** A year; quarters and months ("2024Q1", "2024M01") are of other sources. */
  date: z.string().regex(/^\d{4}$/),
  value: z.number().nullable(),
});

/** GET /v2/country/…/indicator/…: a head and the rows, null when there is no row. */
export const worldBankPage = z.tuple([page, z.array(observation).nullable()]);
export type WorldBankPage = z.infer<typeof worldBankPage>;

/** What it sends, with a good status, for an indicator or a country that it does not have. */
export const worldBankRefusal = z.tuple([z.object({ message: z.array(z.object({ id: z.string(), key: z.string().optional(), value: z.string() })).min(1) })]);

/** Years without a figure are no rows. The date is the year's first day. */
export const toCountryRows = (rows: readonly WorldBankObservation[], provenance: VendorProvenance): CountryMacroRow[] =>
  rows
    .filter(({ countryiso3code }) => countryiso3code !== "")
    .flatMap(({ indicator, country, countryiso3code, date, value }) => (value === null ? [] : [{ indicator: indicator.id, country: countryiso3code, countryName: country.value, date: `${date}-01-01`, value, provenance }]))
    .toSorted((a, b) => (a.country === b.country ? a.date.localeCompare(b.date) : a.country < b.country ? -1 : 1));

export type WorldBankObservation = z.infer<typeof observation>;
