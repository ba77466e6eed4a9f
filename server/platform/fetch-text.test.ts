import { gzipSync } from "node:zlib";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { AppError } from "@/server/domain/app-error";
import { startMisbehavingVendor, type MisbehavingVendor } from "@/server/testing/misbehaving-vendor";
import { fetchCsv } from "./fetch-csv";
import { fetchJson } from "./fetch-json";
import { fetchText, systemFetchDeps, type FetchOptions } from "./fetch-text";
import { fetchXml } from "./fetch-xml";

const KEY = "hush-hush/123";
const shape = z.object({ value: z.number() });
const slept: number[] = [];
const deps = { ...systemFetchDeps, random: () => 0.5, sleep: async (ms: number) => void slept.push(ms) };
const options: FetchOptions = { provider: "acme", secrets: [KEY], attemptMs: 2_000, deps };

let vendor: MisbehavingVendor;
beforeAll(async () => void (vendor = await startMisbehavingVendor()));
afterAll(() => vendor.close());
beforeEach(() => {
  vendor.requests.length = 0;
  slept.length = 0;
  vendor.always({ kind: "none" });
  vendor.answers({ body: '{"value":1}' });
});

const address = (path = "/series") => Object.assign(new URL(vendor.url + path), { search: `${new URLSearchParams({ id: "GDP", api_key: KEY })}` });
const json = (more: Partial<FetchOptions> = {}) => fetchJson(address(), shape, { ...options, ...more });
const failure = async (work: Promise<unknown>): Promise<AppError> => {
  const error = await work.then(() => null, (thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AppError);
  const { message, details } = error as AppError;
  for (const spelling of [KEY, encodeURIComponent(KEY)]) expect(JSON.stringify({ message, details })).not.toContain(spelling);
  return error as AppError;
};

describe("retries", () => {
  it("asks again after a busy or broken answer and says which attempt failed at last", async () => {
    vendor.next({ kind: "status", status: 503 }, { kind: "reset" });
    expect(await json()).toEqual({ value: 1 });
    expect(slept).toEqual([125, 250]);
    vendor.always({ kind: "status", status: 500 });
    expect(await failure(json())).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", details: { provider: "acme", status: 500, attempt: 3 } });
  });

  it("waits as long as Retry-After asks, and gives up at once when that is too long", async () => {
    vendor.next({ kind: "status", status: 429, retryAfter: "3" });
    expect(await json()).toEqual({ value: 1 });
    expect(slept).toEqual([3_125]);
    vendor.next({ kind: "status", status: 429, retryAfter: "3600" });
    const told: (number | null)[] = [];
    expect(await failure(json({ onBusy: (askedMs) => told.push(askedMs) }))).toMatchObject({ code: "RATE_LIMITED", details: { status: 429, attempt: 1, retryAfterMs: 3_600_000 } });
    expect(told).toEqual([3_600_000]);
  });

  it("does not ask again when the question was refused", async () => {
    for (const [status, code] of [[400, "UPSTREAM_INVALID"], [401, "UPSTREAM_UNAVAILABLE"], [403, "UPSTREAM_UNAVAILABLE"], [404, "UPSTREAM_INVALID"]] as const) {
      vendor.requests.length = 0;
      vendor.next({ kind: "status", status, body: `{"error":"bad key ${KEY}"}` });
      expect((await failure(json())).code).toBe(code);
      expect(vendor.requests).toHaveLength(1);
    }
  });

  it("lets the adapter say what a refusal means, but believes no web page", async () => {
    const meaningOf = (status: number) => (status === 404 ? ("NOT_FOUND" as const) : null);
    vendor.next({ kind: "status", status: 404 });
    expect((await failure(json({ meaningOf }))).code).toBe("NOT_FOUND");
    vendor.next({ kind: "html", status: 404 });
    expect((await failure(json({ meaningOf }))).code).toBe("UPSTREAM_INVALID");
  });
});

describe("limits", () => {
  it.each(["hang", "drip"] as const)("counts the body towards the time-out of a vendor that does %s", async (kind) => {
    vendor.always(kind === "hang" ? { kind } : { kind, everyMs: 40 });
    expect(await failure(json({ attemptMs: 120, retries: 1 }))).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", details: { reason: "time-out", attempt: 2 } });
  });

  it("ends all attempts within the time for the whole call", async () => {
    vendor.always({ kind: "hang" });
    const from = performance.now();
    await failure(json({ attemptMs: 1_000, withinMs: 200, retries: 5, deps: systemFetchDeps }));
    expect(performance.now() - from).toBeLessThan(900);
  });

  it("stops at the size, also of a body that is small while it is packed", async () => {
    vendor.next({ kind: "oversize", bytes: 50_000_000 });
    expect(await failure(json({ maxBytes: 100_000 }))).toMatchObject({ code: "UPSTREAM_INVALID", details: { reason: "too-large" } });
    const bomb = createServer((_, response) => response.writeHead(200, { "content-encoding": "gzip", "content-type": "application/json" }).end(gzipSync(Buffer.alloc(5_000_000, 32))));
    await new Promise<void>((resolve) => bomb.listen(0, "127.0.0.1", resolve));
    const url = new URL(`http://127.0.0.1:${(bomb.address() as AddressInfo).port}/`);
    expect(await failure(fetchText(url, { ...options, maxBytes: 100_000 }))).toMatchObject({ details: { reason: "too-large" } });
    bomb.close();
  });

  it("ends at the caller's abort with the caller's own reason, while it waits or while it pauses", async () => {
    vendor.always({ kind: "hang" });
    const first = new AbortController();
    setTimeout(() => first.abort(new Error("enough")), 50);
    await expect(json({ signal: first.signal })).rejects.toThrow("enough");
    vendor.always({ kind: "status", status: 503 });
    const second = new AbortController();
    setTimeout(() => second.abort(new Error("enough")), 50);
    await expect(json({ signal: second.signal, deps: { ...systemFetchDeps, random: () => 0.9 } })).rejects.toThrow();
  });

  it("takes a call of the budget for each attempt and gives it back", async () => {
    let [taken, running] = [0, 0];
    vendor.always({ kind: "status", status: 502 });
    const beforeAttempt = async () => {
      taken += 1;
      running += 1;
      let held = true;
      return () => {
        if (held) running -= 1;
        held = false;
      };
    };
    await failure(json({ beforeAttempt }));
    expect([taken, running]).toEqual([3, 0]);
  });
});

describe("redirects", () => {
  it("follows them on the host", async () => {
    vendor.next({ kind: "redirect", to: "/moved" });
    expect(await json()).toEqual({ value: 1 });
    expect(vendor.requests.map(({ url }) => url.split("?")[0])).toEqual(["/series", "/moved"]);
  });

  it("refuses them to another host, in circles and to nowhere, and sends no header there", async () => {
    const other = await startMisbehavingVendor();
    other.answers({ body: '{"value":2}' });
    vendor.next({ kind: "redirect", to: `${other.url}/x?api_key=${encodeURIComponent(KEY)}` });
    expect(await failure(json({ headers: { "x-key": KEY } }))).toMatchObject({ code: "UPSTREAM_INVALID", details: { reason: "redirect" } });
    expect(other.requests).toHaveLength(0);
    vendor.next({ kind: "redirect", to: `${other.url}/x` });
    expect(await json({ headers: { "x-key": KEY }, redirectHosts: ["127.0.0.1"] })).toEqual({ value: 2 });
    expect(other.requests[0]!.headers["x-key"]).toBeUndefined();
    await other.close();
    for (const to of ["/again", "http://["]) {
      vendor.always({ kind: "redirect", to });
      expect(await failure(json())).toMatchObject({ details: { reason: "redirect" } });
    }
  });
});

describe("bodies", () => {
  it("tells a web page, a cut answer, no JSON, another type and another shape apart", async () => {
    const cases: [Parameters<MisbehavingVendor["next"]>[0], string][] = [
      [{ kind: "html", status: 200, body: `key ${KEY}` }, "html"],
      [{ kind: "answer", answer: { body: " <!DOCTYPE html><html></html>", contentType: "application/json" } }, "html"],
      [{ kind: "truncated" }, "truncated"],
      [{ kind: "answer", answer: { body: "" } }, "truncated"],
      [{ kind: "answer", answer: { body: "[1,]" } }, "not-json"],
      [{ kind: "answer", answer: { body: "{}", contentType: "image/png" } }, "content-type"],
      [{ kind: "answer", answer: { body: '{"value":"1"}' } }, "schema"],
    ];
    for (const [behaviour, reason] of cases) {
      vendor.next(behaviour);
      expect(await failure(json())).toMatchObject({ code: "UPSTREAM_INVALID", details: { reason } });
    }
  });

  it("asks again when the connection is cut in the middle", async () => {
    vendor.next({ kind: "cut connection" });
    expect(await json()).toEqual({ value: 1 });
    expect(vendor.requests).toHaveLength(2);
  });

  it("reads the text in the encoding of the header or of the XML declaration", async () => {
    const latin = createServer((request, response) => response.writeHead(200, { "content-type": request.url === "/a" ? "text/xml" : "text/xml; charset=iso-8859-1" }).end(Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>Müller</a>', "latin1")));
    await new Promise<void>((resolve) => latin.listen(0, "127.0.0.1", resolve));
    const base = `http://127.0.0.1:${(latin.address() as AddressInfo).port}`;
    for (const path of ["/a", "/b"]) expect((await fetchText(new URL(base + path), options)).text).toContain("Müller");
    latin.close();
  });

  it("takes 304 for an answer only when it asked whether anything is new", async () => {
    vendor.answers(({ headers }) => (headers["if-none-match"] === '"v1"' ? { status: 304, body: "" } : { body: "news", headers: { etag: '"v1"', "last-modified": "Fri, 20 Nov 2026 10:00:00 GMT" } }));
    const { validators } = await fetchText(address(), options);
    expect(validators).toEqual({ etag: '"v1"', lastModified: "Fri, 20 Nov 2026 10:00:00 GMT" });
    expect(await fetchText(address(), { ...options, headers: { "if-none-match": validators.etag! } })).toMatchObject({ status: 304, text: "" });
    vendor.always({ kind: "status", status: 304 });
    await expect(fetchText(address(), options)).rejects.toMatchObject({ code: "UPSTREAM_INVALID", details: { status: 304 } });
  });

  it("gives an address without keys, names us, and tells the vendor's clock", async () => {
    vendor.next({ kind: "clock skew", ms: -3_600_000 });
    const { url, vendorTime, receivedAt } = await fetchText(address(), options);
    expect(url).toBe(`${vendor.url}/series?id=GDP`);
    expect(receivedAt.getTime() - vendorTime!.getTime()).toBeGreaterThan(3_590_000);
    expect(vendor.requests[0]!.headers["user-agent"]).toMatch(/^Nexus-Alpha/);
  });

  it("names a vendor that cannot be reached without naming its address", async () => {
    const error = await failure(fetchText(new URL(`http://127.0.0.1:1/${KEY}`), { ...options, retries: 0 }));
    expect(error).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", details: { attempt: 1, status: null } });
  });
});

describe("fetchCsv and fetchXml", () => {
  const row = z.object({ DATE: z.iso.date(), GDP: z.string() });

  it("reads rows by the names of the first line", async () => {
    vendor.next({ kind: "answer", answer: { body: "\uFEFFDATE,GDP\r\n2026-01-01,1.5\r\n", contentType: "text/csv" } });
    expect(await fetchCsv(address(), row, options)).toEqual([{ DATE: "2026-01-01", GDP: "1.5" }]);
  });

  it("refuses a row of another length or shape", async () => {
    for (const [body, reason] of [["DATE,GDP\n2026-01-01,1", "truncated"], ["", "truncated"], ["DATE,GDP\n2026-01-01\n", "not-csv"], ["day,GDP\n2026-01-01,1\n", "schema"]]) {
      vendor.next({ kind: "answer", answer: { body: body!, contentType: "text/csv" } });
      expect(await failure(fetchCsv(address(), row, options))).toMatchObject({ code: "UPSTREAM_INVALID", details: { reason } });
    }
  });

  it("reads XML, and refuses entities before any parser sees them", async () => {
    const read = (text: string) => ({ value: Number(/<v>(\d+)<\/v>/.exec(text)![1]) });
    vendor.next({ kind: "answer", answer: { body: "<a><v>7</v></a>", contentType: "application/xml" } });
    expect(await fetchXml(address(), read, shape, options)).toEqual({ value: 7 });
    for (const [body, reason] of [['<!DOCTYPE a [<!ENTITY x "y">]><a/>', "entities"], ["<a><v>", "not-xml"]]) {
      vendor.next({ kind: "answer", answer: { body: body!, contentType: "text/xml" } });
      expect(await failure(fetchXml(address(), read, shape, options))).toMatchObject({ details: { reason } });
    }
  });
});
