import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiKey } from "@/server/services/api-key/create-api-key";
import { asPerson, aUser } from "@/server/testing/factories/account-factory";
import { seedScratch } from "@/server/testing/seed-scratch";
import { createTestCtx } from "@/server/testing/test-ctx";
import { appRouter } from "./app-router";
import { API_ROOT } from "./handle-rest";
import { openapiDocument } from "./openapi";
import { operationsOf, requestOf, sendRest, type Operation, type RestCall } from "./rest-drill";
import { matchRoute, restRoutes } from "./rest-routes";
import { tokensOf } from "./rest-token";

type Json = Record<string, unknown>;
type Schema = { type?: string | string[]; enum?: unknown[]; anyOf?: Schema[]; items?: Schema; properties?: Record<string, Schema>; required?: string[]; minimum?: number; maximum?: number; minItems?: number; maxItems?: number; maxLength?: number };

/** Inputs of each operation and caller; FUZZ_RUNS=200 looks longer. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 24);
/** They are refused before their input is looked at. */
const FEWER = ["key without scope", "wrong key"];

const SEED = Number(process.env.FC_SEED ?? 20_261_121);

const plain = createTestCtx();
const ctx = { ...plain, limiter: { ...plain.limiter, take: async ({ limit }: { limit: number }) => ({ admitted: true, limit, remaining: limit - 1, resetsInMs: 60_000 }) } };
const document = openapiDocument({ serverUrl: "http://api.test", version: "1.0.0" });
const operations = operationsOf(document);
const routes = restRoutes(appRouter);

const ajv = new Ajv2020({ strict: false, validateFormats: true });
addFormats(ajv);
ajv.addSchema({ $id: "api", components: document.components });
const validators = new Map<string, ReturnType<typeof ajv.compile>>();

/** What the answer to a status may look like; null when the document does not tell of it. */
function validatorOf({ method, path, responses }: Operation, status: number) {
  const media = (responses[String(status)] as { content?: Record<string, { schema: Json }> } | undefined)?.content?.["application/json"];
  if (!media) return null;
  const name = `${method} ${path} ${status}`;
  if (!validators.has(name)) validators.set(name, ajv.compile(JSON.parse(JSON.stringify(media.schema).replaceAll('"#/components/', '"api#/components/')) as Json));
  return validators.get(name)!;
}

let victim: { id: string; email: string; handle: string; keyId: string; before: string };
const callers: Record<string, Record<string, string>> = { guest: {} };

beforeAll(async () => {
  await seedScratch(ctx);
  const [mine, theirs] = [await asPerson(ctx, await aUser(ctx.db)), await asPerson(ctx, await aUser(ctx.db))];
  const make = async (person: typeof mine, scopes: ("read" | "post" | "trade")[]) => createApiKey(person, { name: "fuzz", scopes, allowedOrigins: [], expiresInDays: 1 });
  const [all, none, stranger, owned] = [await make(mine, ["read", "post"]), await make(mine, ["trade"]), await make(await asPerson(ctx, await aUser(ctx.db)), ["read", "post"]), await make(theirs, ["read"])];
  Object.assign(callers, { "key with scope": bearer(all.key), "key without scope": bearer(none.key), "another's key": bearer(stranger.key), "wrong key": bearer(`${all.key.slice(0, -1)}!`), [LOGIN]: {} });
  const user = await ctx.db.user.findUniqueOrThrow({ where: { id: theirs.user.id } });
  victim = { id: user.id, email: user.email!, handle: user.handle, keyId: owned.id, before: JSON.stringify(user) };
}, 240_000);
afterAll(() => ctx.db.$disconnect());

/** Of a login made anew for each operation, since some end it. */
const LOGIN = "login";
const loginOfSomebody = async () => bearer(tokensOf(ctx, await asPerson(ctx, await aUser(ctx.db))).accessToken);
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

