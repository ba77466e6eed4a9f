import type { CompanyOutcome, DriverPath } from "@/server/contracts/scenario";

export type StartSummary = {
  /** Drivers whose level is carried forward from before the start. */
  carried: number;
  /** Companies by where their statements lie against the start. */
  statements: { total: number; same: number; older: number; newer: number; years: number };
};

/** How much of what a scenario starts from is of the starting quarter itself. */
export function startSummary(drivers: readonly DriverPath[], companies: readonly CompanyOutcome[]): StartSummary {
  const used = companies.flatMap(({ statements }) => statements ?? []);
  const count = (is: (quarters: number) => boolean) => used.filter(({ quartersFromStart }) => is(quartersFromStart)).length;
  return {
    carried: drivers.filter(({ baseline }) => baseline !== null && baseline.quartersFromStart < 0).length,
    statements: { total: used.length, same: count((q) => q === 0), older: count((q) => q < 0), newer: count((q) => q > 0), years: used.filter(({ window }) => window === "fiscal-year").length },
  };
}
