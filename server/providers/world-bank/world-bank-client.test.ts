import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { systemFetchDeps } from "@/server/platform/fetch-text";
import { itSurvivesAMisbehavingVendor, type VendorUnderTest } from "@/server/testing/it-survives-a-misbehaving-vendor";
import { startMisbehavingVendor } from "@/server/testing/misbehaving-vendor";
import { vendorFixture } from "@/server/testing/vendor-fixture";
import type { CountryMacroRow } from "../capabilities";
import { createProviders } from "../registry";
import { toCountryRows, worldBankPage } from "./world-bank-payload";
import { WORLD_BANK } from "./world-bank-vendor";

const growth = readFileSync(join(import.meta.dirname, "__fixtures__", "gdp.json"), "utf8");
const ask = (vendor: VendorUnderTest, countries: string[] = ["KOR", "JPN"]) =>
  createProviders({ ...vendorFixture("world-bank", vendor), vendors: [WORLD_BANK] }).of("world-bank", "countryMacro")!.fetchCountryMacro({ indicator: "NY.GDP.MKTP.KD.ZG", countries, fromYear: 2020, toYear: 2025 });
const told = (rows: unknown) => (rows as CountryMacroRow[]).map(({ country, date, value }) => [country, date, value]);
const NO_INDICATOR = '[{"message":[{"id":"175","key":"Invalid format","value":"The indicator was not found. It may have been deleted or archived."}]}]';

itSurvivesAMisbehavingVendor("World Bank indicator", {
  answer: { body: growth, contentType: "application/json;charset=utf-8" },
  call: (vendor) => ask(vendor),
  expectGood: (rows) => expect(told(rows)).toEqual([["JPN", "2024-01-01", 0.08], ["KOR", "2023-01-01", 1.36], ["KOR", "2024-01-01", 2.04]]),
  secrets: [],
  drifted: {
    "values as text": growth.replace("2.04", '"2.04"'),
    "another name of the country": growth.replaceAll("countryiso3code", "iso3"),
    "a quarter for a year": growth.replace('"2024"', '"2024Q1"'),
    "no head": growth.replace(/\{ "page"[^}]*\},/, ""),
    "a refusal of another kind": '[{"message":[{"id":"111","key":"Unknown","value":"Request format is not supported"}]}]',
  },
  wrong: {
    "another indicator": { body: growth.replaceAll("NY.GDP.MKTP.KD.ZG", "SP.POP.TOTL"), outcome: "UPSTREAM_INVALID" },
    "a country nobody asked for": { body: growth.replaceAll("JPN", "USA"), outcome: "UPSTREAM_INVALID" },
    "a year nobody asked for": { body: growth.replace('"2023"', '"1999"'), outcome: "UPSTREAM_INVALID" },
    "the same page again": { body: growth.replace('"pages": 1', '"pages": 2'), outcome: "UPSTREAM_INVALID" },
    "an indicator that it does not have": { body: NO_INDICATOR, outcome: "NOT_FOUND" },
  },
  empty: { body: '[{"page":1,"pages":0,"per_page":5000,"total":0,"sourceid":null,"lastupdated":null},null]', expectEmpty: (rows) => expect(rows).toEqual([]) },
});

describe("World Bank", () => {
  it("reads all pages, and says when the figures were last changed and where they stand", async () => {
    const vendor = await startMisbehavingVendor();
    const page = (number: number, year: string) => JSON.stringify([{ page: number, pages: 2, per_page: "1", total: 2, lastupdated: "2026-07-13" }, [{ indicator: { id: "NY.GDP.MKTP.KD.ZG" }, country: { value: "Japan" }, countryiso3code: "JPN", date: year, value: 1 }]]);
    vendor.answers(({ url }) => ({ body: url.includes("page=2") ? page(2, "2021") : page(1, "2022") }));
    const rows = await ask({ url: vendor.url, deps: systemFetchDeps }, ["JPN"]);
    await vendor.close();
    expect(told(rows)).toEqual([["JPN", "2021-01-01", 1], ["JPN", "2022-01-01", 1]]);
    expect(rows[0]!.provenance).toMatchObject({ provider: "world-bank", asOf: "2026-07-13", url: `${vendor.url}/v2/country/JPN/indicator/NY.GDP.MKTP.KD.ZG?format=json&date=2020%3A2025&per_page=5000` });
  });

  const recorded = join(import.meta.dirname, "../../../../shared/data/payloads/worldbank/NY.GDP.MKTP.CD_head.json");
  it.skipIf(!existsSync(recorded))("reads a recorded answer", () => {
    const [head, rows] = worldBankPage.parse(JSON.parse(readFileSync(recorded, "utf8")));
    expect(head.lastupdated).toBe("2026-07-13");
    expect(told(toCountryRows(rows!, { provider: "world-bank", asOf: "2026-07-13", url: null, accession: null }))).toEqual([["MEX", "2024-01-01", 1830489311088.89], ["MEX", "2025-01-01", 1832641364775.52]]);
  });
});
