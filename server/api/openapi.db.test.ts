import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { companyIndex } from "@/server/domain/news/company-mentions";
import { createApiKey } from "@/server/services/api-key/create-api-key";
import type { UserId } from "@/server/services/ctx";
import { storeEarnings, storeEconomicEvents, storeIpos } from "@/server/services/calendar/store-events";
import { storeFxRates } from "@/server/services/crypto/bank-rate";
import { partOfMarket, partsOfDetail, storeCoinParts } from "@/server/services/crypto/coin-parts";
import { storePremiums } from "@/server/services/crypto/store-premiums";
import { storeTickers } from "@/server/services/crypto/store-tickers";
import { createConnection } from "@/server/services/graph/create-connection";
import { notify } from "@/server/services/notification/notify";
import { A_PASSWORD, anAdmin, asPerson, aUser } from "@/server/testing/factories/account-factory";
import { anArticle, storedArticles } from "@/server/testing/factories/news-factory";
import { aPost, storedPosts } from "@/server/testing/factories/social-factory";
import { seedScratch } from "@/server/testing/seed-scratch";
import { createTestCtx } from "@/server/testing/test-ctx";
import { appRouter, createCaller } from "./app-router";
import { exampleName, openapiDocument } from "./openapi";
import { apiSurface } from "./openapi-surface";
import { createRequestMeter } from "./request-meter";
import { operationsOf, requestOf, sendRest, type Operation } from "./rest-drill";
import { restRoutes } from "./rest-routes";
import { tokensOf } from "./rest-token";

type Json = Record<string, unknown>;

const EXAMPLES = join(import.meta.dirname, "openapi-examples.json");
const SURFACE = join(import.meta.dirname, "__golden__/openapi-surface.txt");
/** UPDATE_OPENAPI=1 writes the examples and the surface down anew; what was published may not vanish even then. */
const updates = process.env.UPDATE_OPENAPI === "1";

/** Their examples carry the token of a mail that nobody got. */
const NEEDS_MORE = ["POST /auth/verify-email", "POST /auth/reset-password"];
/** What of an example is of this installation: whom to sign in, which connection, which notification. */
const OF_HERE: Record<string, Json> = {};

const plain = createTestCtx();
/** Seconds apart, examples of one minute would meet its limit. */
const ctx = { ...plain, limiter: { ...plain.limiter, take: async ({ limit }: { limit: number }) => ({ admitted: true, limit, remaining: limit - 1, resetsInMs: 60_000 }) } };
const document = openapiDocument({ serverUrl: "http://api.test", version: "1.0.0" });
const operations = operationsOf(document);
const keys: Record<string, string> = {};
let person: Awaited<ReturnType<typeof asPerson>>;

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
addFormats(ajv);
ajv.addSchema({ $id: "api", components: document.components });
const inDocument = (schema: unknown) => JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"api#/components/')) as Json;
const faultsOf = (schema: unknown, value: unknown) => {
  const validate = ajv.compile(inDocument(schema));
  return validate(value) ? [] : (validate.errors ?? []).slice(0, 3).map(({ instancePath, message }) => `${instancePath} ${message}`);
};
const responseOf = ({ responses }: Operation, status: number) => responses[String(status)] as { headers?: Json; content?: Record<string, { schema: Json; example?: unknown }> } | undefined;

/** Whether an answer is one that the document tells of: its status, its headers, its body. */
async function misfits(operation: Operation, response: Response): Promise<string[]> {
  const told = responseOf(operation, response.status);
  if (!told) return [`${response.status} is not told of`];
  const missing = Object.keys(told.headers ?? {}).filter((name) => !response.headers.has(name)).map((name) => `${response.status} lacks ${name}`);
  const text = await response.text();
  const media = told.content?.["application/json"];
  if (!media) return text === "" ? missing : [...missing, `${response.status} has a body`];
  return [...missing, ...faultsOf(media.schema, JSON.parse(text) as unknown)];
}

