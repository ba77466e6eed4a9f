import { describe, expect, it } from "vitest";
import { planThatHelps, requestBudgets, type Payer } from "./request-budgets";

const free: Payer = { kind: "account", userId: "u1", tier: "FREE", requestsPerHour: null };
const limits = (payer: Payer, surface: "app" | "api" = "api") => requestBudgets(payer, { group: "market", surface }).map(({ name, limit, key }) => `${name} ${limit} ${key}`);

describe("requestBudgets", () => {
  it("counts programs by the minute and by the hour of their plan", () => {
    expect(limits(free)).toEqual(["requests-per-minute 100 market:user:u1", "requests-per-hour 100 hour:user:u1"]);
    expect(limits({ ...free, tier: "PREMIUM" })[1]).toBe("requests-per-hour 10000 hour:user:u1");
    expect(limits({ ...free, tier: "INSTITUTIONAL" })).toHaveLength(1);
    expect(limits({ ...free, tier: "INSTITUTIONAL", requestsPerHour: 50_000 })[1]).toBe("requests-per-hour 50000 hour:user:u1");
  });

  it("counts pages by the minute only", () => {
    expect(limits(free, "app")).toEqual(["requests-per-minute 100 market:user:u1"]);
  });

  it("counts guests by address, and all whose address is not known together", () => {
    expect(limits({ kind: "guest", address: "203.0.113.7" })).toEqual(["requests-per-minute 100 market:ip:203.0.113.7", "requests-per-hour 100 hour:ip:203.0.113.7"]);
    expect(limits({ kind: "guest", address: "" })[0]).toContain("ip:unknown");
  });

  it("names the next plan where a plan helps", () => {
    const [minute, hour] = requestBudgets(free, { group: "ai", surface: "api" });
    expect(planThatHelps(free, minute!)).toBeNull();
    expect(planThatHelps(free, hour!)).toBe("PRO");
    expect(planThatHelps({ ...free, tier: "INSTITUTIONAL" }, hour!)).toBeNull();
    expect(planThatHelps({ kind: "guest", address: "" }, hour!)).toBe("PRO");
  });
});
