import { describe, expect, it } from "vitest";
import { effectivePlan, type Plan } from "./effective-plan";

const free: Plan = { tier: "FREE", requestsPerHour: null };
const bank: Plan = { tier: "INSTITUTIONAL", requestsPerHour: 50_000 };

describe("effectivePlan", () => {
  it("is the person's own without a seat, and with one at an institution that is none any more", () => {
    expect(effectivePlan(free, null)).toEqual(free);
    expect(effectivePlan(free, { ...bank, tier: "PREMIUM" })).toEqual(free);
  });

  it("is the institution's with a seat, its quota included, so that a seat is no way around it", () => {
    expect(effectivePlan(free, bank)).toEqual(bank);
  });

  it("ends an agreed quota with the plan it was agreed for", () => {
    expect(effectivePlan({ ...bank, tier: "FREE" }, null)).toEqual(free);
  });

  it("leaves an institution its own", () => {
    const own: Plan = { tier: "INSTITUTIONAL", requestsPerHour: 9 };
    expect(effectivePlan(own, bank)).toEqual(own);
  });
});
