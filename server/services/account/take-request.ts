import { planThatHelps, requestBudgets, type NamedBudget, type Payer } from "@/server/domain/account/request-budgets";
import type { LimitGroup } from "@/server/domain/account/rate-limits";
import { AppError } from "@/server/domain/app-error";
import { clientNetwork } from "@/server/platform/client-network";
import type { BudgetState } from "@/server/platform/rate-limiter";
import type { CallerCtx } from "@/server/services/ctx";

export type TakenBudget = NamedBudget & BudgetState;

/** Takes one request of each budget of the caller and returns the one that is nearest its end, or throws RATE_LIMITED naming the one that is used up. */
export async function takeRequest(ctx: Pick<CallerCtx, "caller" | "origin" | "limiter">, about: { group: LimitGroup; surface: "app" | "api" }): Promise<TakenBudget> {
  const payer = payerOf(ctx);
  // At once, not one after the other: whoever is refused by the minute has given one request of the hour as well, and is then refused from memory.
  const taken = await Promise.all(requestBudgets(payer, about).map(async (budget): Promise<TakenBudget> => ({ ...budget, ...(await ctx.limiter.take(budget)) })));
  const usedUp = taken.find(({ admitted }) => !admitted);
  if (usedUp) throw refused(payer, usedUp);
  return taken.reduce((tightest, budget) => (budget.remaining < tightest.remaining ? budget : tightest));
}

function payerOf({ caller, origin }: Pick<CallerCtx, "caller" | "origin">): Payer {
  if (caller.kind === "guest") return { kind: "guest", address: clientNetwork(origin.address) };
  const { id, tier, requestsPerHour } = caller.user;
  return { kind: "account", userId: id, tier, requestsPerHour };
}

function refused(payer: Payer, budget: TakenBudget): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil(budget.resetsInMs / 1000));
  const what = budget.name === "requests-per-minute" ? `${budget.limit} requests a minute to this group (${budget.group})` : `${budget.limit} requests an hour`;
  return new AppError("RATE_LIMITED", `The limit of ${what} is used up; try again in ${retryAfterSeconds} s`, {
    limit: budget.name,
    group: budget.group,
    allowed: budget.limit,
    retryAfterSeconds,
    nextTier: planThatHelps(payer, budget),
  });
}
