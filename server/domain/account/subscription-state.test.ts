import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SEATS_INCLUDED } from "./plans";
import { judgeNews, seatsOf, tierOfSubscription, type ToldSubscription } from "./subscription-state";

const at = (second: number) => new Date(Date.UTC(2026, 10, 21, 6, 0, second));
const pro: ToldSubscription = { stripeId: "sub_1", tier: "PRO", status: "active", quantity: 1, currentPeriodEnd: null, cancelsAtPeriodEnd: false, toldAt: at(10) };
const event = { fresh: false };

describe("tierOfSubscription", () => {
  it("keeps the plan while a payment is tried again, and ends it when Stripe gives up", () => {
    expect(["active", "trialing", "past_due"].map((status) => tierOfSubscription({ ...pro, status }))).toEqual(["PRO", "PRO", "PRO"]);
    expect(["canceled", "unpaid", "incomplete", "incomplete_expired", "paused", "what comes later"].map((status) => tierOfSubscription({ ...pro, status }))).toEqual(Array(6).fill("FREE"));
  });
});

describe("seatsOf", () => {
  it("counts what was agreed, none included, else what the plan includes, and nothing below the institutional tier", () => {
    const seats = (tier: "INSTITUTIONAL" | "PREMIUM", seatsGranted: number | null) => seatsOf({ tier, seatsGranted });
    expect([seats("INSTITUTIONAL", null), seats("INSTITUTIONAL", 3), seats("INSTITUTIONAL", 0)]).toEqual([SEATS_INCLUDED, 3, 0]);
    expect([seats("PREMIUM", null), seats("PREMIUM", 3)]).toEqual([0, 0]);
  });
});

describe("judgeNews", () => {
  it("takes what is newer and leaves what is older", () => {
    expect(judgeNews(null, pro, event)).toBe("take");
    expect(judgeNews(pro, { ...pro, toldAt: at(11) }, event)).toBe("take");
    expect(judgeNews(pro, { ...pro, toldAt: at(9) }, event)).toBe("leave");
  });

  it("asks Stripe where two came within one second, and takes its answer", () => {
    expect(judgeNews(pro, { ...pro, status: "canceled" }, event)).toBe("ask");
    expect(judgeNews(pro, { ...pro, status: "canceled" }, { fresh: true })).toBe("take");
  });

  it("does not end a plan for the end of an earlier subscription", () => {
    expect(judgeNews(pro, { ...pro, stripeId: "sub_0", status: "canceled", toldAt: at(20) }, event)).toBe("leave");
    expect(judgeNews({ ...pro, status: "canceled" }, { ...pro, stripeId: "sub_2", toldAt: at(20) }, event)).toBe("take");
  });

  it("comes to the latest news in whatever order they arrive", () => {
    fc.assert(fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5, 6], { minLength: 1 }), (order) => {
      const last = order.map((second): ToldSubscription => ({ ...pro, toldAt: at(second) })).reduce<ToldSubscription | null>((known, told) => (judgeNews(known, told, event) === "take" ? told : known), null);
      expect(last?.toldAt).toEqual(at(Math.max(...order)));
    }));
  });
});
