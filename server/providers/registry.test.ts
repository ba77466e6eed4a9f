import { describe, expect, it } from "vitest";
import { AppError, type ErrorCode } from "@/server/domain/app-error";
import { readEnv } from "@/server/platform/env";
import { systemFetchDeps } from "@/server/platform/fetch-text";
import { createMemoryRateLimiter } from "@/server/platform/rate-limiter";
import { CAPABILITY_METHODS, VENDOR_IDS, type QuoteRow, type VendorId } from "./capabilities";
import { createProviders } from "./registry";
import type { VendorDefinition } from "./vendor-definition";
import { VENDORS } from "./vendor-list";

const SECRET = "hush-hush-hush-123";
const asked: VendorId[] = [];

/** A vendor that fails by this code, or quotes its own id. */
const vendor = (id: VendorId, priority: number, code: ErrorCode | null, needs: readonly "FINNHUB_API_KEY"[] = []): VendorDefinition => ({
  id, name: id, signUpUrl: `https://${id}.example/keys`, bases: {}, variables: needs.map((name) => ({ name, required: true, secret: true })), budget: () => ({ windows: [], concurrency: 1 }), offers: { quotes: { priority, needs } },
  create: ({ client }) => ({
    quotes: {
      fetchQuotes: (_, options) => client.run("quotes", options, async (http) => {
        asked.push(id);
        if (code !== null) throw new AppError(code, `${id}: failed`, { provider: id });
        return [{ symbol: "A", provenance: http.provenance() } as QuoteRow];
      }),
    },
  }),
});

const providers = (vendors: VendorDefinition[], settings: Record<string, string> = {}) => {
  asked.length = 0;
  return createProviders({ vendors, env: readEnv({ PROVIDERS: "on", ...settings }), limiter: createMemoryRateLimiter(), log: { warn: () => undefined }, deps: systemFetchDeps });
};
const quotes = ({ source }: ReturnType<typeof providers>) => source("quotes").fetchQuotes({ symbols: ["A"] });

describe("fallback", () => {
  it.each(["UPSTREAM_UNAVAILABLE", "UPSTREAM_INVALID", "RATE_LIMITED"] as const)("asks the next vendor after %s, by priority", async (code) => {
    const [row] = await quotes(providers([vendor("polygon", 3, null), vendor("finnhub", 2, null), vendor("yahoo", 1, code)]));
    expect(asked).toEqual(["yahoo", "finnhub"]);
    expect(row!.provenance.provider).toBe("finnhub");
  });

  it.each(["INVALID_INPUT", "NOT_FOUND"] as const)("does not ask another after %s", async (code) => {
    await expect(quotes(providers([vendor("yahoo", 1, code), vendor("finnhub", 2, null)]))).rejects.toMatchObject({ code });
    expect(asked).toEqual(["yahoo"]);
  });

  it("goes past an open breaker without a call", async () => {
    const all = providers([vendor("yahoo", 1, "UPSTREAM_UNAVAILABLE"), vendor("finnhub", 2, null)]);
    for (let n = 0; n < 8; n++) await quotes(all);
    expect(asked.filter((id) => id === "yahoo")).toHaveLength(5);
    expect(all.status()[0]!.capabilities[0]).toMatchObject({ breaker: "open", failures: 5 });
  });

  it("names all that were tried when none answers", async () => {
    await expect(quotes(providers([vendor("yahoo", 1, "UPSTREAM_INVALID"), vendor("finnhub", 2, "RATE_LIMITED")]))).rejects.toMatchObject({
      code: "UPSTREAM_UNAVAILABLE", details: { capability: "quotes", tried: [{ provider: "yahoo", code: "UPSTREAM_INVALID" }, { provider: "finnhub", code: "RATE_LIMITED" }] },
    });
    await expect(quotes(providers([vendor("finnhub", 2, "RATE_LIMITED")]))).rejects.toMatchObject({ code: "RATE_LIMITED" });
    await expect(quotes(providers([]))).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE", details: { reason: "not-configured", tried: [] } });
  });

  it("stops when the caller leaves", async () => {
    const leaving = new AbortController();
    leaving.abort(new Error("enough"));
    await expect(providers([vendor("yahoo", 1, null)]).source("quotes").fetchQuotes({ symbols: [] }, { signal: leaving.signal })).rejects.toThrow("enough");
  });
});

