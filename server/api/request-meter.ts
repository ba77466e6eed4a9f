import type { LimitGroup } from "@/server/domain/account/rate-limits";
import { AppError } from "@/server/domain/app-error";
import type { UsageCounter } from "@/server/platform/usage-counter";
import { takeRequest, type TakenBudget } from "@/server/services/account/take-request";
import type { CallerCtx } from "@/server/services/ctx";

export type RequestMeter = {
  /** Takes one request of the caller's budget for the group, however many procedures of it one HTTP request calls, except of `sign-in`; throws RATE_LIMITED. */
  meter: (group: LimitGroup) => Promise<void>;
  /** What to tell the caller of the budgets taken so far. */
  limitHeaders: () => Record<string, string>;
};

/** The group of a procedure that names none. */
export const groupOf = (procedure: string): LimitGroup => (procedure.startsWith("market.") ? "market" : "other");

/** Counts the request, taken or refused, towards what an account's usage page shows. */
function noted({ caller, usage }: Pick<CallerCtx, "caller"> & { usage: Pick<UsageCounter, "count"> }, surface: "app" | "api", limitGroup: LimitGroup, taking: Promise<TakenBudget>): Promise<TakenBudget> {
  if (caller.kind === "guest") return taking;
  const count = (refused: boolean) => usage.count({ userId: caller.user.id, surface, limitGroup, refused });
  taking.then(() => count(false), (error: unknown) => error instanceof AppError && count(true));
  return taking;
}

export function createRequestMeter(ctx: Pick<CallerCtx, "caller" | "origin" | "limiter"> & { usage: Pick<UsageCounter, "count"> }, surface: "app" | "api"): RequestMeter {
  const asked = new Map<LimitGroup, Promise<TakenBudget>>();
  let tightest: TakenBudget | null = null;
  let refusal: AppError | null = null;
  return {
    async meter(group) {
      // Each attempt at a secret and each mail counts, or a batch would carry a dozen for one.
      const taking = (group === "sign-in" ? undefined : asked.get(group)) ?? noted(ctx, surface, group, takeRequest(ctx, { group, surface }));
      asked.set(group, taking);
      try {
        const taken = await taking;
        if (!tightest || taken.remaining < tightest.remaining) tightest = taken;
      } catch (error) {
        if (error instanceof AppError) refusal = error;
        throw error;
      }
    },
    limitHeaders(): Record<string, string> {
      if (refusal) {
        const { allowed, retryAfterSeconds } = refusal.details as { allowed: number; retryAfterSeconds: number };
        return { "x-ratelimit-limit": String(allowed), "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(retryAfterSeconds), "retry-after": String(retryAfterSeconds) };
      }
      if (!tightest) return {};
      return { "x-ratelimit-limit": String(tightest.limit), "x-ratelimit-remaining": String(tightest.remaining), "x-ratelimit-reset": String(Math.ceil(tightest.resetsInMs / 1000)) };
    },
  };
}