const as = (scope: string) => ({ authorization: `Bearer ${keys[scope]}` });
/** Whoever may call the operation: a key with its scope; for what ends a login or an account, somebody who has just signed in. */
async function allowed({ byLogin, scope }: Operation): Promise<{ authorization: string }> {
  return byLogin ? { authorization: `Bearer ${tokensOf(ctx, await asPerson(ctx, await aUser(ctx.db))).accessToken}` } : as(scope);
}

/** A coin with all of its parts, so that the examples have them. */
async function storeBitcoin(runId: string): Promise<void> {
  const at = "2026-11-20T05:59:30.000Z";
  const told = (provider: "upbit" | "coingecko" | "yahoo") => ({ provenance: { provider, asOf: at, url: null, accession: null } });
  await storeTickers(ctx, [{ ...told("upbit"), coin: "BTC", quoteCurrency: "KRW", market: "KRW-BTC", price: 150_389_000, previousClose: 149_000_000, previousCloseAt: null, change24h: 0.0093, high24h: 151_000_000, low24h: 148_500_000, volume24h: 1_487.5, value24h: 223_000_000_000, at, nameEn: "Bitcoin", nameKo: "비트코인", warnings: [] }], { runId, exchange: "upbit" });
  await storeFxRates(ctx, [{ ...told("yahoo"), base: "USD", quote: "KRW", rate: 1_375, at }], runId);
  await storePremiums((text, values) => ctx.db.$queryRawUnsafe(text, ...values), [{ exchange: "upbit", coin: "BTC", at: new Date(at), krwPrice: 150_389_000, usdPrice: 107_830, bankRate: 1_375, bankRateAt: new Date(at), bankRateSource: "yahoo", impliedRate: 1_390, bank: 0.014317, implied: 0.003371, dollarCoin: 0.010909, fault: null, impliedFault: null, match: "known" }], { runId, provider: "nexus-engine" });
  await storeCoinParts(ctx, [
    partOfMarket({ ...told("coingecko"), id: "bitcoin", coin: "BTC", name: "Bitcoin", rank: 1, price: 107_900, currency: "USD", marketCap: 2_150_000_000_000, volume24h: null, circulating: 19_950_000, total: 19_950_000, max: 21_000_000, change24h: null, allTimeHigh: 126_000, imageUrl: null, at: null }),
    ...partsOfDetail({ ...told("coingecko"), id: "bitcoin", coin: "BTC", name: "Bitcoin", description: "What the vendor writes of the coin.", categories: ["Layer 1 (L1)"], genesisDate: "2009-01-03", consensus: "SHA-256", homepage: "https://bitcoin.org", whitepaper: null, repositories: ["https://github.com/bitcoin/bitcoin"], development: { stars: 73_000, forks: 36_000, contributors: 846, commits4Weeks: 108, issuesOpen: 380, issuesClosed: 7_400 }, community: null, marketCapRank: 1, updatedAt: null }),
  ], runId);
}

