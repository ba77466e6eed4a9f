import { describe, expect, it } from "vitest";
import { ACCESS_RULES, refusalOf, STEP_UP_LASTS_MS, type Standing } from "./access";

const now = new Date("2026-11-21T06:00:00Z");
const person: Standing = { role: "USER", secondFactor: false, tier: "FREE", steppedUpAt: null, impersonated: false };
const judge = (rule: (typeof ACCESS_RULES)[number], standing: Standing | null, writes = false) => refusalOf(rule, standing, { now, writes });

describe("refusalOf", () => {
  it("lets a guest call only what is public", () => {
    expect(ACCESS_RULES.filter((rule) => judge(rule, null) === null)).toEqual(["public"]);
    expect(judge("admin", null)).toBe("UNAUTHENTICATED");
  });

  it("asks for the tier, and takes a higher one", () => {
    expect(judge("premium", { ...person, tier: "PRO" })).toBe("TIER_REQUIRED");
    expect(judge("premium", { ...person, tier: "INSTITUTIONAL" })).toBeNull();
  });

  it("keeps staff pages from people and admin pages from moderators", () => {
    expect(judge("moderator", person)).toBe("FORBIDDEN");
    expect(judge("moderator", { ...person, role: "MODERATOR" })).toBeNull();
    expect(judge("admin", { ...person, role: "MODERATOR" })).toBe("FORBIDDEN");
    expect(judge("admin", { ...person, role: "ADMIN", secondFactor: true })).toBeNull();
  });

  it("lets an admin without a second factor do nothing as an admin, and everything as a person", () => {
    const admin: Standing = { ...person, role: "ADMIN", steppedUpAt: now };
    for (const rule of ["moderator", "admin"] as const) expect(judge(rule, admin)).toBe("SECOND_FACTOR_NEEDED");
    for (const rule of ["user", "recent", "institutional"] as const) expect(judge(rule, admin)).toBeNull();
  });

  it("asks for a step-up that is younger than ten minutes", () => {
    const at = (ageMs: number): Standing => ({ ...person, steppedUpAt: new Date(now.getTime() - ageMs) });
    expect(judge("recent", person)).toBe("STEP_UP_NEEDED");
    expect(judge("recent", at(STEP_UP_LASTS_MS - 1))).toBeNull();
    expect(judge("recent", at(STEP_UP_LASTS_MS))).toBe("STEP_UP_NEEDED");
  });

  it("asks an admin to prove who they are for what touches other people, and nobody else to prove anything in vain", () => {
    const admin: Standing = { ...person, role: "ADMIN", secondFactor: true };
    expect(judge("recent-admin", admin)).toBe("STEP_UP_NEEDED");
    expect(judge("recent-admin", { ...admin, steppedUpAt: now })).toBeNull();
    expect(judge("recent-admin", { ...person, role: "MODERATOR", steppedUpAt: now })).toBe("FORBIDDEN");
    expect(judge("recent-admin", null)).toBe("UNAUTHENTICATED");
  });

  it("lets nobody write with another person's eyes, not even what is public", () => {
    const looked: Standing = { ...person, role: "ADMIN", steppedUpAt: now, impersonated: true };
    expect(ACCESS_RULES.map((rule) => judge(rule, looked, true))).toEqual(ACCESS_RULES.map(() => "READ_ONLY"));
    expect(judge("user", looked)).toBeNull();
  });
});
