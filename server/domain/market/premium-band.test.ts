import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { premiumBand } from "./premium-band";

const now = "2026-11-21T00:00:00.000Z";
const DAY_MS = 86_400_000;
const ago = (days: number) => new Date(Date.parse(now) - days * DAY_MS).toISOString();
const every = (values: readonly number[]) => values.map((premium, i) => ({ at: ago(i / 24), premium }));

describe("premiumBand", () => {
  it("gives the worked example of its docstring", () => {
    const band = premiumBand(every(Array.from({ length: 21 }, (_, i) => i / 100)), { now, windowMs: DAY_MS });
    expect(band).toEqual({ count: 21, mean: expect.closeTo(0.1, 12), lower: expect.closeTo(0.01, 12), median: expect.closeTo(0.1, 12), upper: expect.closeTo(0.19, 12), from: ago(20 / 24), to: now });
  });

  it("counts the window's readings alone: its end, not its beginning, and nothing later", () => {
    const inside = every(Array.from({ length: 20 }, () => 0.01));
    expect(premiumBand([...inside, { at: ago(1), premium: 5 }, { at: ago(-0.001), premium: 5 }], { now, windowMs: DAY_MS })).toMatchObject({ count: 20, upper: 0.01, to: now });
  });

  it("is null with fewer than twenty readings", () => {
    expect(premiumBand(every(Array.from({ length: 19 }, () => 0)), { now, windowMs: DAY_MS })).toBeNull();
    expect(premiumBand([], { now, windowMs: DAY_MS })).toBeNull();
  });

  it("keeps its order, holds the mean between the ends, and does not mind the order of the readings", () => {
    fc.assert(fc.property(fc.array(fc.double({ min: -0.5, max: 2, noNaN: true }), { minLength: 20, maxLength: 23 }), (values) => {
      const band = premiumBand(every(values), { now, windowMs: DAY_MS })!;
      expect(band.lower).toBeLessThanOrEqual(band.median + 1e-12);
      expect(band.median).toBeLessThanOrEqual(band.upper + 1e-12);
      expect(band.mean).toBeGreaterThanOrEqual(Math.min(...values) - 1e-12);
      expect(band.mean).toBeLessThanOrEqual(Math.max(...values) + 1e-12);
      expect(premiumBand(every(values).toReversed(), { now, windowMs: DAY_MS })).toEqual({ ...band, mean: expect.closeTo(band.mean, 12) });
    }));
  });

  it("refuses what is no reading, window or share", () => {
    const good = { now, windowMs: DAY_MS };
    for (const bad of [() => premiumBand([{ at: "never", premium: 0 }], good), () => premiumBand([{ at: now, premium: -1 }], good), () => premiumBand([{ at: now, premium: Number.NaN }], good), () => premiumBand([], { now, windowMs: 0 }), () => premiumBand([], { ...good, inside: 1 }), () => premiumBand([], { now: "", windowMs: 1 })]) expect(bad).toThrow(AppError);
  });
});