beforeAll(async () => {
  await seedScratch(ctx);
  person = await asPerson(ctx, await aUser(ctx.db));
  for (const scope of ["read", "trade", "post"] as const) keys[scope] = (await createApiKey(person, { name: scope, scopes: [scope], allowedOrigins: [], expiresInDays: 1 })).key;
  const admin = await asPerson(ctx, await anAdmin(ctx.db));
  const { email } = await ctx.db.user.findUniqueOrThrow({ where: { id: person.user.id } });
  await ctx.db.$transaction((tx) => notify(tx, person, { userId: person.user.id, kind: "security.password-changed", params: {} }));
  const { id } = await ctx.db.notification.findFirstOrThrow({ where: { userId: person.user.id } });
  const said = { kind: "supply" as const, strength: 0.1, sign: 1 as const, reason: "For the drill" };
  const [kept, goes] = [await createConnection(admin, { ...said, from: "company:CAT", to: "company:HD" }), await createConnection(admin, { ...said, from: "company:DE", to: "company:HD" })];
  const published = new Date("2026-11-16T13:05:00Z");
  await storedArticles(ctx, [
    anArticle("Caterpillar profit rises as interest rates fall, banks cheer", { publishedAt: published, tickers: ["CAT"] }),
    anArticle("Caterpillar warns of weaker demand in mining", { publishedAt: new Date("2026-11-17T09:30:00Z"), tickers: ["CAT"] }),
  ], companyIndex([{ ticker: "CAT", name: "Caterpillar Inc." }]));
  await storedPosts(ctx, [aPost("example", "$CAT profit rises again", { externalId: "1", postUrl: "https://social.example/example/1", postedAt: "2026-11-16T14:00:00Z", authorName: "An Example", likes: 1_200, reposts: 300, replies: 80 })]);
  const calendarRun = await ctx.db.ingestionRun.create({ data: { provider: "test", subject: "calendar", scope: "test" } });
  const told = { provenance: { provider: "finnhub" as const, asOf: "2026-11-16", url: null, accession: null } };
  const bringing = { runId: calendarRun.id, window: { from: "2026-11-16", to: "2026-11-29" } };
  await ctx.db.indexMember.create({ data: { index: "SP500", symbol: "CAT", provider: "test", asOf: published, runId: calendarRun.id } });
  await storeEarnings(ctx, [{ ...told, symbol: "CAT", date: "2026-11-18", when: "before-open", fiscalYear: 2026, fiscalQuarter: 3, epsEstimate: "4.10", epsActual: "4.51", revenueEstimate: "16000000000", revenueActual: null, currency: "USD" }], bringing);
  await storeIpos(ctx, [{ ...told, symbol: "EXMP", name: "Example Robotics", date: "2026-11-20", exchange: "NASDAQ", priceLow: "17", priceHigh: "19", shares: "10000000", totalValue: null, currency: "USD", status: "expected" }], bringing);
  await storeEconomicEvents(ctx, [{ ...told, externalId: null, name: "Consumer price index", country: "US", at: "2026-11-18T13:30:00.000Z", importance: "high", unit: "%", actual: null, estimate: "2.9", previous: "3.0", period: "2026-10", seriesId: "CPIAUCSL" }], bringing);
  await storeBitcoin(calendarRun.id);
  Object.assign(OF_HERE, {
    "POST /auth/login": { email, password: A_PASSWORD },
    "POST /auth/refresh": { refreshToken: tokensOf(ctx, await asPerson(ctx, await aUser(ctx.db))).refreshToken },
    "PATCH /connections/{connectionId}": { connectionId: kept.id },
    "POST /connections/{connectionId}/verify": { connectionId: kept.id },
    "DELETE /connections/{connectionId}": { connectionId: goes.id },
    "POST /notifications/read": { ids: [id] },
  });
  keys.admin = (await createApiKey(admin, { name: "admin", scopes: ["admin"], allowedOrigins: [], expiresInDays: 1 })).key;
}, 240_000);
afterAll(() => ctx.db.$disconnect());

