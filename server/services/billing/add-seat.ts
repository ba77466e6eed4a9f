import type { SeatDto } from "@/server/contracts/billing";
import { seatsOf } from "@/server/domain/account/subscription-state";
import { AppError } from "@/server/domain/app-error";
import { recordAudit } from "@/server/services/account/record-audit";
import { sendMail } from "@/server/services/account/send-mail";
import { forgetApiKeyOwners } from "@/server/services/api-key/find-api-key-owner";
import type { UserCtx } from "@/server/services/ctx";
import { toSeatDto } from "./seat-dto";

/**
 * Gives a seat of the caller's institution to an address: whoever has proved it enjoys the tier, now or once they register. Whether there is
 * such an account is not told.
 */
export async function addSeat(ctx: UserCtx, { email }: { email: string }): Promise<SeatDto> {
  const ownerId = ctx.user.id;
  const seat = await ctx.db.$transaction(async (tx) => {
    // The lock keeps two requests at once, and news from Stripe, from passing the bound together.
    await tx.$queryRaw`SELECT id FROM user_account WHERE id = ${ownerId}::uuid FOR UPDATE`;
    const owner = await tx.user.findUniqueOrThrow({ where: { id: ownerId }, select: { tier: true, seatsGranted: true, name: true, handle: true } });
    const bound = seatsOf(owner);
    if (owner.tier !== "INSTITUTIONAL") throw new AppError("TIER_REQUIRED", "Only institutions have seats", { reason: "TIER_REQUIRED", tier: "INSTITUTIONAL" });
    const known = await tx.seat.findUnique({ where: { ownerId_email: { ownerId, email } } });
    if (known) return toSeatDto(known);
    if ((await tx.seat.count({ where: { ownerId } })) >= bound) throw new AppError("RULE_VIOLATED", `All ${bound} seats are given; take one back first`, { reason: "SEATS_USED_UP", field: "email", bound });
    const made = await tx.seat.create({ data: { ownerId, email, createdAt: ctx.now() } });
    await recordAudit(tx, ctx, { action: "seat.given", subjectId: ownerId, actorId: ownerId, details: { seatId: made.id } });
    await sendMail(tx, ctx, { userId: null, email, locale: ctx.user.locale }, { kind: "seat-given", name: null, institution: owner.name ?? owner.handle, link: `${ctx.site.url}/register` });
    return toSeatDto(made);
  });
  forgetApiKeyOwners(ctx);
  return seat;
}
