import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { lowestCoverage, RATING_TABLES, RATINGS, ratingSpread, syntheticRating } from "./synthetic-rating";

const aTable = fc.constantFrom(...RATING_TABLES);

describe("syntheticRating", () => {
  it("gives the worked examples of its docstring", () => {
    expect(syntheticRating(3.5, "large")).toBe("A-");
    expect(syntheticRating(3.5, "small")).toBe("BB+");
    expect(syntheticRating(3.5, "financial")).toBe("AAA");
    expect(ratingSpread("BBB")).toBe(0.012);
  });

  it("is null where coverage is undefined and refuses NaN", () => {
    expect(syntheticRating(null, "large")).toBeNull();
    expect(() => syntheticRating(Number.NaN, "large")).toThrow(AppError);
  });

  it("rates a loss D and a boundary with the better grade", () => {
    expect(syntheticRating(-3, "large")).toBe("D");
    expect(syntheticRating(Number.POSITIVE_INFINITY, "small")).toBe("AAA");
    for (const table of RATING_TABLES) for (const grade of RATINGS.slice(0, -1)) expect(syntheticRating(lowestCoverage(grade, table), table)).toBe(grade);
  });

  it("never rates more coverage worse nor charges it more", () => {
    fc.assert(fc.property(aTable, fc.double({ min: -20, max: 40, noNaN: true }), fc.double({ min: 0, max: 20, noNaN: true }), (table, icr, more) => {
      const [low, high] = [syntheticRating(icr, table)!, syntheticRating(icr + more, table)!];
      expect(RATINGS.indexOf(high)).toBeLessThanOrEqual(RATINGS.indexOf(low));
      expect(ratingSpread(high)).toBeLessThanOrEqual(ratingSpread(low));
    }));
  });

  it("asks small companies for more coverage than large ones", () => {
    for (const grade of RATINGS.slice(0, -1)) expect(lowestCoverage(grade, "small")).toBeGreaterThanOrEqual(lowestCoverage(grade, "large"));
  });
});
