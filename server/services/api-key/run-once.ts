import type { Prisma } from "@/prisma/generated/client";
import { AppError } from "@/server/domain/app-error";
import { sha256 } from "@/server/platform/crypto";
import type { UserCtx } from "@/server/services/ctx";

type Answer = { status: number; body: unknown };
type Request = { key: string; operation: string; requestText: string };

const REMEMBERED_MS = 24 * 3_600_000;
/** A first request that has not ended by then was cut off with its process, and the key is free again. */
const CUT_OFF_AFTER_MS = 60_000;

/**
 * Carries out a creating request once for its Idempotency-Key: the same request again gets the first answer, for 24 hours.
 *
 * @throws AppError CONFLICT while the first is still at work; RULE_VIOLATED when the key came with another request before.
 * A request that fails is forgotten, so that it can be mended and sent again.
 */
export async function runOnce(ctx: UserCtx, { key, operation, requestText }: Request, work: () => Promise<Answer>): Promise<Answer & { replayed: boolean }> {
  const now = ctx.now();
  const requestHash = sha256(`${operation}\n${requestText}`);
  const userId = ctx.user.id;
  const where = { userId_key: { userId, key } };
  await ctx.db.idempotencyRecord.deleteMany({
    where: { userId, key, OR: [{ createdAt: { lt: new Date(now.getTime() - REMEMBERED_MS) } }, { status: null, createdAt: { lt: new Date(now.getTime() - CUT_OFF_AFTER_MS) } }] },
  });
  const { count } = await ctx.db.idempotencyRecord.createMany({ data: { userId, key, operation, requestHash, createdAt: now }, skipDuplicates: true });
  if (count === 0) {
    const earlier = await ctx.db.idempotencyRecord.findUnique({ where });
    if (earlier && earlier.requestHash !== requestHash) throw new AppError("RULE_VIOLATED", "This Idempotency-Key was used for another request", { field: "Idempotency-Key" });
    if (!earlier || earlier.status === null) throw new AppError("CONFLICT", "The first request with this Idempotency-Key is still at work; ask again shortly", { field: "Idempotency-Key" });
    return { status: earlier.status, body: earlier.body, replayed: true };
  }
  const answer = await work().catch(async (error: unknown) => {
    await ctx.db.idempotencyRecord.deleteMany({ where: { userId, key, status: null } });
    throw error;
  });
  // Where this fails the key stays taken for a while: the work is done, and a retry at once would do it twice.
  await ctx.db.idempotencyRecord.update({ where, data: { status: answer.status, body: answer.body as Prisma.InputJsonValue } });
  return { ...answer, replayed: false };
}
