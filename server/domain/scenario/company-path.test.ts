import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import type { CompanyFigures } from "./company-figures";
import { simulateCompany, type SimulationOptions } from "./company-path";
import type { DebtTranche } from "./debt-ladder";

/** A made-up company in round figures. */
const figures = (part: Partial<CompanyFigures> = {}): CompanyFigures => ({
  ticker: "SYNTH", name: "Synthetic Works", sector: "MANUFACTURING", isFinancial: false, periodEnd: "2025-09-30", window: "four-quarters", reference: "10-Q 2025-09-30", provider: "synthetic",
  revenue: [980, 990, 1_010, 1_020], ebit: [90, 100, 100, 110], interest: [10, 10, 10, 10], depreciation: [40, 40, 40, 40],
  preTax: [85, 95, 95, 105], tax: [17, 19, 19, 21], netIncome: [68, 76, 76, 84], operatingCashFlow: [120, 120, 120, 120], capex: [50, 50, 50, 50], dividends: [20, 20, 20, 20],
  debt: 1_000, cash: 300, equity: 2_000, totalAssets: 5_000, ...part,
});
const options = (part: Partial<SimulationOptions> = {}): SimulationOptions => ({ quarters: 12, contributionMargin: 0.4, oilCostShare: 0.05, passThrough: 0.5, taxRate: 0.2, ratingTable: "large", fedFunds: 0.04, treasury10y: 0.042, ...part });
const floating: DebtTranche = { name: "floating", kind: "floating", amount: 500, rate: 0.04, spread: 0, maturityQuarter: 100, tenorQuarters: 20 };
const fixed: DebtTranche = { name: "fixed", kind: "fixed", amount: 500, rate: 0.04, spread: 0, maturityQuarter: 6, tenorQuarters: 20 };
const ladder = [floating, fixed];
const step = (size: number, quarters = 12) => [0, ...Array.from({ length: quarters }, () => size)];
const plain = simulateCompany(figures(), ladder, {}, [], options());

