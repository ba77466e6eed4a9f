import { afterAll, describe, expect, it } from "vitest";
import type { Role } from "@/server/domain/account/access";
import type { Caller, UserId } from "@/server/services/ctx";
import { anOrigin } from "@/server/testing/factories/account-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { appRouter, createCaller } from "./app-router";

const ctx = createTestCtx();
afterAll(() => ctx.db.$disconnect());

type Described = { _def: { type: string; meta?: { access?: string } } };
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Described>).filter(([path]) => path.startsWith("admin."));
/** What can be taken back only with difficulty, or touches other people. */
const RECENT = ["setRole", "setTier", "lockUser", "unlockUser", "endUserSessions", "deleteCompany", "deleteInstrument", "setFlag", "exportAuditLog", "openMail", "checkProviderKeys"];
/** The desk of moderators. */
const MODERATORS = ["getDesk", "listConnections", "verifyConnection", "unverifyConnection", "setConnectionStrength"];
const ruleOf = (name: string) => (RECENT.includes(name) ? "recent-admin" : MODERATORS.includes(name) ? "moderator" : "admin");
/** These take no input, or one that may be left out. */
const WITHOUT_INPUT = ["getDesk", "checkProviderKeys"];

const user = (role: Role, secondFactor = true) => ({ id: "00000000-0000-7000-8000-000000000009" as UserId, role, secondFactor, tier: "INSTITUTIONAL" as const, requestsPerHour: null, locale: "en", timeZone: "UTC" });
const session = (role: Role, { impersonated = false, steppedUp = true } = {}): Caller => ({ kind: "session", user: user(role), sessionId: "s", steppedUpAt: steppedUp ? new Date() : null, impersonatorId: impersonated ? "00000000-0000-7000-8000-000000000008" : null });

async function outcome(path: string, caller: Caller): Promise<string> {
  const origin = anOrigin();
  const api = createCaller({ ...ctx, caller, origin, requestId: origin.requestId, meter: async () => undefined, limitHeaders: () => ({}) });
  const call = (api.admin as unknown as Record<string, (input: unknown) => Promise<unknown>>)[path.slice("admin.".length)]!;
  const error = await call(undefined).then(() => null, (thrown: { cause?: { details?: { reason?: string } }; code: string }) => thrown);
  return error === null ? "answered" : (error.cause?.details?.reason ?? error.code);
}

describe("access to the admin's procedures", () => {
  it("covers all of them", () => {
    expect(procedures.length).toBeGreaterThan(35);
  });

  it.each(procedures.map(([path, { _def }]) => [path, _def] as const))("%s is refused to guests, people, moderators who have no business there, keys of theirs and whoever looks with another's eyes", async (path, def) => {
    const name = path.slice("admin.".length);
    const forModerators = MODERATORS.includes(name);
    expect(def.meta?.access).toBe(ruleOf(name));
    expect(await outcome(path, { kind: "guest" })).toBe("UNAUTHENTICATED");
    expect(await outcome(path, session("USER"))).toBe("FORBIDDEN");
    expect(await outcome(path, session("MODERATOR"))).toBe(!forModerators ? "FORBIDDEN" : WITHOUT_INPUT.includes(name) ? "answered" : "BAD_REQUEST");
    expect(await outcome(path, { kind: "key", keyId: "k", scopes: ["admin"], user: user("USER") })).toBe("FORBIDDEN");
    if (!forModerators) expect(await outcome(path, session("MODERATOR", { impersonated: true }))).toBe(def.type === "mutation" ? "READ_ONLY" : "FORBIDDEN");
    if (def.type === "mutation") expect(await outcome(path, session("MODERATOR", { impersonated: true }))).toBe("READ_ONLY");
    if (def.type === "mutation") expect(await outcome(path, session("ADMIN", { impersonated: true }))).toBe("READ_ONLY");
  });

  it.each(RECENT)("admin.%s asks an admin to confirm who they are, and no key can", async (name) => {
    expect(await outcome(`admin.${name}`, session("ADMIN", { steppedUp: false }))).toBe("STEP_UP_NEEDED");
    expect(await outcome(`admin.${name}`, { kind: "key", keyId: "k", scopes: ["admin"], user: user("ADMIN") })).toBe("STEP_UP_NEEDED");
    if (!WITHOUT_INPUT.includes(name)) expect(await outcome(`admin.${name}`, session("ADMIN"))).toBe("BAD_REQUEST");
  });
});
