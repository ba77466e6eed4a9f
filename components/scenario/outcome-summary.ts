import { RATINGS, type CompanyOutcome, type Rating } from "@/server/contracts/scenario";
import { median } from "@/server/domain/shared/statistics";

/** Cover below which lenders call a loan stressed; the count is a reading aid, not a covenant. */
export const STRESSED_ICR = 1.5;

export type OutcomeSummary = {
  /** Median change of cover over the companies that have one before and after. */
  medianIcrDelta: number | null;
  covered: number;
  /** Companies with an outcome. */
  known: number;
  downgrades: number;
  upgrades: number;
  /** Change of interest over the four quarters up to the one looked at, USD. */
  interestDeltaTtm: number;
  ebitDeltaTtm: number;
  stressedBefore: number;
  stressedAfter: number;
};

/** Sum of the four quarters that end at `quarter`; the first quarter is actual and unchanged, so a shorter run is complete as well. */
export const trailingSum = (flows: readonly number[], quarter: number): number =>
  flows.slice(Math.max(0, quarter - 3), quarter + 1).reduce((sum, flow) => sum + flow, 0);

/** Notches from `before` to `after`; negative is a downgrade, null when either is missing. */
export const notches = (before: Rating | null | undefined, after: Rating | null | undefined): number | null =>
  before && after ? RATINGS.indexOf(before) - RATINGS.indexOf(after) : null;

export const icrDelta = ({ icrBefore, icrAfter }: CompanyOutcome, quarter: number): number | null => {
  const before = icrBefore[quarter];
  const after = icrAfter[quarter];
  return before === null || before === undefined || after === null || after === undefined ? null : after - before;
};

/** What a scenario does to all companies at one quarter (index into the result's quarters). */
export function outcomeSummary(companies: readonly CompanyOutcome[], quarter: number): OutcomeSummary {
  const known = companies.filter((company) => company.unavailable === null);
  const deltas = known.map((company) => icrDelta(company, quarter)).filter((delta) => delta !== null);
  const moves = known.map((company) => notches(company.ratingBefore[quarter], company.ratingAfter[quarter])).filter((move) => move !== null);
  const stressed = (icrs: readonly (number | null)[]) => {
    const icr = icrs[quarter];
    return icr !== null && icr !== undefined && icr < STRESSED_ICR;
  };
  return {
    medianIcrDelta: median(deltas),
    covered: deltas.length,
    known: known.length,
    downgrades: moves.filter((move) => move < 0).length,
    upgrades: moves.filter((move) => move > 0).length,
    interestDeltaTtm: known.reduce((sum, company) => sum + trailingSum(company.interestDelta, quarter), 0),
    ebitDeltaTtm: known.reduce((sum, company) => sum + trailingSum(company.ebitDelta, quarter), 0),
    stressedBefore: known.filter((company) => stressed(company.icrBefore)).length,
    stressedAfter: known.filter((company) => stressed(company.icrAfter)).length,
  };
}