const HOSTILE: unknown[] = [
  "", " ", "\0", "a\0b", "\ud800", "\u202egpj.exe", "é".normalize("NFD"), "👩‍👩‍👧‍👦", "İ", "ß", "\n\r\t", "x".repeat(5_000), "%00", "%", "..", "../../etc/passwd", "..%2f..%2f", "//", "\\", ";", "*",
  "' or '1'='1", "'; drop table user_account; --", "1) union select email from user_account --", "$1", "${7*7}", "{{7*7}}", "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "(a+)+$", "a".repeat(60) + "!",
  "__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "null", "undefined", "NaN", "true", "[]", "{}", "-1", "0", "1e309", "9999999999999999999", "0x10", "1.5", "2026-02-30", "0000-00-00", "9999-12-31", "-0001-01-01",
  -1, 0, 1.5, 1e308, -1e308, Number.MAX_SAFE_INTEGER, 2 ** 53, -0, null, true, false, [], [[]], [null], {}, { $gt: "" }, { toString: "x" }, JSON.parse('{"__proto__":{"admin":true}}'), nested(60), Array.from({ length: 300 }, () => "AAPL"),
];

function nested(depth: number): unknown {
  return depth === 0 ? "end" : { a: [nested(depth - 1)] };
}

/** From the least value a little way up: what is wanted is many small answers, not few large ones. */
function smallRange({ minimum = -5, maximum = Infinity }: Schema): { min: number; max: number } {
  const min = Math.max(minimum, -1_000);
  return { min, max: Math.min(maximum, min + 65) };
}

/** Values that a schema allows, or nearly. */
function valuesOf(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(valuesOf));
  const [type] = [schema.type].flat();
  switch (type) {
    case "integer":
      return fc.integer(smallRange(schema));
    case "number":
      return fc.double({ min: schema.minimum ?? -500, max: schema.maximum ?? 500, noNaN: true });
    case "boolean":
      return fc.boolean();
    case "array":
      return fc.array(valuesOf(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: Math.min(schema.maxItems ?? 4, 4) });
    case "object":
      return fc.record(Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, part]) => [name, valuesOf(part)])), { requiredKeys: schema.required ?? [] });
    case "null":
      return fc.constant(null);
    default:
      return fc.oneof(fc.string({ maxLength: 12 }), fc.string({ unit: "binary", maxLength: 20 }), fc.constantFrom("AAPL", "CAT", "2025-01-31", "company:CAT", "Asia/Seoul"));
  }
}

/** The example, with some of its fields left out, replaced by what the schema allows or by what it does not, and sometimes a field too many. */
function inputsOf({ example, input }: Operation): fc.Arbitrary<Json> {
  const others = fc.constantFrom<unknown>(victim.id, victim.email, victim.handle, victim.keyId);
  const field = (name: string, schema: Schema) => {
    const absent = fc.constant<unknown>(undefined);
    const kept = name in example ? fc.constant(example[name]) : absent;
    return fc.oneof({ weight: 16, arbitrary: kept }, { weight: 4, arbitrary: valuesOf(schema) }, { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) }, { weight: 1, arbitrary: others }, { weight: 1, arbitrary: absent });
  };
  const known = fc.record(Object.fromEntries(Object.entries(input).map(([name, schema]) => [name, field(name, schema as Schema)])));
  const extra = fc.oneof({ weight: 11, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.tuple(fc.constantFrom("id", "userId", "role", "tier", "email", "__proto__", "constructor", "isAdmin", "x"), fc.oneof(others, fc.constantFrom(...HOSTILE))) });
  return fc.tuple(known, extra).map(([values, more]) => {
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
    return more ? { ...given, ...Object.fromEntries([more]) } : given;
  });
}

const HEADER_SAFE = (text: unknown) => (JSON.stringify(text) ?? "").replace(/[^\x20-\x7e]/g, "?").slice(0, 300);
const callOf: fc.Arbitrary<RestCall> = fc.record(
  {
    headers: fc.record(
      {
        accept: fc.constantFrom("*/*", "text/html", "application/vnd.nexus.v1+json", "application/vnd.nexus.v9+json", ";;,"),
        "content-type": fc.constantFrom("text/plain", "application/json; charset=utf-16", "multipart/form-data"),
        "if-none-match": fc.constantFrom("*", 'W/"x"', "", ",,,"),
        "idempotency-key": fc.constantFrom("k", " ", "x".repeat(500)),
        "x-request-id": fc.constantFrom("short", "a-fine-request-id", "<script>alert(1)</script>"),
        "x-forwarded-for": fc.constantFrom("127.0.0.1", "' or 1=1"),
        origin: fc.constantFrom("null", "https://evil.example", "http://localhost"),
      },
      { requiredKeys: [] },
    ),
    query: fc.record({ fields: fc.oneof(fc.constantFrom("id", "items", "__proto__", "constructor.name", "a.b.c.d.e.f.g", ",".repeat(200)), fc.constantFrom(...HOSTILE).map(HEADER_SAFE)) }, { requiredKeys: [] }),
    rawBody: fc.constantFrom("", "{", "[]", "null", '"x"', "{}", '{"a":1,"a":2}', '{"__proto__":{"x":1}}', `${"[".repeat(20_000)}${"]".repeat(20_000)}`, `{"a":"${"x".repeat(300_000)}"}`, "\u0000", '{"ticker":"\\ud800"}'),
  },
  { requiredKeys: [] },
);

