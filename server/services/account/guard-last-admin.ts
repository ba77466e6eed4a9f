import type { Prisma } from "@/prisma/generated/client";
import { AppError } from "@/server/domain/app-error";

/**
 * Makes sure that somebody else can still administer once this person cannot. The lock queues all who ask, so that of two admins
 * who take the role from each other at once, one is refused.
 *
 * @throws AppError RULE_VIOLATED with the reason LAST_ADMIN
 */
export async function guardLastAdmin(tx: Prisma.TransactionClient, userId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(7301, 1)`;
  const others = await tx.user.count({ where: { role: "ADMIN", id: { not: userId }, erasedAt: null, erasureRequestedAt: null, lockedAt: null } });
  if (others === 0) throw new AppError("RULE_VIOLATED", "This is the last admin: make somebody else one first", { reason: "LAST_ADMIN" });
}
