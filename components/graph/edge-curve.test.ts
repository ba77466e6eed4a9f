import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CURVE_FLOATS, curvePoint, writeEdgeCurve, type Vec3 } from "./edge-curve";

const coordinate = fc.integer({ min: -600, max: 600 }).map((n) => n / 10);
const aPoint = fc.tuple(coordinate, coordinate, coordinate);
const curve = (from: Vec3, to: Vec3, bow = 0) => {
  const out = new Float32Array(CURVE_FLOATS);
  writeEdgeCurve(out, 0, { from, to, bow });
  return out;
};

describe("writeEdgeCurve", () => {
  it("begins and ends at its nodes", () => {
    fc.assert(fc.property(aPoint, aPoint, fc.double({ min: -1, max: 1, noNaN: true }), (from, to, bow) => {
      const out = curve(from, to, bow);
      expect(out.every(Number.isFinite)).toBe(true);
      curvePoint(out, 0, 0).forEach((v, axis) => expect(v).toBeCloseTo(from[axis]!, 3));
      curvePoint(out, 0, 1).forEach((v, axis) => expect(v).toBeCloseTo(to[axis]!, 3));
    }));
  });

  it("arches over a layer and never dips below it", () => {
    const out = curve([-20, 5, 0], [20, 5, 3]);
    for (let t = 0.1; t < 1; t += 0.2) expect(curvePoint(out, 0, t)[1]).toBeGreaterThan(5);
  });

  it("runs down monotonously between layers", () => {
    const out = curve([0, 40, 0], [30, 13, 8]);
    for (let t = 0; t < 1; t += 0.1) expect(curvePoint(out, 0, t + 0.1)[1]).toBeLessThan(curvePoint(out, 0, t)[1]);
  });
});
