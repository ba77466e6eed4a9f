/**
 * Who may call a procedure. `recent` is a signed-in person who proved a second factor, or the password, within the last minutes; `recent-admin` an admin who did, for
 * what touches other people or cannot be taken back.
 */
export const ACCESS_RULES = ["public", "user", "recent", "pro", "premium", "institutional", "moderator", "admin", "recent-admin"] as const;
export type AccessRule = (typeof ACCESS_RULES)[number];

export const ROLES = ["USER", "MODERATOR", "ADMIN"] as const;
export type Role = (typeof ROLES)[number];

export const TIERS = ["FREE", "PRO", "PREMIUM", "INSTITUTIONAL"] as const;
export type Tier = (typeof TIERS)[number];

export const STEP_UP_LASTS_MS = 10 * 60_000;

/** What is known of the caller when a rule is judged. */
export type Standing = {
  role: Role;
  /** Whether one is set up. */
  secondFactor: boolean;
  tier: Tier;
  /** When a second factor (or the password where none is set up) was last proved in this session; null for API keys. */
  steppedUpAt: Date | null;
  /** An admin looks with this person's eyes and may change nothing. */
  impersonated: boolean;
};

export type Refusal = "UNAUTHENTICATED" | "STEP_UP_NEEDED" | "TIER_REQUIRED" | "FORBIDDEN" | "SECOND_FACTOR_NEEDED" | "READ_ONLY";

const atLeast = <T>(order: readonly T[], have: T, need: T) => order.indexOf(have) >= order.indexOf(need);

/**
 * Judges one call.
 *
 * @param rule  what the procedure asks
 * @param standing  the caller; null for a guest
 * @param writes  whether the call changes anything
 * @returns why it is refused; null when it may go on
 */
export function refusalOf(rule: AccessRule, standing: Standing | null, { now, writes }: { now: Date; writes: boolean }): Refusal | null {
  if (standing?.impersonated && writes) return "READ_ONLY";
  if (rule === "public") return null;
  if (!standing) return "UNAUTHENTICATED";
  switch (rule) {
    case "user":
      return null;
    case "recent":
      return isSteppedUp(standing, now) ? null : "STEP_UP_NEEDED";
    case "pro":
    case "premium":
    case "institutional":
      return standing.role === "ADMIN" || atLeast(TIERS, standing.tier, rule.toUpperCase() as Tier) ? null : "TIER_REQUIRED";
    case "moderator":
    case "admin":
      if (!atLeast(ROLES, standing.role, rule.toUpperCase() as Role)) return "FORBIDDEN";
      // A password alone, which may be known to others, opens nothing of an admin's.
      return standing.role === "ADMIN" && !standing.secondFactor ? "SECOND_FACTOR_NEEDED" : null;
    case "recent-admin":
      return refusalOf("admin", standing, { now, writes }) ?? refusalOf("recent", standing, { now, writes });
  }
}

const isSteppedUp = ({ steppedUpAt }: Standing, now: Date) => steppedUpAt !== null && now.getTime() - steppedUpAt.getTime() < STEP_UP_LASTS_MS;