describe("the document of the API", () => {
  it("is an OpenAPI 3.1 document whose references, names and schemas hold", () => {
    expect(document).toMatchObject({ openapi: "3.1.0", info: { title: expect.any(String), version: expect.any(String) }, servers: [{ url: "http://api.test/api/v1" }] });
    const text = JSON.stringify(document);
    const dangling = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].filter(([, pointer]) => pointer!.split("/").reduce<unknown>((at, part) => (at as Json | undefined)?.[part], document) === undefined);
    expect(dangling.map(([, pointer]) => pointer)).toEqual([]);
    const ids = operations.map(({ spec }) => spec.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const tags = (document.tags as { name: string; description?: string }[]);
    expect(tags.filter(({ description }) => !description)).toEqual([]);
    for (const { path, spec, pathNames, responses, input } of operations) {
      expect(pathNames).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
      expect(spec).toMatchObject({ operationId: expect.stringMatching(/^[a-zA-Z0-9]+$/), summary: expect.any(String), tags: [tags.find(({ name }) => name === path.split("/")[1])!.name] });
      for (const schema of Object.values(input)) expect(() => ajv.compile(inDocument(schema))).not.toThrow();
      for (const [status, response] of Object.entries(responses)) expect([status, response.description]).toEqual([expect.stringMatching(/^[2-5]\d\d$/), expect.any(String)]);
    }
    for (const schema of Object.values((document.components as { schemas: Json }).schemas)) expect(ajv.validateSchema(inDocument(schema))).toBe(true);
  });

  it("shows of every answer an example that its schema allows", () => {
    const faults = operations.flatMap(({ method, path, spec, responses }) =>
      Object.entries(responses).flatMap(([status, response]) => {
        const media = (response.content as Record<string, { schema: Json; example?: unknown }> | undefined)?.["application/json"];
        if (!media || (status.startsWith("2") && NEEDS_MORE.includes(`${method} ${path}`))) return [];
        return media.example === undefined ? [`${String(spec.operationId)} ${status}: none`] : faultsOf(media.schema, media.example).map((fault) => `${String(spec.operationId)} ${status}: ${fault}`);
      }),
    );
    expect(updates ? [] : faults).toEqual([]);
  });

  it("shows inputs that its schemas allow", () => {
    const faults = operations.flatMap(({ path, example, input }) => Object.entries(example).flatMap(([name, value]) => faultsOf(input[name] ?? false, value).map((fault) => `${path} ${name}: ${fault}`)));
    expect(faults).toEqual([]);
  });

  it("only grows, and each change of it is seen", () => {
    const surface = apiSurface(document);
    const kept = readFileSync(SURFACE, "utf8").split("\n").filter((line) => line !== "");
    const nameOf = (line: string) => line.split(" = ")[0]!;
    const present = new Set(surface.map(nameOf));
    expect(kept.map(nameOf).filter((name) => !present.has(name))).toEqual([]);
    if (updates) writeFileSync(SURFACE, `${surface.join("\n")}\n`);
    else expect(surface).toEqual(kept);
  });
});

