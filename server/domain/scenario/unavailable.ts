/** Why a company has no outcome. A code without values stands in this list; the sentence for it stands in the messages (`scenario.reasons`). */
export const PLAIN_UNAVAILABLE = ["noStatement", "notInDollars", "noTwelveMonths", "revenueNotReported", "ebitNotDerivable", "bankMarginUnknown"] as const;

export type Unavailable =
  | { code: (typeof PLAIN_UNAVAILABLE)[number] }
  /** A rule of the engine refuses what is reported; `field` names the figure. */
  | { code: "figureRefused"; field: string };

export const UNAVAILABLE_CODES = [...PLAIN_UNAVAILABLE, "figureRefused"] as const satisfies readonly Unavailable["code"][];

/**
 * Why the change of interest is not that of the reported debt. rawMaterial: a financial company; held: debt or interest is not reported, or interest is negative, and it
 * stays; assumedRate: interest is not reported, and the change is that of a ladder at today's cost of debt.
 */
export const INTEREST_UNAVAILABLE = ["rawMaterial", "held", "assumedRate"] as const;
export type InterestUnavailable = (typeof INTEREST_UNAVAILABLE)[number];
