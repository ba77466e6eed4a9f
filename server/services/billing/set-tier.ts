import type { SetTierDto, SetTierInput } from "@/server/contracts/billing";
import { isLive, seatsOf } from "@/server/domain/account/subscription-state";
import { AppError } from "@/server/domain/app-error";
import { recordAudit } from "@/server/services/account/record-audit";
import { forgetApiKeyOwners } from "@/server/services/api-key/find-api-key-owner";
import type { UserCtx } from "@/server/services/ctx";
import { notify } from "@/server/services/notification/notify";
import { releaseSeats } from "./release-seats";

/**
 * Puts a person on a plan by hand, as an admin, with what was agreed with an institution: its requests an hour and its seats. A plan that is
 * paid is changed where it is paid, or the next payment would undo this; its quotas are agreed here all the same.
 */
export async function setTier(ctx: UserCtx, { userId, tier, requestsPerHour, seats, reason }: SetTierInput): Promise<SetTierDto> {
  if (tier !== "INSTITUTIONAL" && (seats !== null || requestsPerHour !== null)) throw new AppError("INVALID_INPUT", "Seats and quotas belong to the institutional plan", { field: seats !== null ? "seats" : "requestsPerHour" });
  const set = await ctx.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id FROM user_account WHERE id = ${userId}::uuid FOR UPDATE`;
    const before = await tx.user.findFirst({ where: { id: userId, erasedAt: null }, select: { tier: true, requestsPerHour: true, seatsGranted: true, subscription: { select: { status: true, tier: true } } } });
    if (!before) throw new AppError("NOT_FOUND", "There is no such person", { field: "userId" });
    if (before.subscription && isLive(before.subscription) && tier !== before.subscription.tier) throw new AppError("RULE_VIOLATED", "This person pays for a plan; it is changed at Stripe", { reason: "PAID_PLAN", field: "tier" });
    await tx.user.update({ where: { id: userId }, data: { tier, requestsPerHour, seatsGranted: seats } });
    if (before.tier !== tier) await notify(tx, ctx, { userId, kind: "plan.changed", params: { from: before.tier, to: tier } });
    const seatsTaken = tier === "INSTITUTIONAL" ? await releaseSeats(tx, { ownerId: userId, bound: seatsOf({ tier, seatsGranted: seats }) }) : 0;
    await recordAudit(tx, ctx, {
      action: "tier.set",
      subjectId: userId,
      actorId: ctx.user.id,
      details: { before: { tier: before.tier, requestsPerHour: before.requestsPerHour, seats: before.seatsGranted }, after: { tier, requestsPerHour, seats }, seatsTaken, reason },
    });
    return { userId, tier, requestsPerHour, seats };
  });
  forgetApiKeyOwners(ctx);
  return set;
}
