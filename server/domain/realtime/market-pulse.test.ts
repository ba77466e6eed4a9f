import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { marketPulse, type PulseMember } from "./market-pulse";

const of = (...prices: (number | [price: number, previousClose: number | null])[]): PulseMember[] =>
  prices.map((given, i) => ({ symbol: `S${i}`, price: Array.isArray(given) ? given[0] : given, previousClose: Array.isArray(given) ? given[1] : 100 }));

describe("marketPulse", () => {
  it("gives the worked example of its docstring", () => {
    const pulse = marketPulse(of(110, 95, 100, 101));
    expect(pulse).toMatchObject({ counted: 4, advancers: 2, decliners: 1, unchanged: 1, netShare: 0.25 });
    expect(pulse.meanChange).toBeCloseTo(0.015, 12);
    expect(pulse.medianChange).toBeCloseTo(0.005, 12);
    expect(pulse.leaders.map(({ symbol }) => symbol)).toEqual(["S0", "S3"]);
    expect(pulse.laggards).toEqual([{ symbol: "S1", change: expect.closeTo(-0.05, 12) }]);
  });

  it("leaves out members without a previous close, and has no mean of nobody", () => {
    expect(marketPulse(of([10, null]))).toEqual({ counted: 0, advancers: 0, decliners: 0, unchanged: 0, netShare: null, meanChange: null, medianChange: null, leaders: [], laggards: [] });
  });

  it("refuses prices and closes that are none", () => {
    for (const bad of [of(0), of(Number.NaN), of([1, 0]), of([1, -1])]) expect(() => marketPulse(bad)).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }));
  });

  it("counts every member once, and does not change when all prices and closes are in another unit", () => {
    const member = fc.tuple(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 10_000 }));
    fc.assert(fc.property(fc.array(member, { maxLength: 50 }), (members) => {
      const plain = marketPulse(of(...members));
      const scaled = marketPulse(of(...members.map(([price, close]): [number, number] => [price * 4, close * 4])));
      expect(plain.advancers + plain.decliners + plain.unchanged).toBe(plain.counted);
      expect(scaled).toEqual(plain);
      expect(plain.leaders.length).toBe(Math.min(5, plain.advancers));
      expect(plain.laggards.length).toBe(Math.min(5, plain.decliners));
    }));
  });
});