/** Signs of the inside: a frame of a stack, the words of a driver or the database, a place on the disk. */
const INSIDE = [/\n\s+at .+:\d+:\d+/, /node_modules/, /prisma/i, /invalid input syntax/, /syntax error at/, /(relation|column) "?\w+"? does not exist/, /violates .* constraint/, /ECONN/, /password_?hash/i, /argon2/, /key_hash/, new RegExp(process.cwd())];

describe("the API", () => {
  it("answers whatever it is sent by an answer of its document: no 5xx, no inside, nothing of another person's", async () => {
    const totals = new Map<string, number>();
    const statuses = new Map<number, number>();
    for (const operation of operations) {
      for (const [name, known] of Object.entries(callers)) {
        const identity = name === LOGIN ? await loginOfSomebody() : known;
        await fc.assert(
          fc.asyncProperty(inputsOf(operation), fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 2, arbitrary: callOf }), async (input, call) => {
            const request = requestOf(operation, input, { ...call, headers: { ...call?.headers, ...identity } });
            const response = await sendRest(ctx, request);
            const text = await response.text();
            totals.set(name, (totals.get(name) ?? 0) + 1);
            statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
            const shown = `${request.method} ${request.url} ${response.status} ${text.slice(0, 300)}`;
            if (response.status >= 500) throw new Error(`failed: ${shown}`);
            for (const sign of INSIDE) if (sign.test(text)) throw new Error(`shows its inside (${sign.source}): ${shown}`);
            const sent = JSON.stringify(input) + JSON.stringify(call ?? {});
            for (const secret of [victim.email, victim.handle, victim.keyId, victim.id]) if (text.includes(secret) && !sent.includes(secret)) throw new Error(`tells of another person: ${shown}`);
            if (response.status === 304) return;
            // What stands in the path may lead to another operation, whose own answers the document tells of.
            const match = matchRoute(routes, request.method, new URL(request.url).pathname.slice(API_ROOT.length).replace(/\/+$/, ""));
            const reached = "route" in match ? operations.find(({ method, path }) => method === match.route.method && path === match.route.path)! : null;
            const body = JSON.parse(text) as { success: unknown; error?: { code?: unknown }; timestamp?: unknown };
            if (reached === null) {
              if (![404, 405, 401].includes(response.status) || typeof body.timestamp !== "string" || typeof body.error?.code !== "string") throw new Error(`no envelope: ${shown}`);
              return;
            }
            const validate = validatorOf(reached, response.status);
            if (!validate) throw new Error(`not told of: ${shown}`);
            if (!validate(body) && !request.url.includes("fields=")) throw new Error(`not as told (${ajv.errorsText(validate.errors)}): ${shown}`);
          }),
          { numRuns: FEWER.includes(name) ? Math.ceil(RUNS / 4) : RUNS, seed: SEED },
        );
      }
    }
    const calls = [...totals.values()].reduce((sum, count) => sum + count, 0);
    process.stdout.write(`fuzz: ${operations.length} operations, ${calls} calls (${[...totals].map(([name, count]) => `${name} ${count}`).join(", ")}), statuses ${[...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status} x ${count}`).join(", ")}\n`);
    expect(calls).toBeGreaterThanOrEqual(operations.length * 3 * RUNS);
    expect(statuses.get(200) ?? 0).toBeGreaterThan(operations.length);
    expect(JSON.stringify(await ctx.db.user.findUniqueOrThrow({ where: { id: victim.id } }))).toBe(victim.before);
  }, 600_000);
});
