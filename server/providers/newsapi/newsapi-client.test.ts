import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { systemFetchDeps } from "@/server/platform/fetch-text";
import { itSurvivesAMisbehavingVendor, type VendorUnderTest } from "@/server/testing/it-survives-a-misbehaving-vendor";
import { startMisbehavingVendor } from "@/server/testing/misbehaving-vendor";
import { vendorFixture } from "@/server/testing/vendor-fixture";
import type { NewsRow } from "../capabilities";
import { createProviders } from "../registry";
import { NEWSAPI } from "./newsapi-vendor";

const KEY = "0123456789abcdef0123456789abcdef";
const answer = readFileSync(join(import.meta.dirname, "__fixtures__", "top-headlines.json"), "utf8");
const news = ({ url, deps }: VendorUnderTest) => createProviders({ ...vendorFixture("newsapi", { url, deps, settings: { NEWSAPI_API_KEY: KEY } }), vendors: [NEWSAPI] }).of("newsapi", "news")!;

itSurvivesAMisbehavingVendor("NewsAPI news", {
  answer: { body: answer },
  call: (vendor) => news(vendor).fetchNews({ limit: 10 }),
  expectGood: (rows) => expect(rows as NewsRow[]).toMatchObject([{ headline: "Oil rises", source: "Wire", summary: null, publishedAt: "2025-11-20T05:00:00.000Z", symbols: [], sentiment: null }, { headline: "Shops open early for the season", source: "Example Post", summary: "Shops & malls open early.", author: "A. Writer" }]),
  secrets: [KEY],
  drifted: {
    "an error with a good status": '{"status":"error","code":"unexpectedError","message":"x"}', "no publisher": answer.replaceAll('"source"', '"publisher"'), "a date without a zone": answer.replace("2025-11-20T05:00:00Z", "2025-11-20 05:00"),
    "no list": '{"status":"ok","totalResults":0}',
  },
  wrong: { "an article of the year 2099": { body: answer.replace("2025-11-20T05", "2099-11-20T05"), outcome: "UPSTREAM_INVALID" }, "the same article twice": { body: answer.replace("wire.example/oil", "post.example/shops"), outcome: (rows) => expect(rows).toHaveLength(1) } },
  empty: { body: '{"status":"ok","totalResults":0,"articles":[]}', expectEmpty: (rows) => expect(rows).toEqual([]) },
  refusals: [{ status: 426, body: '{"status":"error","code":"parameterInvalid","message":"Upgrade"}', code: "UPSTREAM_UNAVAILABLE" }],
});

describe("NewsAPI", () => {
  it("searches by words with the key in a header, and knows no symbols", async () => {
    const vendor = await startMisbehavingVendor();
    vendor.answers({ body: answer });
    const source = news({ url: vendor.url, deps: systemFetchDeps });
    const [row] = await source.fetchNews({ text: '"oil price" OR OPEC', from: "2025-11-01", limit: 5 });
    await expect(source.fetchNews({ symbols: ["A"], limit: 5 })).rejects.toMatchObject({ details: { reason: "not-offered" } });
    await vendor.close();
    expect(vendor.requests).toHaveLength(1);
    expect(new URL(vendor.requests[0]!.url, "http://a").searchParams.get("q")).toBe('"oil price" OR OPEC');
    expect(vendor.requests[0]!.headers["x-api-key"]).toBe(KEY);
    expect(row!.provenance).toMatchObject({ provider: "newsapi", asOf: "2025-11-20T05:00:00.000Z" });
  });
});
