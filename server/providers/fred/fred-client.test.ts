import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { systemFetchDeps } from "@/server/platform/fetch-text";
import { itSurvivesAMisbehavingVendor, type VendorUnderTest } from "@/server/testing/it-survives-a-misbehaving-vendor";
import { startMisbehavingVendor } from "@/server/testing/misbehaving-vendor";
import { vendorFixture } from "@/server/testing/vendor-fixture";
import type { MacroRow } from "../capabilities";
import { createProviders } from "../registry";
import { FRED } from "./fred-vendor";

const KEY = "0123456789abcdef0123456789abcdef";
const fixture = (name: string) => readFileSync(join(import.meta.dirname, "__fixtures__", name), "utf8");
const providers = ({ url, deps }: VendorUnderTest, settings: Record<string, string> = { FRED_API_KEY: KEY }) => createProviders({ ...vendorFixture("fred", { url, deps, settings }), vendors: [FRED] });
const NO_SERIES = { status: 400, body: '{"error_code":400,"error_message":"Bad Request.  The series does not exist."}', code: "NOT_FOUND" as const };
const expectValues = (values: number[]) => (result: unknown) => expect((result as MacroRow[]).map(({ value }) => value)).toEqual(values);

itSurvivesAMisbehavingVendor("FRED series with a key", {
  answer: { body: fixture("observations.json") },
  call: (vendor) => providers(vendor).of("fred", "macro")!.fetchSeries({ seriesId: "UNRATE", from: "2019-01-01" }),
  expectGood: expectValues([4, 3.8, -0.25]),
  secrets: [KEY],
  drifted: {
    "values as numbers": fixture("observations.json").replaceAll(/"value": "([^"]+)"/g, '"value": 1'),
    "no observations": '{"count":0,"offset":0,"limit":100000}',
    "another word for no value": fixture("observations.json").replace('"."', '"N/A"'),
    "a date of another form": fixture("observations.json").replace("2019-01-01", "01/01/2019"),
    "an error with a good status": '{"error_code":500,"error_message":"Internal"}',
  },
  wrong: { "the same page again": { body: fixture("observations.json").replace('"count": 4', '"count": 8'), outcome: "UPSTREAM_INVALID" } },
  empty: { body: '{"count":0,"offset":0,"limit":100000,"observations":[]}', expectEmpty: expectValues([]) },
  refusals: [NO_SERIES],
});

itSurvivesAMisbehavingVendor("FRED series without a key", {
  answer: { body: fixture("fredgraph.csv"), contentType: "application/csv" },
  call: (vendor) => providers(vendor, {}).of("fred", "macro")!.fetchSeries({ seriesId: "DEXKOUS" }),
  expectGood: expectValues([1184.56, 1194.99]),
  secrets: [],
  drifted: { "another name of the date": "day,DEXKOUS\n2016-03-11,1\n", "a third column": "DATE,DEXKOUS,X\n2016-03-11,1,2\n", "a number with a comma": 'DATE,DEXKOUS\n2016-03-11,"1,184.56"\n' },
  wrong: { "another series": { body: "DATE,DEXJPUS\n2016-03-11,1\n", outcome: "UPSTREAM_INVALID" } },
  empty: { body: "observation_date,DEXKOUS\n", expectEmpty: expectValues([]) },
  refusals: [{ status: 404, body: "{}", code: "NOT_FOUND" }],
});

itSurvivesAMisbehavingVendor("FRED vintages", {
  answer: { body: fixture("vintages.json") },
  call: (vendor) => providers(vendor).of("fred", "macroVintages")!.fetchVintages({ seriesId: "GDPC1" }),
  expectGood: (result) => expect((result as MacroRow[]).map(({ date, knownAt, value }) => [date, knownAt, value])).toEqual([["2020-01-01", "2020-04-29", 18987.877], ["2020-01-01", "2020-05-28", 18977.363], ["2020-04-01", "2020-07-30", 17205.971]]),
  secrets: [KEY],
  drifted: { "no day since when": fixture("vintages.json").replaceAll("realtime_start", "since") },
  refusals: [NO_SERIES],
});

itSurvivesAMisbehavingVendor("FRED series info", {
  answer: { body: fixture("series.json") },
  call: (vendor) => providers(vendor).of("fred", "macroInfo")!.fetchSeriesInfo({ seriesId: "UNRATE" }),
  expectGood: (result) => expect(result).toMatchObject({ seriesId: "UNRATE", name: "Unemployment Rate", unit: "Percent", frequency: "MONTHLY", seasonallyAdjusted: true, updatedAt: "2026-11-06T13:44:03.000Z" }),
  secrets: [KEY],
  drifted: { "an unknown frequency": fixture("series.json").replace('"frequency_short": "M"', '"frequency_short": "BW"') },
  refusals: [NO_SERIES],
});

describe("FRED", () => {
  it("asks for what was asked, and its provenance tells all of it but the key", async () => {
    const vendor = await startMisbehavingVendor();
    vendor.answers({ body: fixture("observations.json") });
    const [row] = await providers({ url: vendor.url, deps: systemFetchDeps }).source("macro").fetchSeries({ seriesId: "UNRATE", from: "2019-01-01", to: "2019-12-31" });
    await vendor.close();
    expect(vendor.requests[0]!.url).toContain(`api_key=${KEY}`);
    expect(row!.provenance).toMatchObject({ provider: "fred", accession: null });
    expect(row!.provenance.url).toBe(`${vendor.url}/fred/series/observations?series_id=UNRATE&observation_start=2019-01-01&observation_end=2019-12-31&limit=100000&file_type=json`);
  });

  it("reads all pages, each row once", async () => {
    const vendor = await startMisbehavingVendor();
    const page = (offset: number, dates: string[]) => ({ body: JSON.stringify({ count: 3, offset, limit: 2, observations: dates.map((date) => ({ realtime_start: "2026-11-20", date, value: "1" })) }) });
    vendor.answers(({ url }) => (url.includes("offset=2") ? page(2, ["2026-02-01", "2026-03-01"]) : page(0, ["2026-01-01", "2026-02-01"])));
    const rows = await providers({ url: vendor.url, deps: systemFetchDeps }).source("macro").fetchSeries({ seriesId: "A" });
    await vendor.close();
    expect(rows.map(({ date }) => date)).toEqual(["2026-01-01", "2026-02-01", "2026-03-01"]);
  });

  it("has no vintages without a key, and says which key is missing", () => {
    const { of, status } = providers({ url: "http://127.0.0.1:9", deps: systemFetchDeps }, {});
    expect(of("fred", "macroVintages")).toBeNull();
    expect(status()[0]!.capabilities).toMatchObject([{ capability: "macro", state: "on" }, { capability: "macroVintages", state: "key-missing", missing: ["FRED_API_KEY"] }, { capability: "macroInfo", state: "key-missing" }, { capability: "fx", state: "on" }]);
  });
});
