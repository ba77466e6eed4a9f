import { NEXT_TIER, GUEST_REQUESTS_PER_HOUR, REQUESTS_PER_HOUR, REQUESTS_PER_MINUTE, type LimitGroup } from "./rate-limits";
import type { Tier } from "./access";

export type Payer = { kind: "guest"; address: string } | { kind: "account"; userId: string; tier: Tier; requestsPerHour: number | null };

export type NamedBudget = {
  /** What a refusal says was used up. */
  name: "requests-per-minute" | "requests-per-hour";
  group: LimitGroup;
  key: string;
  limit: number;
  windowSeconds: number;
};

/**
 * The budgets that one request takes from, narrowest window first.
 *
 * The limit an hour is that of programs: pages of the product ask several things at once, and count by the minute only.
 */
export function requestBudgets(payer: Payer, { group, surface }: { group: LimitGroup; surface: "app" | "api" }): NamedBudget[] {
  const who = payer.kind === "guest" ? `ip:${payer.address || "unknown"}` : `user:${payer.userId}`;
  const minute: NamedBudget = { name: "requests-per-minute", group, key: `${group}:${who}`, limit: REQUESTS_PER_MINUTE[group], windowSeconds: 60 };
  const perHour = surface === "app" ? null : payer.kind === "guest" ? GUEST_REQUESTS_PER_HOUR : (payer.requestsPerHour ?? REQUESTS_PER_HOUR[payer.tier]);
  if (perHour === null) return [minute];
  return [minute, { name: "requests-per-hour", group, key: `hour:${who}`, limit: perHour, windowSeconds: 3_600 }];
}

/** The plan whose limit an hour is higher; null where a plan would not help: a limit a minute is the same for all. */
export function planThatHelps(payer: Payer, { name }: NamedBudget): Tier | null {
  if (name === "requests-per-minute") return null;
  return payer.kind === "guest" ? "PRO" : NEXT_TIER[payer.tier];
}
