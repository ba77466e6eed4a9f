import { describe, expect, it } from "vitest";
import { createMemoryRateLimiter } from "@/server/platform/rate-limiter";
import type { UsedRequest } from "@/server/platform/usage-counter";
import type { CtxUser, UserId } from "@/server/services/ctx";
import { createRequestMeter } from "./request-meter";

const limiter = createMemoryRateLimiter();
const counted: UsedRequest[] = [];
const usage = { count: (used: UsedRequest) => void counted.push(used) };
const origin = (address: string) => ({ address, userAgent: "", place: "", requestId: "" });
const from = (address: string) => createRequestMeter({ caller: { kind: "guest" }, origin: origin(address), limiter, usage }, "app");
const user: CtxUser = { id: "00000000-0000-7000-8000-000000000001" as UserId, role: "USER", secondFactor: false, tier: "FREE", requestsPerHour: null, locale: "en", timeZone: "UTC" };

describe("createRequestMeter", () => {
  it("takes one request for a whole batch, and tells of the tightest budget", async () => {
    const { meter, limitHeaders } = from("203.0.113.1");
    expect(limitHeaders()).toEqual({});
    await Promise.all([meter("hypothesis"), meter("hypothesis"), meter("market")]);
    expect(limitHeaders()).toMatchObject({ "x-ratelimit-limit": "5", "x-ratelimit-remaining": "4" });
  });

  it("takes one for each attempt at the door, also in a batch", async () => {
    const { meter, limitHeaders } = from("203.0.113.3");
    await Promise.all(Array.from({ length: 12 }, () => meter("sign-in")));
    expect(limitHeaders()).toMatchObject({ "x-ratelimit-limit": "20", "x-ratelimit-remaining": "8" });
    const second = from("203.0.113.3");
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => second.meter("sign-in")));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(8);
  });

  it("tells when to come again once it is refused", async () => {
    for (let n = 0; n < 5; n += 1) await from("203.0.113.2").meter("hypothesis");
    const { meter, limitHeaders } = from("203.0.113.2");
    await expect(meter("hypothesis")).rejects.toMatchObject({ code: "RATE_LIMITED", details: { nextTier: null } });
    const headers = limitHeaders();
    expect(headers).toMatchObject({ "x-ratelimit-limit": "5", "x-ratelimit-remaining": "0" });
    expect(Number(headers["retry-after"])).toBeGreaterThan(0);
  });

  it("counts each group of an account's request once, refusals too, and guests not at all", async () => {
    const asked = () => createRequestMeter({ caller: { kind: "key", keyId: "k", scopes: [], user }, origin: origin(""), limiter, usage }, "api");
    const { meter } = asked();
    await Promise.all([meter("hypothesis"), meter("hypothesis"), meter("market")]);
    for (let n = 0; n < 4; n += 1) await asked().meter("hypothesis");
    await expect(asked().meter("hypothesis")).rejects.toMatchObject({ code: "RATE_LIMITED" });
    const of = (limitGroup: string, refused: boolean) => counted.filter((used) => used.limitGroup === limitGroup && used.refused === refused).length;
    expect([of("hypothesis", false), of("hypothesis", true), of("market", false), counted.length]).toEqual([5, 1, 1, 7]);
    expect(counted[0]).toEqual({ userId: user.id, surface: "api", limitGroup: "hypothesis", refused: false });
  });
});
