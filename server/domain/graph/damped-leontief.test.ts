import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { dampedLeontief, type SupplyLink } from "./damped-leontief";

const weight = (result: ReturnType<typeof dampedLeontief>, target: string, source: string) => result.get(target)?.find((one) => one.source === source)?.weight ?? 0;
const aLink = fc.record({ supplier: fc.constantFrom("a", "b", "c", "d", "e"), customer: fc.constantFrom("a", "b", "c", "d", "e"), share: fc.integer({ min: 0, max: 100 }).map((k) => k / 100) });

describe("dampedLeontief", () => {
  it("gives the textbook's two sectors", () => {
    const result = dampedLeontief([{ supplier: "1", customer: "1", share: 0.2 }, { supplier: "1", customer: "2", share: 0.3 }, { supplier: "2", customer: "1", share: 0.4 }, { supplier: "2", customer: "2", share: 0.1 }], { damping: 1 });
    expect(1 + weight(result, "1", "1")).toBeCloseTo(1.5, 12);
    expect(weight(result, "1", "2")).toBeCloseTo(0.5, 12);
    expect(weight(result, "2", "1")).toBeCloseTo(2 / 3, 12);
    expect(1 + weight(result, "2", "2")).toBeCloseTo(4 / 3, 12);
  });

  it("runs along a chain, weaker with each step, and names the way", () => {
    const result = dampedLeontief([{ supplier: "wafer", customer: "chip", share: 0.5 }, { supplier: "chip", customer: "phone", share: 0.4 }], { damping: 0.5 });
    expect(result.get("chip")).toEqual([{ source: "phone", weight: 0.2, chain: ["phone", "chip"] }]);
    expect(weight(result, "wafer", "phone")).toBeCloseTo(0.05, 14);
    expect(result.get("wafer")!.find(({ source }) => source === "phone")!.chain).toEqual(["phone", "chip", "wafer"]);
    expect(result.has("phone")).toBe(false);
  });

  it("agrees with adding up round after round", () => {
    fc.assert(fc.property(fc.array(aLink, { maxLength: 12 }), (links) => {
      const names = ["a", "b", "c", "d", "e"];
      const rowSum = Math.max(1, ...names.map((name) => links.filter(({ supplier }) => supplier === name).reduce((sum, { share }) => sum + share, 0)));
      const tame = links.map((link) => ({ ...link, share: link.share / rowSum }));
      const result = dampedLeontief(tame, { damping: 0.8 });
      for (const source of names) {
        let wave = new Map([[source, 1]]);
        const total = new Map<string, number>();
        for (let round = 0; round < 200; round++) {
          const next = new Map<string, number>();
          for (const { supplier, customer, share } of tame) next.set(supplier, (next.get(supplier) ?? 0) + 0.8 * share * (wave.get(customer) ?? 0));
          for (const [name, value] of next) total.set(name, (total.get(name) ?? 0) + value);
          wave = next;
        }
        for (const target of names) expect(weight(result, target, source)).toBeCloseTo(total.get(target) ?? 0, 8);
      }
    }));
  });

  it("refuses a network that feeds on itself and shares that are none", () => {
    const circle: SupplyLink[] = [{ supplier: "a", customer: "b", share: 1 }, { supplier: "b", customer: "a", share: 1 }];
    expect(() => dampedLeontief(circle, { damping: 1 })).toThrow(expect.objectContaining({ code: "RULE_VIOLATED", details: expect.objectContaining({ field: "supply" }) }));
    expect(weight(dampedLeontief(circle, { damping: 0.5 }), "a", "b")).toBeCloseTo(2 / 3, 12);
    expect(() => dampedLeontief([{ supplier: "a", customer: "b", share: 1.2 }], { damping: 0.5 })).toThrow(AppError);
    expect(() => dampedLeontief([], { damping: Number.NaN })).toThrow(AppError);
    expect(dampedLeontief([], { damping: 0.5 }).size).toBe(0);
  });
});
