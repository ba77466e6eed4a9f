import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createApiKey } from "@/server/services/api-key/create-api-key";
import { getExport, getExportArchive } from "@/server/services/account/request-export";
import type { Caller } from "@/server/services/ctx";
import { anAdmin, anOrigin, asPerson, aUser } from "@/server/testing/factories/account-factory";
import { seedScratch } from "@/server/testing/seed-scratch";
import { createTestCtx } from "@/server/testing/test-ctx";
import { appRouter, createCaller } from "./app-router";
import { BODY_AT_MOST_BYTES } from "./bounded-body";
import { sendRest } from "./rest-drill";

type Schema = { type?: string; format?: string; enum?: unknown[]; const?: unknown; anyOf?: Schema[]; minimum?: number; properties?: Record<string, Schema>; required?: string[]; additionalProperties?: unknown; items?: Schema };
type Described = { _def: { type: "query" | "mutation"; inputs: z.ZodType[] } };

const ctx = createTestCtx();
let admin: Awaited<ReturnType<typeof asPerson>>;
beforeAll(async () => {
  await seedScratch(ctx);
  admin = await asPerson(ctx, await anAdmin(ctx.db, { tier: "INSTITUTIONAL" }));
}, 240_000);
afterAll(() => ctx.db.$disconnect());

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Described>).map(([path, { _def }]) => {
  const input = _def.inputs.at(-1);
  return { path, type: _def.type, input: input ? (z.toJSONSchema(input, { io: "input", unrepresentable: "any" }) as Schema) : null };
});

/** Where a rule asks for more than a shape. */
const KNOWN: Record<string, Record<string, unknown>> = {
  "market.getCorrelations": { symbols: ["CAT", "JPM"] },
  "macro.listVintages": { code: "FEDFUNDS", date: "2024-01-01" },
  "quant.requireReturn": { riskFreePerYear: 0.04, marketReturnPerYear: 0.09, beta: 1.2 },
  "admin.getJobRun": { runId: "01ARZ3NDEKTSV4RRFFQ69G5FAV" },
};
const INJECTIONS = ["' OR '1'='1", "'; DROP TABLE user_account; --", "1) UNION SELECT email FROM user_account --", "\\'; SELECT pg_sleep(9); --", "$1", "%", "_", "\\", '"', "`", "../../etc/passwd", "..%2f..%2f", "\u202e", "ｘ".repeat(30)];
const INSIDE = /prisma|syntax error|invalid input syntax|relation "|column "|unterminated|node_modules/i;

/** Something of the shape that is asked for. */
function sampleOf(schema: Schema, name: string): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return sampleOf(schema.anyOf[0]!, name);
  if (schema.type === "object") return Object.fromEntries((schema.required ?? []).map((key) => [key, sampleOf(schema.properties?.[key] ?? {}, key)]));
  if (schema.type === "array") return schema.items ? [sampleOf(schema.items, name)] : [];
  if (schema.type === "number" || schema.type === "integer") return Math.max(1, schema.minimum ?? 1);
  if (schema.type === "boolean") return false;
  if (schema.format === "uuid") return "00000000-0000-7000-8000-000000000001";
  return { ticker: "CAT", symbol: "CAT", code: "FEDFUNDS", key: "company:CAT" }[name] ?? "x";
}

const isText = (schema: Schema): boolean => schema.type === "string" || (schema.anyOf ?? []).some(isText);

/** Calls as an admin who has just proved who they are: nothing stands before the query but its input's shape. */
async function outcomeOf(path: string, input: unknown): Promise<{ code: string; text: string }> {
  const origin = anOrigin();
  const caller: Caller = { kind: "session", user: { ...admin.user, role: "ADMIN", secondFactor: true }, sessionId: admin.sessionId, steppedUpAt: new Date(), impersonatorId: null };
  const api = createCaller({ ...ctx, caller, origin, requestId: origin.requestId, meter: async () => undefined, limitHeaders: () => ({}) });
  const call = path.split(".").reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], api) as (given: unknown) => Promise<unknown>;
  return call(input).then(
    (answer) => ({ code: "OK", text: JSON.stringify(answer) ?? "" }),
    (error: { code: string; message: string }) => ({ code: error.code, text: error.message }),
  );
}