describe("simulateCompany", () => {
  it("gives the worked example of its docstring: floating debt resets the quarter after, fixed debt does not", () => {
    const after = simulateCompany(figures(), ladder, { fedFunds: step(0.01) }, [], options());
    const delta = after.map(({ interest }, t) => interest - plain[t]!.interest);
    expect(delta.slice(0, 2)).toEqual([0, 0]);
    delta.slice(2).forEach((change) => expect(change).toBeCloseTo(1.25, 12));
  });

  it("never reprices all debt at once, and never takes percent for a fraction", () => {
    const rates = { fedFunds: step(0.01), treasury10y: step(0.01) };
    const after = simulateCompany(figures(), ladder, rates, [], options());
    const delta = after.map(({ interest }, t) => interest - plain[t]!.interest);
    const allAtOnce = (1_000 * 0.01) / 4;
    delta.slice(0, 6).forEach((change) => expect(change).toBeLessThanOrEqual(allAtOnce / 2 + 1e-12));
    delta.forEach((change) => expect(change).toBeLessThan(allAtOnce * 1.5));
    expect(delta[6]).toBeCloseTo(allAtOnce, 10);
  });

  it("renews maturing debt at the rate of that quarter plus the spread of the rating before it", () => {
    const quarter = plain[6]!;
    expect(plain[5]!.rating).toBe("AAA");
    expect(quarter.interestByTranche[1]).toBeCloseTo((500 * (0.042 + 0.0045)) / 4, 12);
    expect([quarter.debtRepaid, quarter.newDebt]).toEqual([500, 500]);
    expect(plain[7]!.debtRepaid).toBe(0);
    const worse = simulateCompany(figures({ ebit: [25, 25, 25, 25] }), ladder, {}, [], options());
    expect(worse[5]!.rating).toBe("BBB");
    expect(worse[6]!.interestByTranche[1]).toBeCloseTo((500 * (0.042 + 0.012)) / 4, 12);
  });

  it("mixes reported quarters into trailing cover: EBIT over interest, EBITDA named apart", () => {
    expect(plain[0]!.icr).toBe(10);
    expect(plain[0]!.icrEbitda).toBe(14);
    expect(plain[1]!.icr).toBeCloseTo((100 + 100 + 110 + 100) / 40, 12);
    expect(simulateCompany(figures({ depreciation: null }), ladder, {}, [], options())[3]!.icrEbitda).toBeNull();
  });

  it("starts from the reported quarter and closes every statement", () => {
    expect(plain[0]).toMatchObject({ revenue: 1_000, ebit: 100, interest: 10, preTax: 95, tax: 19, netIncome: 76, otherIncome: 5, nonCash: 44, otherUses: 50 });
    for (const [t, q] of plain.entries()) {
      expect(q.revenue - q.variableCosts - q.fixedCosts - q.costShock).toBeCloseTo(q.ebit, 9);
      expect(q.ebit - q.interest + q.otherIncome).toBeCloseTo(q.preTax, 9);
      expect(q.interestByTranche.reduce((sum, part) => sum + part, 0)).toBeCloseTo(q.interest, 10);
      expect(Object.values(q.interestParts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(q.interest, 10);
      if (t === 0) continue;
      expect(plain[t - 1]!.cashEnd! + q.netIncome + q.nonCash! - q.capex! - q.dividends! - q.otherUses! + q.newDebt - q.debtRepaid).toBeCloseTo(q.cashEnd!, 9);
      expect(q.equityEnd).toBeCloseTo(plain[t - 1]!.equityEnd! + q.netIncome - 20, 9);
      expect(q.debtEnd).toBe(1_000);
    }
  });

  it("taxes income after interest, never a loss, and sets losses against later income", () => {
    const standing = [floating, { ...fixed, maturityQuarter: 100 }];
    const easing = step(-0.04).map((value, t) => (t > 3 ? value : 0));
    const weak = simulateCompany(figures({ ebit: [8, 8, 8, 8], preTax: null, netIncome: null }), standing, { fedFunds: easing }, [], options());
    expect(weak[1]!.preTax).toBeCloseTo(-2, 12);
    expect(weak[1]!.tax).toBe(0);
    expect(weak[1]!.lossCarryForward).toBeCloseTo(2, 12);
    for (const [t, q] of weak.entries()) {
      expect(q.tax).toBeGreaterThanOrEqual(0);
      if (t > 0) expect(q.tax).toBeLessThanOrEqual(0.2 * Math.max(0, q.preTax) + 1e-12);
    }
    const gain = weak.findIndex((q, t) => t > 0 && q.preTax > 0);
    expect(gain).toBeGreaterThan(0);
    expect(weak[gain]!.tax).toBe(0);
    const taxed = simulateCompany(figures(), ladder, {}, [], options())[1]!;
    expect(taxed.tax).toBeCloseTo(0.2 * (taxed.ebit - taxed.interest + 5), 12);
  });

  it("moves revenue by elasticity at its lag, EBIT by the margin, cost by what is not passed on", () => {
    const after = simulateCompany(figures(), ladder, { gdpGrowth: step(-0.02), oil: step(0.5) }, [{ driver: "gdpGrowth", elasticity: 1.5, lagQuarters: 2 }], options());
    expect(after[2]!.revenue).toBe(1_000);
    expect(after[3]!.revenue).toBeCloseTo(970, 10);
    expect(after[1]!.costShock).toBeCloseTo(0.05 * 900 * 0.5 * 0.5, 12);
    expect(after[3]!.ebit).toBeCloseTo(100 - 0.4 * 30 - 11.25, 10);
  });

  it("changes nothing to the last bit when nothing moves", () => {
    const still = simulateCompany(figures(), ladder, { fedFunds: step(0), oil: step(0) }, [{ driver: "oil", elasticity: 2, lagQuarters: 1 }], options({ supplyDeviation: step(0), marketSpread: step(0) }));
    expect(still).toEqual(simulateCompany(figures(), ladder, {}, [{ driver: "oil", elasticity: 2, lagQuarters: 1 }], options()));
  });

  it("never pays less after a rate rise for holding more floating debt, and superposes rate shocks", () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 500 }), (a, b, bp) => {
      const delta = (share: number, size: number) => {
        const tranches = [{ ...floating, amount: 1_000 * share }, { ...fixed, amount: 1_000 * (1 - share), maturityQuarter: 100 }];
        const before = simulateCompany(figures(), tranches, {}, [], options());
        return simulateCompany(figures(), tranches, { fedFunds: step(size) }, [], options()).map(({ interest }, t) => interest - before[t]!.interest);
      };
      const [less, more] = [delta(Math.min(a, b), bp / 10_000), delta(Math.max(a, b), bp / 10_000)];
      more.forEach((change, t) => expect(change).toBeGreaterThanOrEqual(less[t]! - 1e-12));
      delta(a, (2 * bp) / 10_000).forEach((change, t) => expect(change).toBeCloseTo(2 * delta(a, bp / 10_000)[t]!, 10));
    }), { numRuns: 50 });
  });

  it("charges more after a rise from a negative rate, and does not divide by a rate of zero", () => {
    for (const level of [-0.003, 0]) {
      const tranches = [{ ...floating, rate: level + 0.02, spread: 0.02 }, { ...fixed, maturityQuarter: 2 }];
      const of = (size: number) => simulateCompany(figures(), tranches, { fedFunds: step(size), treasury10y: step(size) }, [], options({ fedFunds: level, treasury10y: level }));
      const [before, up, down] = [of(0), of(0.005), of(-0.005)];
      expect(up[2]!.interest - before[2]!.interest).toBeCloseTo((1_000 * 0.005) / 4, 12);
      expect(down[2]!.interest).toBeLessThan(before[2]!.interest);
      expect(up.every(({ icr, interest }) => Number.isFinite(icr) && Number.isFinite(interest))).toBe(true);
    }
  });

  it("lets an inverted curve that steepens help a bank that lives on its slope, as much as an upright one", () => {
    // Earns from the ten-year rate and pays the short one: a change of the slope counts by its size in points, whatever the sign of the slope was.
    const slope = [{ driver: "treasury10y" as const, elasticity: 2, lagQuarters: 0 }, { driver: "fedFunds" as const, elasticity: -2, lagQuarters: 0 }];
    const gain = (fedFunds: number, shocks: { treasury10y?: number; fedFunds?: number }) => {
      const of = (size: number) => simulateCompany(figures({ sector: "BANKING", isFinancial: true, debt: null }), [], { treasury10y: step(size * (shocks.treasury10y ?? 0)), fedFunds: step(size * (shocks.fedFunds ?? 0)) }, slope, options({ fedFunds, treasury10y: 0.042 }));
      return of(1)[3]!.ebit - of(0)[3]!.ebit;
    };
    const [inverted, upright] = [0.047, 0.037];
    expect(gain(inverted, { treasury10y: 0.005 })).toBeGreaterThan(0);
    expect(gain(inverted, { treasury10y: 0.005 })).toBeCloseTo(gain(upright, { treasury10y: 0.005 }), 10);
    expect(gain(inverted, { fedFunds: -0.005 })).toBeCloseTo(gain(inverted, { treasury10y: 0.005 }), 10);
    expect(gain(inverted, { treasury10y: -0.005 })).toBeLessThan(0);
  });

  it("makes a loss larger, not smaller, when sales fall", () => {
    const of = (size: number) => simulateCompany(figures({ ebit: [-40, -40, -40, -40], preTax: null, tax: null, netIncome: [-50, -50, -50, -50] }), ladder, { gdpGrowth: step(size) }, [{ driver: "gdpGrowth", elasticity: 1, lagQuarters: 0 }], options());
    const [before, after] = [of(0), of(-0.1)];
    expect(before[0]!.icr).toBe(-4);
    after.slice(1).forEach((quarter, t) => {
      expect(quarter.ebit - before[t + 1]!.ebit).toBeCloseTo(-40, 10);
      expect(quarter.icr!).toBeLessThan(before[t + 1]!.icr!);
      expect(quarter.netIncome).toBeLessThan(before[t + 1]!.netIncome);
    });
  });

  it("gives null where a ratio is undefined: no interest, interest not reported, a financial company", () => {
    for (const part of [{ interest: null }, { interest: [0, 0, 0, 0] as const }, { isFinancial: true }]) {
      const path = simulateCompany(figures(part), [], { fedFunds: step(0.01) }, [], options());
      expect(path.every(({ icr, icrEbitda, rating }) => icr === null && icrEbitda === null && rating === null)).toBe(true);
      expect(path.every(({ interest, netIncome }) => Number.isFinite(interest) && Number.isFinite(netIncome))).toBe(true);
    }
  });

  it("keeps interest as reported without a ladder", () => {
    simulateCompany(figures({ debt: null }), [], { fedFunds: step(0.05), treasury10y: step(0.05) }, [], options()).forEach(({ interest }) => expect(interest).toBe(10));
  });

  it("draws a credit line when cash runs out, pays for it a quarter later and repays it first", () => {
    const shocked = simulateCompany(figures({ cash: 30 }), ladder, { gdpGrowth: [0, -0.2, -0.2, 0.4, 0.4, 0.4, 0.4, 0, 0, 0, 0, 0, 0] }, [{ driver: "gdpGrowth", elasticity: 1, lagQuarters: 0 }], options());
    expect(shocked[1]!.cashEnd).toBe(0);
    expect(shocked[1]!.creditLine).toBeGreaterThan(0);
    expect(shocked[1]!.interestParts.creditLine).toBe(0);
    expect(shocked[2]!.interestParts.creditLine).toBeCloseTo((shocked[1]!.creditLine * (0.04 + shocked[1]!.spread)) / 4, 12);
    expect(shocked[4]!.creditLine).toBe(0);
    expect(shocked[4]!.cashEnd).toBeGreaterThan(0);
    for (const q of shocked) expect(q.debtEnd).toBeCloseTo(1_000 + q.creditLine, 9);
  });

  it("leaves cash unknown where a cash flow is not reported", () => {
    expect(simulateCompany(figures({ capex: null }), ladder, {}, [], options()).slice(1).every(({ cashEnd, otherUses }) => cashEnd === null && otherUses === null)).toBe(true);
    expect(simulateCompany(figures({ dividends: null }), ladder, {}, [], options())[1]!.cashEnd).not.toBeNull();
  });

  it("never lets revenue or a floating rate fall below zero", () => {
    const after = simulateCompany(figures(), ladder, { gdpGrowth: step(-0.4), fedFunds: step(-0.2) }, [{ driver: "gdpGrowth", elasticity: 5, lagQuarters: 0 }], options());
    for (const q of after) {
      expect(q.revenue).toBeGreaterThanOrEqual(0);
      expect(q.interestByTranche[0]).toBeGreaterThanOrEqual(0);
    }
  });

  it("refuses a horizon that is not whole and tranches without figures", () => {
    expect(() => simulateCompany(figures(), ladder, {}, [], options({ quarters: 0 }))).toThrow(AppError);
    expect(() => simulateCompany(figures(), [{ ...fixed, rate: Number.NaN }], {}, [], options())).toThrow(AppError);
  });
});
