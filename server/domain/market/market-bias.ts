import { AppError } from "@/server/domain/app-error";

export const BIAS_INPUTS = ["breadth", "upTurnover", "aboveAverage50", "aboveAverage200", "newExtremes", "momentum", "moneyFlow", "volatility", "correlation"] as const;
export type BiasInput = (typeof BIAS_INPUTS)[number];
export const BIASES = ["bearish", "neutral", "bullish"] as const;
export type Bias = (typeof BIASES)[number];

type Rule = { weight: number; /** The value that says nothing, and the one that says most for a rise; the same distance the other way says most for a fall. */ neutral: number; full: number; /** Ends of what the value can be. */ least: number; most: number };

/** How each input is read. Weights and scales are assumed: no estimate stands behind them. */
export const BIAS_RULES: Record<BiasInput, Rule> = {
  breadth: { weight: 1, neutral: 0, full: 0.6, least: -1, most: 1 },
  upTurnover: { weight: 1, neutral: 0.5, full: 0.8, least: 0, most: 1 },
  aboveAverage50: { weight: 1.5, neutral: 0.5, full: 0.8, least: 0, most: 1 },
  aboveAverage200: { weight: 2, neutral: 0.5, full: 0.8, least: 0, most: 1 },
  newExtremes: { weight: 1, neutral: 0, full: 0.1, least: -1, most: 1 },
  momentum: { weight: 2, neutral: 0, full: 1, least: -1, most: 1 },
  moneyFlow: { weight: 1, neutral: 50, full: 80, least: 0, most: 100 },
  volatility: { weight: 1.5, neutral: 0.5, full: 0, least: 0, most: 1 },
  correlation: { weight: 0.5, neutral: 0.35, full: 0, least: -1, most: 1 },
};

/** Scores beyond this are called a bias. */
export const BIAS_FROM = 0.2;
/** Share of all weight that has to be there for anything to be said. */
export const COVERAGE_AT_LEAST = 0.5;

export type BiasEvidence = {
  input: BiasInput;
  value: number | null;
  weight: number;
  /** -1 for a fall to 1 for a rise; null where the value is missing. */
  score: number | null;
  /** Part of the whole score; the contributions add up to it. */
  contribution: number | null;
  /** The value at which the bias would be another one, the rest as it is, and which; null where no possible value changes it. */
  flip: { value: number; to: Bias } | null;
};
export type MarketBias = { bias: Bias | null; score: number | null; /** Share of the weight of all inputs that is there. */ coverage: number; evidence: BiasEvidence[] };

/**
 * A market's lean as a weighted mean of its internals, with the part of each and what would turn it.
 *
 *     s_i = clip((x_i - neutral_i) / |full_i - neutral_i| * sign, -1, 1),   S = sum of w_i s_i / sum of w_i   over the inputs that are there
 *     bullish: S > 0.2, bearish: S < -0.2, neutral between
 *
 * @param values  x: each input in its own unit: `breadth` net share -1 to 1; `upTurnover`, `aboveAverage50`, `aboveAverage200` fractions; `newExtremes` new highs less new lows over the shares, -1 to 1;
 *   `momentum` score -1 to 1; `moneyFlow` index 0 to 100; `volatility` rank 0 to 1 (high counts against a rise); `correlation` mean of all pairs, -1 to 1 (high counts against). Null where unknown
 * @returns S -1 to 1 with its name; both null while less than half of all weight is there. Contributions w_i s_i / sum of w add up to S
 * @throws AppError INVALID_INPUT when a value is not finite or outside of what it can be
 *
 * Convention: a missing input is left out and the others take its weight; an input beyond its full value counts as full, so that it flips nothing by going further.
 *   The flip is the nearest value, other inputs unchanged, at which S stands on a boundary of the present bias.
 * Source: ours: weights, scales and boundaries are assumed and describe, they predict nothing that was measured.
 * Worked: breadth 0.3 and momentum -0.5 alone: s = 0.5 and -0.5, weights 1 and 2: S = (0.5 - 1) / 3 = -0.1667, but coverage 3 / 11.5 = 0.26, so nothing is said
 */
export function marketBias(values: Record<BiasInput, number | null>): MarketBias {
  const all = BIAS_INPUTS.reduce((sum, input) => sum + BIAS_RULES[input].weight, 0);
  const scored = BIAS_INPUTS.map((input) => ({ input, value: values[input], score: scoreOf(input, values[input]) }));
  const there = scored.reduce((sum, { input, score }) => (score === null ? sum : sum + BIAS_RULES[input].weight), 0);
  const coverage = there / all;
  const score = coverage < COVERAGE_AT_LEAST ? null : scored.reduce((sum, { input, score: own }) => sum + (BIAS_RULES[input].weight * (own ?? 0)) / there, 0);
  const evidence = scored.map(({ input, value, score: own }): BiasEvidence => {
    const { weight } = BIAS_RULES[input];
    const contribution = own === null || score === null ? null : (weight * own) / there;
    return { input, value, weight, score: own, contribution, flip: contribution === null || score === null ? null : flipOf(input, { rest: score - contribution, share: weight / there, now: biasOf(score), value: value! }) };
  });
  return { bias: score === null ? null : biasOf(score), score, coverage, evidence };
}

const biasOf = (score: number): Bias => (score > BIAS_FROM ? "bullish" : score < -BIAS_FROM ? "bearish" : "neutral");

function scoreOf(input: BiasInput, value: number | null): number | null {
  if (value === null) return null;
  const { neutral, full, least, most } = BIAS_RULES[input];
  if (!Number.isFinite(value) || value < least || value > most) throw new AppError("INVALID_INPUT", `${input} lies between ${least} and ${most}`, { field: input });
  return Math.max(-1, Math.min(1, (value - neutral) / (full - neutral)));
}

function flipOf(input: BiasInput, { rest, share, now, value }: { rest: number; share: number; now: Bias; value: number }): BiasEvidence["flip"] {
  const { neutral, full, least, most } = BIAS_RULES[input];
  const boundaries: { score: number; to: Bias }[] = now === "bullish" ? [{ score: BIAS_FROM, to: "neutral" }] : now === "bearish" ? [{ score: -BIAS_FROM, to: "neutral" }] : [{ score: BIAS_FROM, to: "bullish" }, { score: -BIAS_FROM, to: "bearish" }];
  const reachable = boundaries.flatMap(({ score, to }) => {
    const own = (score - rest) / share;
    const at = neutral + own * (full - neutral);
    return Math.abs(own) > 1 || at < least || at > most ? [] : [{ value: at, to }];
  });
  return reachable.sort((a, b) => Math.abs(a.value - value) - Math.abs(b.value - value))[0] ?? null;
}