describe("injections", () => {
  it("find in every filter, sort and search of the app an answer or a refusal, and change nothing", async () => {
    const people = await ctx.db.user.count();
    const outcomes = new Map<string, number>();
    const unreached: string[] = [];
    for (const { path, type, input } of procedures) {
      if (type !== "query" || !input?.properties) continue;
      const base = KNOWN[path] ?? (sampleOf(input, "") as Record<string, unknown>);
      if ((await outcomeOf(path, base)).code === "BAD_REQUEST") unreached.push(path);
      for (const [name, schema] of Object.entries(input.properties)) {
        for (const injection of isText(schema) ? INJECTIONS : INJECTIONS.slice(0, 2)) {
          const startedAt = performance.now();
          const { code, text } = await outcomeOf(path, { ...base, [name]: injection });
          outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
          const shown = `${path} ${name}=${injection}: ${code} ${text.slice(0, 200)}`;
          expect(code, shown).not.toBe("INTERNAL_SERVER_ERROR");
          if (code !== "OK") expect(text.replaceAll(injection, ""), shown).not.toMatch(INSIDE);
          expect(performance.now() - startedAt, shown).toBeLessThan(8_000);
        }
      }
    }
    process.stdout.write(`injections: ${[...outcomes].map(([code, count]) => `${code} ${count}`).join(", ")}\n`);
    expect(unreached).toEqual([]);
    expect(outcomes.get("OK")).toBeGreaterThan(100);
    expect(await ctx.db.user.count()).toBe(people);
  }, 240_000);
});

describe("fields that nobody asked for", () => {
  const objectsOf = (schema: Schema): Schema[] => [schema, ...[...Object.values(schema.properties ?? {}), ...(schema.anyOf ?? []), ...(schema.items ? [schema.items] : [])].flatMap(objectsOf)].filter(({ type }) => type === "object");

  it("are let through by no input", () => {
    const open = procedures.filter(({ input }) => input && objectsOf(input).some(({ properties, additionalProperties }) => properties && additionalProperties && Object.keys(additionalProperties).length === 0));
    expect(open.map(({ path }) => path)).toEqual([]);
  });

  it("make nobody an admin, nor anybody else", async () => {
    const person = await asPerson(ctx, await aUser(ctx.db));
    const { key } = await createApiKey(person, { name: "k", scopes: ["read", "post"], allowedOrigins: [], expiresInDays: 1 });
    const before = await ctx.db.user.findUniqueOrThrow({ where: { id: person.user.id } });
    for (const more of [{ role: "ADMIN" }, { tier: "INSTITUTIONAL" }, { emailVerifiedAt: "2026-01-01" }, { id: admin.user.id }, { userId: admin.user.id }, { requestsPerHour: 1e9 }, { passwordHash: "x" }, JSON.parse('{"__proto__":{"role":"ADMIN"}}')] as object[]) {
      for (const [method, path, body] of [["PATCH", "/users/me", { name: "Ada" }], ["POST", "/auth/register", { email: "mass@example.com", password: "copper lantern drifts 42" }]] as const) {
        const sent = JSON.stringify({ ...body, ...more }).replace("}", Object.keys(more).length === 0 ? ',"__proto__":{"role":"ADMIN"}}' : "}");
        const answer = await sendRest(ctx, new Request(`http://api.test/api/v1${path}`, { method, headers: { "content-type": "application/json", ...(path === "/users/me" && { authorization: `Bearer ${key}` }) }, body: sent }));
        expect([answer.status, sent]).toEqual([400, sent]);
      }
    }
    expect(await ctx.db.user.findUniqueOrThrow({ where: { id: person.user.id } })).toEqual(before);
    expect(await ctx.db.user.count({ where: { email: "mass@example.com" } })).toBe(0);
  });
});

describe("another person's id", () => {
  it("opens no archive", async () => {
    const [owner, other] = [await asPerson(ctx, await aUser(ctx.db)), await asPerson(ctx, await aUser(ctx.db))];
    const { id: exportId } = await ctx.db.dataExport.create({ data: { userId: owner.user.id, status: "READY", archive: Buffer.from("PK"), requestedAt: new Date(), readyAt: new Date(), expiresAt: new Date(Date.now() + 60_000) } });
    await expect(getExport(other, { exportId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(getExportArchive(other, { exportId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(Buffer.from((await getExportArchive(owner, { exportId })).archive).toString()).toBe("PK");
  });
});

describe("paths and bodies of the public API", () => {
  const get = (path: string) => sendRest(ctx, new Request(`http://api.test${path}`));

  it("leave the way of the address by no trick", async () => {
    for (const path of ["/api/v1/companies/..%2f..%2fadmin%2fusers", "/api/v1/companies/%2e%2e%2f%2e%2e", "/api/v1/companies/CAT%00", "/api/v1/companies/CAT%2fbars", "/api/v1//companies", "/api/v1/companies/%ff", "/api/v1/companies/CAT;admin=1", "/api/v1/__proto__", "/api/v1/constructor"]) {
      expect([path, [400, 404].includes((await get(path)).status)]).toEqual([path, true]);
    }
  });

  it("are not read to their end when they are too long", async () => {
    const body = JSON.stringify({ email: "x".repeat(BODY_AT_MOST_BYTES) });
    expect((await sendRest(ctx, new Request("http://api.test/api/v1/auth/login", { method: "POST", headers: { "content-type": "application/json" }, body }))).status).toBe(413);
  });
});
