import { describe, expect, it } from "vitest";
import { systemFetchDeps } from "@/server/platform/fetch-text";
import { itSurvivesAMisbehavingVendor, type VendorUnderTest } from "@/server/testing/it-survives-a-misbehaving-vendor";
import { startMisbehavingVendor, type SeenRequest } from "@/server/testing/misbehaving-vendor";
import { vendorFixture } from "@/server/testing/vendor-fixture";
import { createProviders } from "../registry";
import { dollarSeriesOf } from "./fred-rates";
import { FRED } from "./fred-vendor";

const KEY = "0123456789abcdef0123456789abcdef";
// As on that day, whenever the test runs.
const on = new Date("2026-11-21T00:00:00Z").getTime() - Date.now();
const providers = ({ url, deps }: VendorUnderTest, settings: Record<string, string> = {}) => createProviders({ ...vendorFixture("fred", { url, deps: { ...deps, now: () => new Date(deps.now().getTime() + on) }, settings }), vendors: [FRED] });
/** Written by hand on 2026-11-21 in the shape of the download, as in `__fixtures__`: the won of a week, with a holiday and a day that is not out yet. */
const won = "observation_date,DEXKOUS\n2026-11-10,1462.10\n2026-11-11,.\n2026-11-12,1465.50\n2026-11-13,\n";

itSurvivesAMisbehavingVendor("FRED rates", {
  answer: { body: won, contentType: "application/csv" },
  call: (vendor) => providers(vendor).of("fred", "fx")!.fetchFxRates({ base: "USD", quotes: ["KRW"] }),
  expectGood: (result) => expect(result).toMatchObject([{ base: "USD", quote: "KRW", rate: 1_465.5, at: "2026-11-12", provenance: { provider: "fred", asOf: "2026-11-12" } }]),
  secrets: [],
  drifted: { "no value at all": "observation_date,DEXKOUS\n", "a rate of zero": won.replace("1465.50", "0"), "a number with a comma": won.replace("1465.50", '"1,465.50"'), "another name of the date": won.replace("observation_date", "day") },
  wrong: { "another currency": { body: won.replace("DEXKOUS", "DEXJPUS"), outcome: "UPSTREAM_INVALID" }, "a day to come": { body: won.replace("2026-11-12", "2026-12-12"), outcome: "UPSTREAM_INVALID" } },
  refusals: [{ status: 404, body: "{}", code: "NOT_FOUND" }],
});

describe("FRED rates", () => {
  const ask = async (query: { base: string; quotes: string[] }, body: (request: SeenRequest) => string, settings?: Record<string, string>) => {
    const vendor = await startMisbehavingVendor();
    vendor.answers((request) => ({ body: body(request), contentType: settings ? "application/json" : "application/csv" }));
    const rows = await providers({ url: vendor.url, deps: systemFetchDeps }, settings).source("fx").fetchFxRates(query).finally(() => vendor.close());
    return { rows, urls: vendor.requests.map(({ url }) => url) };
  };

  it("turn over what is counted the other way round", async () => {
    const csv = ({ url }: SeenRequest) => `observation_date,${new URL(url, "http://x").searchParams.get("id")}\n2026-11-12,1.25\n`;
    expect((await ask({ base: "USD", quotes: ["EUR", "KRW"] }, csv)).rows.map(({ rate }) => rate)).toEqual([0.8, 1.25]);
    expect((await ask({ base: "EUR", quotes: ["USD"] }, csv)).rows[0]!.rate).toBe(1.25);
    expect((await ask({ base: "KRW", quotes: ["USD"] }, csv)).rows[0]!.rate).toBe(0.8);
  });

  it("come by the key's API where there is one, and then too from three weeks back", async () => {
    const { rows, urls } = await ask({ base: "USD", quotes: ["KRW"] }, () => JSON.stringify({ count: 1, offset: 0, limit: 100_000, observations: [{ realtime_start: "2026-11-20", date: "2026-11-12", value: "1465.5" }] }), { FRED_API_KEY: KEY });
    expect(urls[0]).toContain("series_id=DEXKOUS&observation_start=2026-10-31");
    expect(rows[0]!.provenance.url).not.toContain(KEY);
  });

  it("are of the dollar alone, and of currencies that the release has", async () => {
    expect([dollarSeriesOf("EUR", "KRW"), dollarSeriesOf("USD", "XAU"), dollarSeriesOf("USD", "constructor"), dollarSeriesOf("USD", "USD")]).toEqual([null, null, null, null]);
    expect([dollarSeriesOf("USD", "KRW"), dollarSeriesOf("KRW", "USD"), dollarSeriesOf("USD", "GBP")]).toEqual([{ id: "DEXKOUS", inverted: false }, { id: "DEXKOUS", inverted: true }, { id: "DEXUSUK", inverted: true }]);
    await expect(providers({ url: "http://127.0.0.1:9", deps: systemFetchDeps }).of("fred", "fx")!.fetchFxRates({ base: "EUR", quotes: ["KRW"] })).rejects.toMatchObject({ details: { reason: "not-offered" } });
  });
});
