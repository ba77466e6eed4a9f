import { describe, expect, it } from "vitest";
import { createMemoryRateLimiter } from "@/server/platform/rate-limiter";
import { createRequestMeter } from "./request-meter";

const limiter = createMemoryRateLimiter();
const from = (address: string) => createRequestMeter({ caller: { kind: "guest" }, origin: { address, userAgent: "", place: "", requestId: "" }, limiter }, "app");

describe("createRequestMeter", () => {
  it("takes one request for a whole batch, and tells of the tightest budget", async () => {
    const { meter, limitHeaders } = from("203.0.113.1");
    expect(limitHeaders()).toEqual({});
    await Promise.all([meter("hypothesis"), meter("hypothesis"), meter("market")]);
    expect(limitHeaders()).toMatchObject({ "x-ratelimit-limit": "5", "x-ratelimit-remaining": "4" });
  });

  it("tells when to come again once it is refused", async () => {
    for (let n = 0; n < 5; n += 1) await from("203.0.113.2").meter("hypothesis");
    const { meter, limitHeaders } = from("203.0.113.2");
    await expect(meter("hypothesis")).rejects.toMatchObject({ code: "RATE_LIMITED", details: { nextTier: null } });
    const headers = limitHeaders();
    expect(headers).toMatchObject({ "x-ratelimit-limit": "5", "x-ratelimit-remaining": "0" });
    expect(Number(headers["retry-after"])).toBeGreaterThan(0);
  });
});
