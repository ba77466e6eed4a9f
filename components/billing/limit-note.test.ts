import { describe, expect, it } from "vitest";
import { limitOf } from "./limit-note";

describe("limitOf", () => {
  it("reads which limit was reached, when it ends, and which plan has more", () => {
    const details = { limit: "requests-per-hour", group: "market", allowed: 100, retryAfterSeconds: 42, nextTier: "PRO" };
    expect(limitOf({ code: "RATE_LIMITED", details })).toEqual({ kind: "hour", group: "market", allowed: 100, seconds: 42, next: "PRO" });
    expect(limitOf({ code: "RATE_LIMITED", details: { ...details, limit: "requests-per-minute", nextTier: null } })).toMatchObject({ kind: "minute", next: null });
    expect(limitOf({ code: "TIER_REQUIRED", details: { tier: "PREMIUM" } })).toEqual({ kind: "tier", tier: "PREMIUM" });
  });

  it("leaves every other error, and one that tells too little, to its own sentence", () => {
    expect(limitOf({ code: "NOT_FOUND", details: { tier: "PRO" } })).toBeNull();
    expect(limitOf({ code: "RATE_LIMITED", details: {} })).toBeNull();
    expect(limitOf({ code: "TIER_REQUIRED", details: { tier: "constructor" } })).toBeNull();
  });
});
