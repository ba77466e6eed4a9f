import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correlation } from "./correlation";

const column = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 2, maxLength: 40 });

describe("correlation", () => {
  it("gives the worked example", () => {
    expect(correlation([1, 2, 3], [1, 3, 2])).toBeCloseTo(0.5, 12);
  });

  it("is undefined where a column does not vary, and refused without two values", () => {
    expect(correlation([1, 1, 1], [1, 2, 3])).toBeNull();
    expect(() => correlation([1], [1])).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }));
    expect(() => correlation([1, 2], [1])).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }));
  });

  it("is symmetric, bounded, 1 with itself and blind to scale and shift", () => {
    fc.assert(
      fc.property(column, fc.integer({ min: 1, max: 50 }), fc.integer({ min: -50, max: 50 }), (x, scale, shift) => {
        const y = x.map((value, i) => ((value * 7 + i * i * 13) % 101) - 50);
        const r = correlation(x, y);
        expect(correlation(y, x)).toBe(r);
        if (r === null) return;
        expect(Math.abs(r)).toBeLessThanOrEqual(1);
        expect(correlation(x, x)).toBeCloseTo(1, 9);
        expect(correlation(x.map((value) => value * scale + shift), y)).toBeCloseTo(r, 6);
      }),
    );
  });
});
