import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { BIAS_INPUTS, BIAS_RULES, marketBias, type BiasInput } from "./market-bias";
import { momentumScore } from "./momentum-score";
import { priceLevels } from "./price-levels";
import { steadyRegime } from "./steady-regime";
import { volatilityRegime, VOLATILITY_REGIMES } from "./volatility-regime";
import { volumeFlow } from "./volume-flow";

const NOTHING = Object.fromEntries(BIAS_INPUTS.map((input) => [input, null])) as Record<BiasInput, number | null>;
const aValue = (input: BiasInput) => fc.integer({ min: 0, max: 1_000 }).map((i) => BIAS_RULES[input].least + ((BIAS_RULES[input].most - BIAS_RULES[input].least) * i) / 1_000);
const values = fc.record(Object.fromEntries(BIAS_INPUTS.map((input) => [input, fc.option(aValue(input), { freq: 6 })])) as Record<BiasInput, fc.Arbitrary<number | null>>);

describe("marketBias", () => {
  it("gives the worked example of its docstring: too little is known to say anything", () => {
    const found = marketBias({ ...NOTHING, breadth: 0.3, momentum: -0.5 });
    expect(found).toMatchObject({ bias: null, score: null });
    expect(found.coverage).toBeCloseTo(3 / 11.5, 12);
    expect(found.evidence.find(({ input }) => input === "breadth")).toMatchObject({ score: 0.5, contribution: null, flip: null });
    const known = marketBias({ ...NOTHING, breadth: 0.3, momentum: -0.5, aboveAverage200: 0.5, aboveAverage50: 0.5 });
    expect(known.score).toBeCloseTo(-0.5 / 6.5, 12);
    expect(known.bias).toBe("neutral");
  });

  it("adds its contributions up to the score, within -1 to 1", () => {
    fc.assert(fc.property(values, (x) => {
      const { score, evidence, bias } = marketBias(x);
      if (score === null) {
        expect(bias).toBeNull();
        return;
      }
      expect(evidence.reduce((sum, { contribution }) => sum + (contribution ?? 0), 0)).toBeCloseTo(score, 10);
      expect(Math.abs(score)).toBeLessThanOrEqual(1 + 1e-12);
    }));
  });

  it("names flips that hold: just past the value named the bias is the one named", () => {
    fc.assert(fc.property(values, (x) => {
      const before = marketBias(x);
      for (const { input, flip, value } of before.evidence) {
        if (flip === null || value === null) continue;
        const beyond = flip.value + Math.sign(flip.value - value) * 1e-6;
        if (beyond < BIAS_RULES[input].least || beyond > BIAS_RULES[input].most || Math.abs(flip.value - value) < 1e-6) continue;
        expect(marketBias({ ...x, [input]: beyond }).bias).toBe(flip.to);
      }
    }));
  });

  it("counts volatility and correlation against a rise, and refuses what cannot be", () => {
    const score = (x: Partial<Record<BiasInput, number>>) => Object.fromEntries(marketBias({ ...NOTHING, ...x }).evidence.map(({ input, score: own }) => [input, own]));
    expect(score({ volatility: 0.9, correlation: 0.7, moneyFlow: 80 })).toMatchObject({ volatility: -0.8, correlation: -1, moneyFlow: 1, breadth: null });
    expect(() => marketBias({ ...NOTHING, breadth: 1.2 })).toThrow(AppError);
  });
});

describe("momentumScore", () => {
  it("gives the worked example of its docstring", () => {
    const found = momentumScore([100, 110, 99, 108.9], [1, 3])!;
    expect(found.score).toBeCloseTo(0.3119, 3);
    expect(found.horizons.map(({ standardised }) => Number(standardised.toFixed(4)))).toEqual([0.8227, 0.4249]);
  });

  it("turns its sign with the prices turned over, and does not know their unit", () => {
    const closes = fc.array(fc.integer({ min: 50, max: 200 }), { minLength: 12, maxLength: 40 });
    fc.assert(fc.property(closes, fc.integer({ min: 2, max: 9 }), (c, k) => {
      const found = momentumScore(c, [1, 5, 10]);
      if (found === null) return;
      expect(momentumScore(c.map((price) => price * k), [1, 5, 10])!.score).toBeCloseTo(found.score, 8);
      expect(momentumScore(c.map((price) => 10_000 / price), [1, 5, 10])!.score).toBeCloseTo(-found.score, 8);
      expect(Math.abs(found.score)).toBeLessThanOrEqual(1);
    }));
  });

  it("is unknown with too few closes or without any swing", () => {
    expect(momentumScore([1, 2, 3], [3])).toBeNull();
    expect(momentumScore([1, 2, 4, 8, 16], [1])).toBeNull();
    expect(() => momentumScore([1, 0, 2], [1])).toThrow(AppError);
    expect(() => momentumScore([1, 2, 3], [])).toThrow(AppError);
  });
});

