import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { systemFetchDeps } from "@/server/platform/fetch-text";
import { itSurvivesAMisbehavingVendor, type VendorUnderTest } from "@/server/testing/it-survives-a-misbehaving-vendor";
import { startMisbehavingVendor } from "@/server/testing/misbehaving-vendor";
import { vendorFixture } from "@/server/testing/vendor-fixture";
import type { YieldRow } from "../capabilities";
import { createProviders } from "../registry";
import { TREASURY } from "./treasury-vendor";

const feed = readFileSync(join(import.meta.dirname, "__fixtures__", "yield-curve-2026.xml"), "utf8");
const ask = (vendor: VendorUnderTest, range: { from: string; to?: string } = { from: "2026-01-01", to: "2026-01-31" }) =>
  createProviders({ ...vendorFixture("treasury", vendor), vendors: [TREASURY] }).of("treasury", "yieldCurve")!.fetchYieldCurve(range);
const told = (rows: unknown) => (rows as YieldRow[]).map(({ date, months, yieldPerYear }) => [date, months, yieldPerYear]);
const days = (wanted: string) => feed.replaceAll(/2026-01-0\d(?=T00)/g, wanted);

itSurvivesAMisbehavingVendor("Treasury yield curve", {
  answer: { body: feed, contentType: "application/xml" },
  call: (vendor) => ask(vendor),
  expectGood: (rows) => expect(told(rows)).toEqual([["2026-01-02", 3, -0.0001], ["2026-01-02", 120, 0.0419], ["2026-01-05", 1, 0.0371], ["2026-01-05", 1.5, 0.037], ["2026-01-05", 3, 0.0366], ["2026-01-05", 24, 0.0347], ["2026-01-05", 120, 0.0418], ["2026-01-05", 360, 0.0486]]),
  secrets: [],
  drifted: {
    "another name of the day": feed.replaceAll("NEW_DATE", "RECORD_DATE"),
    "a date of another form": days("01/05/2026"),
    "a yield that is no number": feed.replace("4.18", "N/A"),
    "a yield with a per cent sign": feed.replace("4.18", "4.18%"),
    "another feed": feed.replace("DailyTreasuryYieldCurveRateData", "DailyTreasuryBillRateData"),
    "entities of its own": feed.replace("<feed", '<!DOCTYPE feed [<!ENTITY a "aaaa">]><feed'),
  },
  wrong: {
    "another year than was asked": { body: days("2025-01-02"), outcome: "UPSTREAM_INVALID" },
    "a day ahead of the clock": { body: days("2099-01-02"), outcome: "UPSTREAM_INVALID" },
    "the same day twice": { body: days("2026-01-05"), outcome: (rows) => expect(new Set((rows as YieldRow[]).map(({ date, months }) => `${date} ${months}`)).size).toBe((rows as YieldRow[]).length) },
  },
  empty: { body: feed.replaceAll(/<entry>[\s\S]*<\/entry>/g, ""), expectEmpty: (rows) => expect(rows).toEqual([]) },
});

describe("Treasury", () => {
  it("asks for each year of the range and says of each row what day it is of", async () => {
    const vendor = await startMisbehavingVendor();
    vendor.answers(({ url }) => ({ contentType: "text/xml", body: url.includes("value=2025") ? days("2025-12-31") : feed }));
    const rows = await ask({ url: vendor.url, deps: systemFetchDeps }, { from: "2025-12-30", to: "2026-01-02" });
    await vendor.close();
    expect(vendor.requests.map(({ url }) => new URL(url, vendor.url).searchParams.get("field_tdr_date_value"))).toEqual(["2025", "2026"]);
    expect([...new Set(rows.map(({ date }) => date))]).toEqual(["2025-12-31", "2026-01-02"]);
    expect(rows[0]!.provenance).toMatchObject({ provider: "treasury", asOf: "2025-12-31", accession: null });
  });

  it("takes a year that is over and has no day for a fault, not for an answer", async () => {
    const vendor = await startMisbehavingVendor();
    vendor.answers({ contentType: "text/xml", body: feed.replaceAll(/<entry>[\s\S]*<\/entry>/g, "") });
    await expect(ask({ url: vendor.url, deps: systemFetchDeps }, { from: "2024-01-01", to: "2024-12-31" })).rejects.toMatchObject({ code: "UPSTREAM_INVALID", details: { reason: "empty-year" } });
    await vendor.close();
  });
});
