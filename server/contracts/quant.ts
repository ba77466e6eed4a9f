import { z } from "zod";

/** Bounds keep every result a number of sense: a thousand years or a volatility of 10,000 % price nothing. */
const amount = z.number().min(1e-9).max(1e12);
const rate = z.number().min(-1).max(10);

export const priceOptionInput = z.strictObject({
  spot: amount,
  /** In the unit of `spot`. */
  strike: amount,
  yearsToExpiry: z.number().min(0).max(50),
  /** Fraction: 0.2 is 20 % a year. */
  volatilityPerYear: z.number().min(0).max(10),
  /** Continuously compounded, a fraction. */
  ratePerYear: rate,
  dividendYieldPerYear: rate.default(0),
});
export type PriceOptionInput = z.infer<typeof priceOptionInput>;

/** See domain/market/black-scholes.ts for the units. */
const optionValue = z.object({
  price: z.number(),
  delta: z.number(),
  gamma: z.number().nullable(),
  vega: z.number().nullable(),
  thetaPerYear: z.number().nullable(),
  rho: z.number(),
});
export const optionPair = z.object({ call: optionValue, put: optionValue, d1: z.number().nullable(), d2: z.number().nullable() });

const returns = z.array(z.number().min(-1).max(1_000)).min(2).max(5_000);

/** Either the beta, or the returns that it is estimated of. */
export const requireReturnInput = z.strictObject({
  riskFreePerYear: rate,
  marketReturnPerYear: rate,
  beta: z.number().min(-100).max(100).nullish(),
  /** Simple returns per period, oldest first. */
  assetReturns: returns.nullish(),
  /** Of the same periods. */
  marketReturns: returns.nullish(),
  periodsPerYear: z.number().min(1).max(366).default(252),
});
export type RequireReturnInput = z.infer<typeof requireReturnInput>;

export const requiredReturnDto = z.object({
  /** Fraction a year. */
  expectedReturnPerYear: z.number(),
  riskPremiumPerYear: z.number(),
  beta: z.number(),
  /** Null where the beta was given. */
  estimate: z.object({ alphaPerPeriod: z.number(), stdError: z.number().nullable(), rSquared: z.number().nullable(), n: z.number().int() }).nullable(),
});
export type RequiredReturnDto = z.infer<typeof requiredReturnDto>;