describe("volumeFlow", () => {
  const flat = (close: number[], volume: number[]) => ({ high: close, low: close, close, volume });

  it("gives the worked example of its docstring", () => {
    const found = volumeFlow(flat([10, 11, 10, 12], [1, 100, 50, 50]), 3)!;
    expect(found.moneyFlowIndex).toBeCloseTo(77.27, 2);
    expect(found).toMatchObject({ upVolumeShare: 0.75, onBalanceShare: 0.5, sessions: 3 });
  });

  it("says nothing where nothing counts", () => {
    expect(volumeFlow(flat([10, 10, 10], [1, 5, 5]), 2)).toEqual({ moneyFlowIndex: null, upVolumeShare: null, onBalanceShare: 0, sessions: 2 });
    expect(volumeFlow(flat([10, 11, 12], [0, 0, 0]), 2)).toBeNull();
    expect(volumeFlow(flat([10, 11], [1, 1]), 2)).toBeNull();
    expect(() => volumeFlow(flat([10, 11], [1, -1]), 1)).toThrow(AppError);
  });
});

describe("priceLevels", () => {
  const low = [10, 8, 10, 12, 10, 8.04, 10, 12.1, 11];
  const options = { reach: 1, tolerance: 0.01, touchesAtLeast: 2 };

  it("gives the worked example of its docstring", () => {
    const found = priceLevels({ high: low, low, close: 11 }, options);
    expect(found.map(({ kind, touches, firstAt, lastAt }) => [kind, touches, firstAt, lastAt])).toEqual([["support", 2, 1, 5], ["resistance", 2, 3, 7]]);
    expect(found.map(({ price }) => price)).toEqual([expect.closeTo(8.02, 10), expect.closeTo(12.05, 10)]);
    expect(found[0]!.distance).toBeCloseTo(8.02 / 11 - 1, 12);
  });

  it("keeps every level within its tolerance and apart from the next, whatever the prices", () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 90, max: 110 }), { minLength: 10, maxLength: 80 }), (prices) => {
      const found = priceLevels({ high: prices, low: prices, close: 100 }, { ...options, touchesAtLeast: 1 });
      for (const [i, level] of found.entries()) {
        expect(level.kind).toBe(level.price <= 100 ? "support" : "resistance");
        if (i > 0) expect(level.price).toBeGreaterThan(found[i - 1]!.price);
      }
    }));
  });

  it("finds none in a steady rise or a plateau, and refuses options that say nothing", () => {
    const rise = Array.from({ length: 20 }, (_, i) => 10 + i);
    expect(priceLevels({ high: rise, low: rise, close: 29 }, options)).toEqual([]);
    expect(priceLevels({ high: [5, 5, 5, 5], low: [5, 5, 5, 5], close: 5 }, options)).toEqual([]);
    expect(() => priceLevels({ high: rise, low: rise, close: 29 }, { ...options, reach: 0 })).toThrow(AppError);
  });
});

describe("steadyRegime", () => {
  it("gives the worked example of its docstring", () => {
    const after = (n: number) => steadyRegime([0.7, 0.78, 0.82, 0.73, 0.69].slice(0, n), 0.05);
    expect([1, 2, 3, 4, 5].map((n) => after(n).regime)).toEqual(["normal", "normal", "tense", "tense", "normal"]);
    expect([2, 4, 5].map((n) => after(n).lasted)).toEqual([2, 2, 1]);
  });

  it("crosses boundaries no more often with a margin than without, and agrees with the plain regime at none", () => {
    const anyRanks = fc.array(fc.integer({ min: 0, max: 100 }).map((i) => i / 100), { minLength: 1, maxLength: 60 });
    const level = (ranks: number[], margin: number) => VOLATILITY_REGIMES.indexOf(steadyRegime(ranks, margin).regime);
    const changes = (ranks: number[], margin: number) => ranks.reduce((sum, _, i) => (i === 0 ? 0 : sum + Math.abs(level(ranks.slice(0, i + 1), margin) - level(ranks.slice(0, i), margin))), 0);
    fc.assert(fc.property(anyRanks, (ranks) => {
      expect(changes(ranks, 0.05)).toBeLessThanOrEqual(changes(ranks, 0));
      const newest = ranks.at(-1)!;
      expect(steadyRegime(ranks, 0).regime).toBe(VOLATILITY_REGIMES[[0.25, 0.75, 0.95].filter((end) => newest > end).length]);
    }));
  });

  it("reaches the last regime in spite of the margin, and refuses ranks that are none", () => {
    expect(steadyRegime([0.5, 1], 0.1).regime).toBe("stressed");
    expect(() => steadyRegime([], 0.05)).toThrow(AppError);
    expect(() => steadyRegime([1.2], 0.05)).toThrow(AppError);
  });

  it("is fed by the ranks of the windows, each among those up to it", () => {
    const found = volatilityRegime([0.01, -0.01, 0.02, -0.02, 0.001, 0.001], { window: 2, periodsPerYear: 252, windowsAtLeast: 3 })!;
    expect(found.ranks).toEqual([1, 2 / 4, 1 / 5]);
    expect(found.rank).toBe(found.ranks.at(-1));
  });
});
