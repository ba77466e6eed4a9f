import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { systemFetchDeps } from "@/server/platform/fetch-text";
import { itSurvivesAMisbehavingVendor, type VendorUnderTest } from "@/server/testing/it-survives-a-misbehaving-vendor";
import { startMisbehavingVendor, type SeenRequest } from "@/server/testing/misbehaving-vendor";
import { vendorFixture } from "@/server/testing/vendor-fixture";
import { createProviders } from "../registry";
import { TRUTH_SOCIAL } from "./truth-social-vendor";

const TOKEN = "hush-truth-token-0123456789";
const [account, statuses] = ["account", "statuses"].map((name) => readFileSync(join(import.meta.dirname, "__fixtures__", `${name}.json`), "utf8").trim()) as [string, string];
const providers = ({ url, deps }: VendorUnderTest, settings: Record<string, string> = { TRUTH_SOCIAL_ACCESS_TOKEN: TOKEN }) => createProviders({ ...vendorFixture("truth-social", { url, deps, settings }), vendors: [TRUTH_SOCIAL] });
const bodies = ({ url }: SeenRequest, list = statuses) => (url.includes("/lookup") ? account : list);

itSurvivesAMisbehavingVendor("Truth Social posts", {
  answer: (request) => ({ body: bodies(request) }),
  call: (vendor) => providers(vendor).of("truth-social", "social")!.fetchPosts({ handles: ["amaker"], limit: 50 }),
  expectGood: (rows) =>
    expect(rows).toMatchObject([
      { externalId: "115580000000000002", network: "truth-social", author: "amaker", text: "Chips & phones", postedAt: "2025-11-20T17:08:00.000Z", likes: 12, reposts: 3, replies: 1, quotes: null, views: null, repostOf: null },
      { text: "Of another", postUrl: "https://truthsocial.com/@amaker/115580000000000001", repostOf: "115570000000000001" },
    ]),
  secrets: [TOKEN],
  drifted: { "an error with a good status": '{"error":"Something"}', "an account without a name": account.replace("username", "name") },
  wrong: {
    "another account": { body: (request) => bodies(request).replace('"username":"amaker"', '"username":"other"'), outcome: "UPSTREAM_INVALID" },
    "a post of somebody else": { body: (request) => bodies(request, statuses.replaceAll('"acct":"amaker"', '"acct":"other"')), outcome: "UPSTREAM_INVALID" },
    "figures as text": { body: (request) => bodies(request, statuses.replace('"favourites_count":12', '"favourites_count":"12"')), outcome: "UPSTREAM_INVALID" },
    "a post of the year 2099": { body: (request) => bodies(request, statuses.replace("2025-11-20T17", "2099-11-20T17")), outcome: "UPSTREAM_INVALID" },
    "no post": { body: (request) => bodies(request, "[]"), outcome: (rows) => expect(rows).toEqual([]) },
  },
});

describe("Truth Social", () => {
  it("is off without a token that the network gave", () => {
    expect(providers({ url: "http://127.0.0.1:9", deps: systemFetchDeps }, {}).status()[0]!.capabilities[0]).toMatchObject({ capability: "social", state: "key-missing", missing: ["TRUTH_SOCIAL_ACCESS_TOKEN"] });
  });

  it("gives the posts of the others when somebody has left", async () => {
    const vendor = await startMisbehavingVendor();
    vendor.answers((request) => (request.url.includes("acct=gone") ? { status: 404, body: '{"error":"Record not found"}' } : { body: bodies(request) }));
    expect(await providers({ url: vendor.url, deps: systemFetchDeps }).source("social").fetchPosts({ handles: ["gone", "amaker"], limit: 50 })).toHaveLength(2);
    await vendor.close();
  });
});
