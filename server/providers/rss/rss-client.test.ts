import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemFetchDeps } from "@/server/platform/fetch-text";
import { itSurvivesAMisbehavingVendor, type VendorUnderTest } from "@/server/testing/it-survives-a-misbehaving-vendor";
import { startMisbehavingVendor, type MisbehavingVendor, type VendorAnswer } from "@/server/testing/misbehaving-vendor";
import { vendorFixture } from "@/server/testing/vendor-fixture";
import type { NewsRow } from "../capabilities";
import { createProviders } from "../registry";
import { RSS } from "./rss-vendor";

const fixture = (name: string) => readFileSync(join(import.meta.dirname, "__fixtures__", name), "utf8");
const press = fixture("press.xml");
const providers = ({ url, deps }: VendorUnderTest, feeds: readonly string[] = ["/press.xml"]) => createProviders({ ...vendorFixture("rss", { url, deps, settings: { RSS_FEEDS: feeds.map((path) => url + path).join(",") } }), vendors: [RSS] });
const news = (vendor: VendorUnderTest) => providers(vendor).of("rss", "news")!.fetchNews({ limit: 10 });
const headlines = (rows: unknown) => (rows as NewsRow[]).map(({ headline }) => headline);
const XML = "application/rss+xml; charset=utf-8";
const GOOD = ["Board announces stress test results & scenarios", "Minutes of the meeting of November 4–5"];

itSurvivesAMisbehavingVendor("RSS news", {
  answer: { body: press, contentType: XML },
  call: news,
  expectGood: (rows) => expect(headlines(rows)).toEqual(GOOD),
  secrets: [],
  drifted: {
    "no feed": '<?xml version="1.0"?><opml version="2.0"><body/></opml>',
    "no feed that ends like one": "<opml></opml></rss>",
    "items without headlines": press.replaceAll(/<(\/?)title>/g, "<$1heading>"),
    "items without addresses": press.replaceAll(/<(\/?)(link|guid)( isPermaLink="false")?>/g, "<$1address>"),
    "dates of another form": press.replaceAll(/<pubDate>.*<\/pubDate>/g, "<pubDate>20.11.2026</pubDate>"),
    "JSON": "[]",
    "entities of its own": press.replace("<rss", '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><rss'),
    "entities of another file": press.replace("<rss", '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss'),
    "nested without end": `${"<a>".repeat(200_000)}</rss>`,
  },
  wrong: { "dates ahead of the clock": { body: press.replaceAll("2026", "2098"), outcome: "UPSTREAM_INVALID" } },
  empty: { body: press.replaceAll(/<item>[\s\S]*<\/item>/g, ""), expectEmpty: (rows) => expect(rows).toEqual([]) },
});