describe("every operation", () => {
  it("answers its example as the document says", async () => {
    const written: Json = {};
    const faults: string[] = [];
    for (const operation of operations) {
      const name = exampleName(operation as unknown as Parameters<typeof exampleName>[0]);
      const response = await sendRest(ctx, requestOf(operation, { ...operation.example, ...OF_HERE[name] }, { headers: await allowed(operation) }));
      const needsMore = NEEDS_MORE.includes(name);
      if (needsMore ? response.status < 400 || response.status >= 500 : !response.ok) faults.push(`${name}: ${response.status} ${(await response.clone().text()).slice(0, 200)}`);
      faults.push(...(await misfits(operation, response.clone())).map((misfit) => `${name}: ${misfit}`));
      if (response.ok) written[name] = shortened(((await response.json()) as { data: unknown }).data);
    }
    expect(faults).toEqual([]);
    if (updates) writeFileSync(EXAMPLES, `${JSON.stringify(withoutPerson(written), null, 1)}\n`);
  }, 120_000);

  it("refuses as the document says: no key, a wrong key, another scope, an unknown thing, a broken rule, a used-up limit", async () => {
    const statuses = new Set<number>();
    const faults: string[] = [];
    const check = async (operation: Operation, response: Response) => {
      statuses.add(response.status);
      faults.push(...(await misfits(operation, response)).map((misfit) => `${operation.method} ${operation.path}: ${misfit}`));
    };
    const refusing = { ...plain, limiter: { ...plain.limiter, take: async ({ limit }: { limit: number }) => ({ admitted: false, limit, remaining: 0, resetsInMs: 30_000 }) } };
    for (const operation of operations) {
      const { example, scope, isPublic, input, method } = operation;
      if (!isPublic) await check(operation, await sendRest(ctx, requestOf(operation, example)));
      await check(operation, await sendRest(ctx, requestOf(operation, example, { headers: { authorization: "Bearer nxa_live_nothing" } })));
      await check(operation, await sendRest(ctx, requestOf(operation, example, { headers: as(scope === "read" ? "post" : "read") })));
      await check(operation, await sendRest(ctx, requestOf(operation, example, { headers: { ...(await allowed(operation)), accept: "text/html" } })));
      await check(operation, await sendRest(ctx, requestOf(operation, { ...example, nothing: "1" }, { headers: await allowed(operation) })));
      await check(operation, await sendRest(refusing, requestOf(operation, example, { headers: await allowed(operation) })));
      for (const name of scope === "admin" ? [] : ["ticker", "symbol", "code", "key"].filter((one) => one in example)) await check(operation, await sendRest(ctx, requestOf(operation, { ...example, [name]: "ZZZZNOPE" }, { headers: as(scope) })));
      if (operation.path === "/analysis/circuit-diagram") await check(operation, await sendRest(ctx, requestOf(operation, { ...example, ticker: "JPM" }, { headers: as(scope) })));
      if (method === "GET") {
        const etag = (await sendRest(ctx, requestOf(operation, example, { headers: as(scope) }))).headers.get("etag")!;
        await check(operation, await sendRest(ctx, requestOf(operation, example, { headers: { ...as(scope), "if-none-match": etag } })));
      } else if (method !== "DELETE") {
        if (Object.keys(input).length > 0) await check(operation, await sendRest(ctx, requestOf(operation, example, { headers: { ...(await allowed(operation)), "content-type": "text/plain" } })));
        await check(operation, await sendRest(ctx, requestOf(operation, example, { headers: await allowed(operation), rawBody: "x".repeat(300_000) })));
      }
    }
    expect(faults).toEqual([]);
    expect([...statuses].sort()).toEqual([304, 400, 401, 403, 404, 406, 413, 415, 422, 429]);
  }, 240_000);

  it("that reads answers on REST what its procedure answers on tRPC", async () => {
    const origin = { address: "203.0.113.9", userAgent: "", place: "", requestId: "equal-bodies" };
    const call = { ...ctx, caller: { kind: "session" as const, user: { ...person.user, id: person.user.id as UserId }, sessionId: person.sessionId, steppedUpAt: null, impersonatorId: null }, origin };
    const caller = createCaller({ ...call, ...createRequestMeter(call, "app"), requestId: origin.requestId });
    for (const { procedure, method, path, input, type } of restRoutes(appRouter)) {
      const operation = operations.find((one) => one.path === path && one.method === method)!;
      if (type !== "query") continue;
      const [noun, verb] = procedure.split(".") as [keyof typeof caller, string];
      const ask = (caller[noun] as unknown as Record<string, (given?: Json) => Promise<unknown>>)[verb]!;
      const response = await sendRest(ctx, requestOf(operation, operation.example, { headers: as(operation.scope) }));
      expect({ path, data: ((await response.json()) as { data: unknown }).data }).toEqual({ path, data: JSON.parse(JSON.stringify(await ask(input ? operation.example : undefined))) as unknown });
    }
  }, 120_000);
});

const LISTED = 3;

/** The first of every list: an example shows what a thing looks like, not how many there are. */
function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, LISTED).map(shortened);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shortened(part)]));
}

/** The reader of the document stands in for the person of the test, whose tokens open nothing there. */
function withoutPerson(written: Json): Json {
  const profile = { id: "019a0000-0000-7000-8000-000000000001", email: "ada@example.com", handle: "ada", name: "Ada", createdAt: "2026-11-21T06:00:00.000Z" };
  const named = Object.fromEntries(Object.entries(written).map(([name, data]) => [name, /^(GET|PATCH) \/users\/me$/.test(name) ? { ...(data as Json), ...profile } : data]));
  return JSON.parse(JSON.stringify(named).replaceAll(person.user.id, profile.id).replace(/nxa_(access|refresh)_[\w-]+/g, "nxa_$1_0123456789abcdefghijABCDEFGHIJ0123456789")) as Json;
}
