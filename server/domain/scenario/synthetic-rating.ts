import { AppError } from "@/server/domain/app-error";

/** Synthetic rating grades, best first. */
export const RATINGS = ["AAA", "AA", "A+", "A", "A-", "BBB", "BB+", "BB", "B+", "B", "B-", "CCC", "CC", "C", "D"] as const;
export type Rating = (typeof RATINGS)[number];

/** The size class decides which coverage a grade asks for. */
export const RATING_TABLES = ["large", "small", "financial"] as const;
export type RatingTable = (typeof RATING_TABLES)[number];

/** Lowest coverage of each grade, in the order of RATINGS; D has no lower end. */
const LOWEST_COVERAGE: Record<RatingTable, readonly number[]> = {
  large: [8.5, 6.5, 5.5, 4.25, 3, 2.5, 2.25, 2, 1.75, 1.5, 1.25, 0.8, 0.65, 0.2, Number.NEGATIVE_INFINITY],
  small: [12.5, 9.5, 7.5, 6, 4.5, 4, 3.5, 3, 2.5, 2, 1.5, 1.25, 0.8, 0.5, Number.NEGATIVE_INFINITY],
  financial: [3, 2.5, 2, 1.5, 1.2, 0.9, 0.75, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, Number.NEGATIVE_INFINITY],
};

/** Spread over the ten-year government bond in the order of RATINGS, fraction per year; one column serves the three tables. */
const SPREADS: readonly number[] = [0.0045, 0.006, 0.0077, 0.0085, 0.0095, 0.012, 0.0155, 0.0183, 0.0261, 0.03, 0.0442, 0.0728, 0.101, 0.155, 0.19];

export const RATING_SOURCE = "A. Damodaran, NYU Stern, Ratings, Interest Coverage Ratios and Default Spread (page datafile/ratings.htm; the copy with AAA 0.45 %, BBB 1.20 %, D 19.00 %, undated)";

/**
 * Synthetic rating of a company from its interest coverage.
 *
 *     grade = the best one whose lowest coverage <= ICR
 *
 * @param icr  EBIT / interest expense, trailing four quarters, dimensionless; may be negative; null when undefined
 * @param table  "large", "small" (non-financial) or "financial"
 * @returns the grade; null when icr is null
 * @throws AppError INVALID_INPUT when icr is NaN
 *
 * Convention: a coverage on a boundary takes the better grade (the source closes its ranges 0.000001 below the next).
 * Source: Damodaran, "Ratings, Interest Coverage Ratios and Default Spread", NYU Stern, data page ratings.htm (see RATING_SOURCE).
 * Worked: ICR 3.5, large -> A-; small -> BB+; financial -> AAA
 */
export function syntheticRating(icr: number | null, table: RatingTable): Rating | null {
  if (icr === null) return null;
  if (Number.isNaN(icr)) throw new AppError("INVALID_INPUT", "Coverage is not a number", { field: "icr" });
  return RATINGS[LOWEST_COVERAGE[table].findIndex((lowest) => icr >= lowest)]!;
}

/**
 * Default spread of a synthetic rating over the ten-year government bond.
 *
 * @returns fraction per year (0.012 is 1.20 %)
 *
 * Source: as `syntheticRating`.
 * Worked: BBB -> 0.012
 */
export const ratingSpread = (grade: Rating): number => SPREADS[RATINGS.indexOf(grade)]!;

/** Lowest coverage that still earns a grade. */
export const lowestCoverage = (grade: Rating, table: RatingTable): number => LOWEST_COVERAGE[table][RATINGS.indexOf(grade)]!;