describe("RSS", () => {
  let vendor: MisbehavingVendor;
  let ahead = 0;
  const deps = { ...systemFetchDeps, now: () => new Date(Date.now() + ahead), sleep: async () => undefined };
  beforeEach(async () => {
    ahead = 0;
    vendor = await startMisbehavingVendor();
  });
  afterEach(() => vendor.close());
  const at = (path: string, answer: Partial<VendorAnswer>) => (url: string) => (url.startsWith(path) ? { body: "", contentType: XML, ...answer } : null);
  const serve = (...answers: ((url: string) => VendorAnswer | null)[]) => vendor.answers(({ url }) => answers.map((answer) => answer(url)).find((answer) => answer !== null) ?? { status: 404, body: "" });

  it("asks whether there is more, and gives what it had when there is not", async () => {
    vendor.answers(({ headers }) => (headers["if-none-match"] === '"1"' && headers["if-modified-since"] === "Fri, 20 Nov 2026 22:00:00 GMT" ? { status: 304, body: "" } : { body: press, contentType: XML, headers: { etag: '"1"', "last-modified": "Fri, 20 Nov 2026 22:00:00 GMT" } }));
    const source = providers({ url: vendor.url, deps }).source("news");
    const first = await source.fetchNews({ limit: 10 });
    expect(await source.fetchNews({ limit: 10 })).toEqual(first);
    expect(vendor.requests).toHaveLength(2);
    expect(vendor.requests[1]!.headers["if-none-match"]).toBe('"1"');
  });

  it("gives what the other feeds say when one is broken, and tells of that one", async () => {
    serve(at("/press", { body: press }), at("/broken", { body: "<rss><channel><item>" }), at("/atom", { body: fixture("atom.xml") }));
    const { source, status } = providers({ url: vendor.url, deps }, ["/press.xml", "/broken.xml", "/atom.xml"]);
    expect(headlines(await source("news").fetchNews({ limit: 10 }))).toEqual([GOOD[0], "Zinsen & Kurse", GOOD[1]]);
    expect(status()[0]!.capabilities[0]).toMatchObject({ breaker: "closed", failures: 0, lastError: { code: "UPSTREAM_INVALID" } });
  });

  it("fails when every feed does: broken is not empty", async () => {
    serve();
    await expect(providers({ url: vendor.url, deps }, ["/a", "/b"]).source("news").fetchNews({ limit: 10 })).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
  });

  it("leaves a feed alone for as long as it asks, and the others not", async () => {
    serve(at("/busy", { status: 429, headers: { "retry-after": "3600" } }), at("/press", { body: press }));
    const source = providers({ url: vendor.url, deps }, ["/busy", "/press.xml"]).source("news");
    const asked = () => vendor.requests.filter(({ url }) => url === "/busy").length;
    await source.fetchNews({ limit: 1 });
    ahead = 1_800_000;
    expect(await source.fetchNews({ limit: 1 })).toHaveLength(1);
    expect(asked()).toBe(1);
    ahead = 3_700_000;
    await source.fetchNews({ limit: 1 });
    expect(asked()).toBe(2);
  });

  it("searches, bounds and limits by what the feeds say", async () => {
    vendor.answers({ body: press, contentType: XML });
    const source = providers({ url: vendor.url, deps }).source("news");
    expect(headlines(await source.fetchNews({ text: "banks STRESS", limit: 10 }))).toEqual([GOOD[0]]);
    expect(headlines(await source.fetchNews({ from: "2026-11-19", limit: 10 }))).toEqual([GOOD[0]]);
    expect(headlines(await source.fetchNews({ to: "2026-11-18", limit: 10 }))).toEqual([GOOD[1]]);
    expect(await source.fetchNews({ limit: 1 })).toHaveLength(1);
  });

  it("says that it cannot tell by symbol, and holds that against nobody", async () => {
    const all = providers({ url: vendor.url, deps });
    await expect(all.of("rss", "news")!.fetchNews({ symbols: ["AAPL"], limit: 1 })).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE", details: { reason: "not-offered" } });
    expect(all.status()[0]!.capabilities[0]).toMatchObject({ calls: 0, failures: 0 });
  });

  it("reads the feeds of public bodies when none are named", async () => {
    vendor.answers({ body: press, contentType: XML });
    const { source } = createProviders({ ...vendorFixture("rss", { url: vendor.url, deps }), vendors: [RSS] });
    expect(await source("news").fetchNews({ limit: 100 })).not.toHaveLength(0);
    expect(vendor.requests.map(({ url }) => url)).toContain("/feeds/press_all.xml");
  });

  it("reads the first 300 items of a feed without end, in bounded time", async () => {
    const item = (n: number) => `<item><title>Item ${n}</title><link>https://a.example/${n}</link><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate></item>`;
    vendor.answers({ body: `<rss version="2.0"><channel><title>A</title><link>https://a.example/</link>${Array.from({ length: 5_000 }, (_, n) => item(n)).join("")}</channel></rss>`, contentType: XML });
    expect(await providers({ url: vendor.url, deps }).source("news").fetchNews({ limit: 1_000 })).toHaveLength(300);
  });
});