describe("what is on", () => {
  const both = [vendor("finnhub", 1, null, ["FINNHUB_API_KEY"]), vendor("yahoo", 2, null)];

  it("leaves out a vendor whose key is not set, and says which", () => {
    const { vendorsWith, status, of } = providers(both);
    expect(vendorsWith("quotes")).toEqual(["yahoo"]);
    expect(of("finnhub", "quotes")).toBeNull();
    expect(status()[0]).toMatchObject({ vendor: "finnhub", signUpUrl: "https://finnhub.example/keys", variables: [{ name: "FINNHUB_API_KEY", set: false }], capabilities: [{ capability: "quotes", state: "key-missing", missing: ["FINNHUB_API_KEY"] }] });
  });

  it("takes it in once the key is set, and tells the key to nobody", () => {
    const { vendorsWith, status } = providers(both, { FINNHUB_API_KEY: SECRET });
    expect(vendorsWith("quotes")).toEqual(["finnhub", "yahoo"]);
    expect(JSON.stringify(status())).not.toContain(SECRET);
  });

  it("obeys the switch", () => {
    expect(providers(both, { PROVIDERS: "off" }).vendorsWith("quotes")).toEqual([]);
    expect(providers(both, { PROVIDERS: "off" }).status()[1]!.capabilities[0]!.state).toBe("switched-off");
    expect(providers(both, { PROVIDERS: "yahoo", FINNHUB_API_KEY: SECRET }).vendorsWith("quotes")).toEqual(["yahoo"]);
    expect(() => providers(both, { PROVIDERS: "yahooo" })).toThrow("yahooo");
  });

  it("is off unless it is switched on", () => expect(readEnv({}).PROVIDERS).toBe("off"));
});

describe("settings", () => {
  it("tells of a bad key which it is, never what it is", () => {
    const settings = { FRED_API_KEY: "Hush-1", FINNHUB_API_KEY: "hush 2 hush", SEC_USER_AGENT: "hush-3", RSS_FEEDS: "ftp://hush-4", PROVIDERS: "on,hush-5", PROVIDER_BASE_URLS: "yahoo=https://hush-6.example" };
    try {
      readEnv(settings);
      expect.unreachable();
    } catch (error) {
      for (const name of Object.keys(settings)) expect(String(error)).toContain(name);
      expect(String(error)).not.toMatch(/hush/i);
    }
  });
});

describe("the vendors", () => {
  const everyKey = { FRED_API_KEY: "a".repeat(32), SEC_USER_AGENT: "Acme admin@acme.example", RSS_FEEDS: "https://feeds.example/a", ...Object.fromEntries(VENDORS.flatMap(({ variables }) => variables).filter(({ secret, name }) => secret && name !== "FRED_API_KEY").map(({ name }) => [name, "k".repeat(40)])) };

  it("stand in the list once each", () => {
    const ids = VENDORS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(VENDOR_IDS).toEqual(expect.arrayContaining(ids));
  });

  it.each(VENDORS.map((definition) => [definition.id, definition] as const))("%s makes what it offers, needs what it names, and says where a key is got", (id, definition) => {
    const { of, status } = providers([definition], everyKey);
    for (const capability of Object.keys(definition.offers) as (keyof typeof definition.offers)[]) {
      expect(of(id, capability), capability).toHaveProperty(CAPABILITY_METHODS[capability]);
      for (const need of definition.offers[capability]!.needs ?? []) expect(definition.variables.map(({ name }) => name)).toContain(need);
    }
    expect(status()[0]!.signUpUrl).toMatch(/^https:\/\//);
    for (const base of Object.values(definition.bases)) expect(base).toMatch(/^(https|wss):\/\/[^/]+(\/.*[^/])?$/);
  });

  it("give no two the same priority for a capability", () => {
    const taken = VENDORS.flatMap(({ offers }) => Object.entries(offers).map(([capability, offer]) => `${capability} ${offer.priority}`));
    expect(taken.filter((place, at) => taken.indexOf(place) !== at)).toEqual([]);
  });
});
