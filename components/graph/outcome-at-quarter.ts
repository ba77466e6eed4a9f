import type { CompanyOutcome, Rating, ScenarioResult } from "@/server/contracts/scenario";
import { median } from "@/server/domain/shared/statistics";

export type OutcomeAtQuarter = {
  outcome: CompanyOutcome;
  icrBefore: number | null;
  icrAfter: number | null;
  /** Null for financials and where cover is undefined. */
  icrDelta: number | null;
  ratingBefore: Rating | null;
  ratingAfter: Rating | null;
  /** USD of that quarter. */
  netIncomeDelta: number | null;
};

/** What the scenario does to each company at one quarter, by node key. */
export function outcomesAtQuarter(result: Pick<ScenarioResult, "companies">, quarter: number): Map<string, OutcomeAtQuarter> {
  return new Map(
    result.companies.map((outcome) => {
      const icrBefore = outcome.isFinancial ? null : (outcome.icrBefore[quarter] ?? null);
      const icrAfter = outcome.isFinancial ? null : (outcome.icrAfter[quarter] ?? null);
      return [
        `company:${outcome.ticker}`,
        {
          outcome,
          icrBefore,
          icrAfter,
          icrDelta: icrBefore === null || icrAfter === null ? null : icrAfter - icrBefore,
          ratingBefore: outcome.ratingBefore[quarter] ?? null,
          ratingAfter: outcome.ratingAfter[quarter] ?? null,
          netIncomeDelta: outcome.netIncomeDelta[quarter] ?? null,
        },
      ];
    }),
  );
}

export const deltasOf = (outcomes: ReadonlyMap<string, OutcomeAtQuarter>): Map<string, number | null> => new Map([...outcomes].map(([key, at]) => [key, at.icrDelta]));

/** Median cover of the companies that have one in every quarter, with and without the shock. */
export function medianCover(result: Pick<ScenarioResult, "companies" | "quarters">): { before: (number | null)[]; after: (number | null)[] } {
  const whole = result.companies.filter((c) => !c.isFinancial && c.icrBefore.length > 0 && c.icrBefore.every((v) => v !== null) && c.icrAfter.every((v) => v !== null));
  const line = (pick: (c: CompanyOutcome) => (number | null)[]) => result.quarters.map((_, t) => median(whole.flatMap((c) => pick(c)[t] ?? [])));
  return { before: line((c) => c.icrBefore), after: line((c) => c.icrAfter) };
}

export type DeltaHistogram = { top: number; bins: number[] };

/** Counts of |change of cover| in equal bins up to the 95th percentile (rounded up to 0.05); the last bin takes the tail. */
export function deltaHistogram(deltas: Iterable<number | null>, bins = 28): DeltaHistogram {
  const sizes = [...deltas].flatMap((delta) => (delta === null ? [] : [Math.abs(delta)])).sort((a, b) => a - b);
  const high = sizes.length === 0 ? 0 : sizes[Math.min(sizes.length - 1, Math.floor(sizes.length * 0.95))]!;
  const top = Math.max(0.05, Math.ceil(high / 0.05 - 1e-9) * 0.05);
  const counts = Array.from({ length: bins }, () => 0);
  for (const size of sizes) counts[Math.min(bins - 1, Math.floor((size / top) * bins))]! += 1;
  return { top, bins: counts };
}

/** The change at which a ring is a full circle: the 90th percentile over companies and quarters, so that rings compare across the scrubber. */
export function fullRingDelta(result: Pick<ScenarioResult, "companies">): number {
  const sizes = result.companies
    .flatMap((c) => (c.isFinancial ? [] : c.icrBefore.map((before, t) => (before === null || c.icrAfter[t] == null ? 0 : Math.abs(c.icrAfter[t]! - before)))))
    .filter((size) => size > 0)
    .sort((a, b) => a - b);
  return sizes.length === 0 ? 1 : sizes[Math.floor(sizes.length * 0.9)]!;
}
