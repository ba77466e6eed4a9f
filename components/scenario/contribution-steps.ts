import { CHANNELS, type CompanyScenario } from "@/server/contracts/scenario";
import type { Output } from "./contribution-paths";

export type ContributionStep = { channel: (typeof CHANNELS)[number]; amount: number };

/** Contributions of one output at one quarter, gathered by channel in the order in which the money runs; channels that move nothing are left out. */
export function contributionSteps(scenario: CompanyScenario, output: Output, at: number): ContributionStep[] {
  const parts = scenario.contributions[output] ?? [];
  return CHANNELS.map((channel) => ({ channel, amount: parts.filter((part) => part.channel === channel).reduce((sum, { amount }) => sum + (amount[at] ?? 0), 0) })).filter(({ amount }) => amount !== 0);
}

/** Value of an output without and with the shock; flows are those of the quarter, ICR is over four quarters. */
export function outputBeforeAfter({ before, after }: CompanyScenario, output: Output, at: number): { before: number | null; after: number | null } {
  return { before: before[output][at] ?? null, after: after[output][at] ?? null };
}
