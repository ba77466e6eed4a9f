import { AppError } from "@/server/domain/app-error";
import { normalCumulative, normalDensity } from "@/server/domain/shared/normal-distribution";

export type OptionTerms = { spot: number; strike: number; yearsToExpiry: number; volatilityPerYear: number; ratePerYear: number; dividendYieldPerYear?: number };

/** Worth of one option on one share, and how it moves. */
export type OptionValue = {
  /** In the unit of spot and strike. */
  price: number;
  /** Price per 1 of spot. */
  delta: number;
  /** Delta per 1 of spot; null where the option has no uncertainty left. */
  gamma: number | null;
  /** Price per 1.00 of volatility (0.01 of volatility moves it by a hundredth); null where there is no uncertainty left. */
  vega: number | null;
  /** Price per year that passes; null where there is no uncertainty left. */
  thetaPerYear: number | null;
  /** Price per 1.00 of the rate. */
  rho: number;
};

export type OptionPair = { call: OptionValue; put: OptionValue; /** Null where there is no uncertainty left. */ d1: number | null; d2: number | null };

/**
 * Value and sensitivities of a European call and put on a share with a continuous dividend yield.
 *
 *     d1 = (ln(S / K) + (r - q + s^2 / 2) T) / (s sqrt T),   d2 = d1 - s sqrt T
 *     call = S e^(-qT) N(d1) - K e^(-rT) N(d2),              put = K e^(-rT) N(-d2) - S e^(-qT) N(-d1)
 *     delta = e^(-qT) N(d1) or -e^(-qT) N(-d1),   gamma = e^(-qT) n(d1) / (S s sqrt T),   vega = S e^(-qT) n(d1) sqrt T
 *     theta = -S e^(-qT) n(d1) s / (2 sqrt T) -+ r K e^(-rT) N(+-d2) +- q S e^(-qT) N(+-d1),   rho = +-K T e^(-rT) N(+-d2)
 *     with the upper sign for the call, the lower for the put
 *
 * @param terms.spot  S: price of the share now, > 0, any one unit of money
 * @param terms.strike  K: price at which the option may be exercised, > 0, in the unit of S
 * @param terms.yearsToExpiry  T: years, >= 0
 * @param terms.volatilityPerYear  s: standard deviation of log returns per year, >= 0; fraction (0.2 is 20 %)
 * @param terms.ratePerYear  r: riskless rate per year, continuously compounded; fraction of either sign
 * @param terms.dividendYieldPerYear  q: dividends per year over price, continuously compounded; fraction, default 0
 * @returns price in the unit of S, >= 0 but for rounding; delta 0 to 1 for the call and -1 to 0 for the put; with T = 0 or s = 0 the discounted worth of what is certain,
 *   and null for what is then undefined (gamma, vega, theta, d1, d2). At the forward itself the certain option counts as not exercised, so its delta is 0
 * @throws AppError INVALID_INPUT when S or K is not above 0, T or s is below 0, a number is not finite, or the result is too large for one
 *
 * Convention: exercise at expiry only; theta by calendar time, per year; vega and rho per 1.00, not per percentage point.
 * Source: Black and Scholes, "The Pricing of Options and Corporate Liabilities", Journal of Political Economy 81(3), 1973, pp. 637-654; with the dividend yield
 * of Merton, "Theory of Rational Option Pricing", Bell Journal of Economics and Management Science 4(1), 1973, pp. 141-183.
 * Worked: S = 42, K = 40, r = 0.1, s = 0.2, T = 0.5, q = 0 -> d1 = 0.7693, d2 = 0.6278, call 4.76, put 0.81 (Hull, "Options, Futures, and Other Derivatives", chapter on Black-Scholes-Merton)
 */
export function blackScholes({ spot, strike, yearsToExpiry, volatilityPerYear, ratePerYear, dividendYieldPerYear = 0 }: OptionTerms): OptionPair {
  const finite = [spot, strike, yearsToExpiry, volatilityPerYear, ratePerYear, dividendYieldPerYear].every(Number.isFinite);
  if (!finite || spot <= 0 || strike <= 0 || yearsToExpiry < 0 || volatilityPerYear < 0) throw new AppError("INVALID_INPUT", "An option needs a spot and a strike above 0, a time and a volatility that are not negative", { field: "spot" });
  const share = spot * Math.exp(-dividendYieldPerYear * yearsToExpiry);
  const owed = strike * Math.exp(-ratePerYear * yearsToExpiry);
  if (![share, owed, strike * yearsToExpiry].every(Number.isFinite) || share === 0 || owed === 0) throw new AppError("INVALID_INPUT", "Rate or yield times the years is too large", { field: "yearsToExpiry" });

  const deviation = volatilityPerYear * Math.sqrt(yearsToExpiry);
  if (deviation === 0) return certain({ spot, share, owed, yearsToExpiry });
  const d1 = Math.log(share / owed) / deviation + deviation / 2;
  const d2 = d1 - deviation;
  const density = (share * normalDensity(d1)) / spot;
  const gamma = density / (spot * deviation);
  const vega = spot * density * Math.sqrt(yearsToExpiry);
  const valueOf = (sign: 1 | -1): OptionValue => {
    const [exercised, held] = [normalCumulative(sign * d2), normalCumulative(sign * d1)];
    return {
      price: Math.max(0, sign * (share * held - owed * exercised)),
      delta: (sign * share * held) / spot,
      gamma,
      vega,
      thetaPerYear: (-spot * density * volatilityPerYear) / (2 * Math.sqrt(yearsToExpiry)) - sign * ratePerYear * owed * exercised + sign * dividendYieldPerYear * share * held,
      rho: sign * yearsToExpiry * owed * exercised,
    };
  };
  return { call: valueOf(1), put: valueOf(-1), d1, d2 };
}

/** Without time or volatility an option is a forward that is taken or left. */
function certain({ spot, share, owed, yearsToExpiry }: { spot: number; share: number; owed: number; yearsToExpiry: number }): OptionPair {
  const valueOf = (sign: 1 | -1): OptionValue => {
    const gain = sign * (share - owed);
    const taken = gain > 0;
    return { price: taken ? gain : 0, delta: taken ? (sign * share) / spot : 0, gamma: null, vega: null, thetaPerYear: null, rho: taken ? sign * yearsToExpiry * owed : 0 };
  };
  return { call: valueOf(1), put: valueOf(-1), d1: null, d2: null };
}
