import { AppError } from "@/server/domain/app-error";

/** A part of the debt. It is repaid and borrowed anew at the start of quarter `maturityQuarter` (1 is the first simulated quarter). */
export type DebtTranche = {
  name: string;
  kind: "fixed" | "floating";
  /** USD. */
  amount: number;
  /** Rate in the last actual quarter, fraction per year. */
  rate: number;
  /** Part of the rate that is spread over the reference (fed funds when floating, ten-year Treasury when fixed), fraction per year. */
  spread: number;
  maturityQuarter: number;
  /** Quarters until the renewed tranche matures again. */
  tenorQuarters: number;
};

/** Below this average rate the reported interest cannot be that of the whole debt (leases, a finance arm whose interest is a cost of sales, capitalised interest). */
export const LOWEST_PLAUSIBLE_RATE = 0.01;
/** Above it the debt at the period's end cannot be the one the interest was paid on. */
export const HIGHEST_PLAUSIBLE_RATE = 0.15;
/** A tranche that no horizon reaches. */
const NEVER = 1_000;
const QUARTERS_A_YEAR = 4;

export type LadderInput = {
  /** USD at the period's end; null when not reported. */
  debt: number | null;
  /** Mean interest expense of a quarter, USD; null when not reported. */
  interest: number | null;
  floatingShare: number;
  fixedYears: number;
  /** Levels in the last actual quarter, fraction per year; null when no history is stored. */
  fedFunds: number | null;
  treasury10y: number | null;
  /** Rating spread of the company now, fraction per year. */
  ratingSpread: number;
};

export type DebtLadder = {
  tranches: DebtTranche[];
  /** How the rates were found. */
  basis: "reproducesInterest" | "partBearsInterest" | "doesNotReprice" | "assumedRate" | "none";
};

/**
 * A debt ladder from total debt and interest expense, where the filing's own maturities are not stored.
 *
 *     floating: share f of the debt at fed funds + rating spread;  fixed: (1 - f) in N equal yearly parts, maturing in quarters 2, 6, 10, ...
 *     r_fixed = (4 interest - f debt r_floating) / ((1 - f) debt),  so that sum amount rate / 4 = interest
 *
 * @param input  see `LadderInput`; f and N are the sector's prior
 * @returns tranches in the order floating, fixed by maturity, and the basis:
 *   reproducesInterest: the ladder pays exactly the reported interest;
 *   partBearsInterest: reported interest is under 1 % of debt: the ladder holds only as much debt as the interest pays for at today's cost, the rest is left out;
 *   doesNotReprice: it is over 15 %: one tranche at that rate that never matures;
 *   assumedRate: interest is not reported: everything at today's cost (no cover is shown then);
 *   none: no debt, debt not reported, or no interest paid: no tranches
 * @throws AppError INVALID_INPUT when f is not in 0..1, N < 1 or an amount is not finite or negative
 *
 * Convention: a floating rate that would leave less than nothing for the fixed part gives way: all tranches then pay the average rate. Today's cost is ten-year Treasury
 * + rating spread (floating: fed funds + rating spread); without stored history the average rate stands for both. Renewed debt runs as long as the ladder (floating: five years).
 * Worked: debt 1,000, interest 12.5, f = 0.2, N = 2, fed funds 4 %, spread 1 % -> floating 200 at 5 %, fixed 400 + 400 at 5 %
 */
export function debtLadder(input: LadderInput): DebtLadder {
  const { debt, interest, floatingShare, fixedYears } = input;
  if (!(floatingShare >= 0 && floatingShare <= 1) || !(fixedYears >= 1)) throw new AppError("INVALID_INPUT", "The floating share is 0 to 1 and the ladder lasts a year or more", { field: "floatingShare" });
  for (const [field, value] of Object.entries({ debt, interest })) {
    if (value !== null && !(value >= 0 && Number.isFinite(value))) throw new AppError("INVALID_INPUT", `The ${field} is zero or more`, { field });
  }
  if (debt === null || debt === 0 || interest === 0) return { tranches: [], basis: "none" };
  const cost = todaysCost(input);
  if (interest === null) return cost === null ? { tranches: [], basis: "none" } : { tranches: rungs(input, debt, cost.floating, cost.fixed), basis: "assumedRate" };

  const average = (QUARTERS_A_YEAR * interest) / debt;
  if (average > HIGHEST_PLAUSIBLE_RATE) {
    return { tranches: [{ name: "standing", kind: "fixed", amount: debt, rate: average, spread: spreadOver(input.treasury10y, average, input), maturityQuarter: NEVER, tenorQuarters: NEVER }], basis: "doesNotReprice" };
  }
  if (average < LOWEST_PLAUSIBLE_RATE && cost) {
    const blended = floatingShare * cost.floating + (1 - floatingShare) * cost.fixed;
    return { tranches: rungs(input, (QUARTERS_A_YEAR * interest) / blended, cost.floating, cost.fixed), basis: "partBearsInterest" };
  }
  const floating = input.fedFunds === null ? average : input.fedFunds + input.ratingSpread;
  const fixed = floatingShare === 1 ? average : (average - floatingShare * floating) / (1 - floatingShare);
  const fits = floatingShare < 1 && fixed >= 0;
  return { tranches: rungs(input, debt, fits ? floating : average, fits ? fixed : average), basis: "reproducesInterest" };
}

/** What borrowing costs today; null when neither reference rate has a history. */
function todaysCost({ fedFunds, treasury10y, ratingSpread }: LadderInput): { floating: number; fixed: number } | null {
  const [short, long] = [fedFunds ?? treasury10y, treasury10y ?? fedFunds];
  return short === null || long === null ? null : { floating: Math.max(0, short + ratingSpread), fixed: Math.max(0, long + ratingSpread) };
}

const spreadOver = (reference: number | null, rate: number, { ratingSpread }: LadderInput): number => (reference === null ? ratingSpread : rate - reference);

function rungs(input: LadderInput, debt: number, floatingRate: number, fixedRate: number): DebtTranche[] {
  const { floatingShare, fixedYears } = input;
  const fixed = floatingShare === 1 ? [] : Array.from({ length: fixedYears }, (_, year): DebtTranche => ({
    name: `fixed:${year + 1}`,
    kind: "fixed",
    amount: (debt * (1 - floatingShare)) / fixedYears,
    rate: fixedRate,
    spread: spreadOver(input.treasury10y, fixedRate, input),
    maturityQuarter: 2 + QUARTERS_A_YEAR * year,
    tenorQuarters: QUARTERS_A_YEAR * fixedYears,
  }));
  const floating: DebtTranche = { name: "floating", kind: "floating", amount: debt * floatingShare, rate: floatingRate, spread: spreadOver(input.fedFunds, floatingRate, input), maturityQuarter: 5 * QUARTERS_A_YEAR, tenorQuarters: 5 * QUARTERS_A_YEAR };
  return floatingShare === 0 ? fixed : [floating, ...fixed];
}
