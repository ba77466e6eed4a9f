import type { SeatDto } from "@/server/contracts/billing";
import { AppError } from "@/server/domain/app-error";
import { recordAudit } from "@/server/services/account/record-audit";
import { forgetApiKeyOwners } from "@/server/services/api-key/find-api-key-owner";
import type { UserCtx } from "@/server/services/ctx";
import { toSeatDto } from "./seat-dto";

/** Takes a seat back; whoever had it has their own plan again at once. */
export async function removeSeat(ctx: UserCtx, { seatId }: { seatId: string }): Promise<SeatDto> {
  const ownerId = ctx.user.id;
  const seat = await ctx.db.$transaction(async (tx) => {
    const found = await tx.seat.findFirst({ where: { id: seatId, ownerId } });
    const { count } = await tx.seat.deleteMany({ where: { id: seatId, ownerId } });
    if (!found || count === 0) throw new AppError("NOT_FOUND", "There is no such seat", { field: "seatId" });
    await recordAudit(tx, ctx, { action: "seat.taken", subjectId: ownerId, actorId: ownerId, details: { seatId } });
    return toSeatDto(found);
  });
  forgetApiKeyOwners(ctx);
  return seat;
}
