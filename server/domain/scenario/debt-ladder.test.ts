import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { debtLadder, type LadderInput } from "./debt-ladder";

const input = (part: Partial<LadderInput> = {}): LadderInput => ({ debt: 1_000, interest: 12.5, floatingShare: 0.2, fixedYears: 2, fedFunds: 0.04, treasury10y: 0.042, ratingSpread: 0.01, ...part });
const paid = (ladder: ReturnType<typeof debtLadder>) => ladder.tranches.reduce((sum, { amount, rate }) => sum + (amount * rate) / 4, 0);

describe("debtLadder", () => {
  it("gives the worked example of its docstring", () => {
    const { tranches, basis } = debtLadder(input());
    expect(basis).toBe("reproducesInterest");
    expect(tranches.map(({ kind, amount, maturityQuarter }) => [kind, amount, maturityQuarter])).toEqual([["floating", 200, 20], ["fixed", 400, 2], ["fixed", 400, 6]]);
    tranches.forEach(({ rate }) => expect(rate).toBeCloseTo(0.05, 14));
  });

  it("pays exactly the reported interest, with rates that are never negative", () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e12, noNaN: true }), fc.double({ min: 0.011, max: 0.149, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 30 }), fc.option(fc.double({ min: 0, max: 0.1, noNaN: true })), (debt, rate, floatingShare, fixedYears, fedFunds) => {
        const interest = (debt * rate) / 4;
        const ladder = debtLadder(input({ debt, interest, floatingShare, fixedYears, fedFunds }));
        expect(paid(ladder) / interest).toBeCloseTo(1, 11);
        expect(ladder.tranches.reduce((sum, { amount }) => sum + amount, 0) / debt).toBeCloseTo(1, 11);
        ladder.tranches.forEach((tranche) => expect(tranche.rate).toBeGreaterThanOrEqual(0));
      }),
    );
  });

  it("does not let a finance arm's debt reprice at the parent's interest", () => {
    const ladder = debtLadder(input({ debt: 160_000, interest: 300 }));
    expect(ladder.basis).toBe("partBearsInterest");
    expect(paid(ladder) / 300).toBeCloseTo(1, 12);
    expect(ladder.tranches.reduce((sum, { amount }) => sum + amount, 0)).toBeLessThan(30_000);
  });

  it("lets interest stand that the debt cannot explain", () => {
    const ladder = debtLadder(input({ debt: 10, interest: 5 }));
    expect(ladder.basis).toBe("doesNotReprice");
    expect(paid(ladder)).toBeCloseTo(5, 12);
    expect(ladder.tranches[0]!.maturityQuarter).toBeGreaterThan(40);
  });

  it("has a defined result where debt or interest is missing", () => {
    expect(debtLadder(input({ debt: null }))).toEqual({ tranches: [], basis: "none" });
    expect(debtLadder(input({ debt: 0 }))).toEqual({ tranches: [], basis: "none" });
    expect(debtLadder(input({ interest: 0 }))).toEqual({ tranches: [], basis: "none" });
    expect(debtLadder(input({ interest: null, fedFunds: null, treasury10y: null }))).toEqual({ tranches: [], basis: "none" });
    const assumed = debtLadder(input({ interest: null }));
    expect(assumed.basis).toBe("assumedRate");
    expect(assumed.tranches.map(({ rate }) => rate)).toEqual([0.05, 0.052000000000000005, 0.052000000000000005]);
  });

  it("refuses shares, terms and amounts that make no sense", () => {
    expect(() => debtLadder(input({ floatingShare: 1.2 }))).toThrow(AppError);
    expect(() => debtLadder(input({ fixedYears: 0 }))).toThrow(AppError);
    expect(() => debtLadder(input({ debt: -1 }))).toThrow(AppError);
    expect(() => debtLadder(input({ interest: Number.NaN }))).toThrow(AppError);
  });
});
