import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { systemFetchDeps } from "@/server/platform/fetch-text";
import { itSurvivesAMisbehavingVendor, type VendorUnderTest } from "@/server/testing/it-survives-a-misbehaving-vendor";
import { startMisbehavingVendor } from "@/server/testing/misbehaving-vendor";
import { vendorFixture } from "@/server/testing/vendor-fixture";
import { createProviders } from "../registry";
import { X } from "./x-vendor";
import { xPostedMs } from "./x-payload";

const TOKEN = "AAAAAAAAAAhushXtoken%3D0123456789";
const answer = readFileSync(join(import.meta.dirname, "__fixtures__", "search.json"), "utf8").trim();
const social = ({ url, deps }: VendorUnderTest) => createProviders({ ...vendorFixture("x", { url, deps, settings: { X_BEARER_TOKEN: TOKEN } }), vendors: [X] }).of("x", "social")!;

itSurvivesAMisbehavingVendor("X posts", {
  answer: { body: answer },
  call: (vendor) => social(vendor).fetchPosts({ handles: ["@amaker"], limit: 50 }),
  expectGood: (rows) =>
    expect(rows).toMatchObject([
      { externalId: "1991234567890123456", network: "x", author: "AMaker", authorName: "A Maker", text: "Chips & phones, < 5 nm", postedAt: "2025-11-20T17:08:00.000Z", postUrl: "https://x.com/AMaker/status/1991234567890123456", language: "en", likes: 120, reposts: 10, quotes: 2, views: 9000, repostOf: null },
      { text: "RT @other: hello", language: null, views: null, repostOf: "1991234567880000001" },
    ]),
  secrets: [TOKEN],
  drifted: { "no count": answer.replace("result_count", "count"), "a list under another name": answer.replace('"data"', '"posts"'), "no figures": answer.replaceAll("public_metrics", "metrics"), "an id as a number": answer.replace('"1991234567890123456","text"', '1991234567890123456,"text"'), "an author that is not told": answer.replace('"id":"44196397","name"', '"id":"1","name"') },
  wrong: {
    "a post of somebody else": { body: answer.replace('"AMaker"', '"Other"'), outcome: "UPSTREAM_INVALID" },
    "a post of the year 2099": { body: answer.replace("2025-11-20T17", "2099-11-20T17"), outcome: "UPSTREAM_INVALID" },
    "the same page for ever": { body: answer.replace('"result_count"', '"next_token":"abc","result_count"'), outcome: "UPSTREAM_INVALID" },
  },
  empty: { body: '{"meta":{"result_count":0}}', expectEmpty: (rows) => expect(rows).toEqual([]) },
});

describe("X", () => {
  const deps = { ...systemFetchDeps, now: () => new Date("2025-11-21T00:00:00Z") };

  it("asks for many people in few searches, newer than what is known, with its token in a header", async () => {
    const vendor = await startMisbehavingVendor();
    vendor.answers({ body: '{"meta":{"result_count":0}}' });
    await social({ url: vendor.url, deps }).fetchPosts({ handles: Array.from({ length: 40 }, (_, n) => `somebody_${n}`), sinceId: "1991234567890123456", limit: 10 });
    await vendor.close();
    const queries = vendor.requests.map(({ url }) => new URL(url, "http://a").searchParams);
    expect(queries.flatMap((query) => query.get("query")!.split(" OR "))).toHaveLength(40);
    expect(queries.every((query) => query.get("query")!.length <= 512 && query.get("since_id") === "1991234567890123456")).toBe(true);
    expect(vendor.requests[0]!.headers.authorization).toBe(`Bearer ${TOKEN}`);
  });

  it("reaches back seven days and no further: an older id and an older day are not sent", async () => {
    const vendor = await startMisbehavingVendor();
    vendor.answers({ body: '{"meta":{"result_count":0}}' });
    await social({ url: vendor.url, deps }).fetchPosts({ handles: ["a"], sinceId: "1000000000000000000", from: "2025-01-01", limit: 10 });
    await vendor.close();
    const { searchParams } = new URL(vendor.requests[0]!.url, "http://a");
    expect([searchParams.get("since_id"), searchParams.get("start_time")]).toEqual([null, "2025-11-14T00:01:00Z"]);
  });

  it("refuses names that would be a search of their own", async () => {
    for (const handle of ["a OR from:b", "", "a".repeat(16)]) await expect(social({ url: "http://127.0.0.1:9", deps }).fetchPosts({ handles: [handle], limit: 10 })).rejects.toMatchObject({ code: "INVALID_INPUT", details: { field: "handles" } });
  });

  it("reads the time out of an id", () => expect(new Date(xPostedMs("1212092628029698048")).toISOString().slice(0, 16)).toBe("2019-12-31T19:26"));
});
