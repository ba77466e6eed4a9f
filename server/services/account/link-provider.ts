import type { Prisma } from "@/prisma/generated/client";
import type { OauthProvider } from "@/server/contracts/account";
import { AppError } from "@/server/domain/app-error";
import { isUniqueViolation } from "@/server/platform/unique-violation";
import type { GuestCtx } from "@/server/services/ctx";
import { notify } from "@/server/services/notification/notify";
import { recordAudit } from "./record-audit";

/** The provider's own id of a person, which stays when their address changes. */
export type ProviderIdentity = { provider: OauthProvider; providerId: string };
type Link = ProviderIdentity & { userId: string };

export const providerRefusal = (reason: string, message: string) => new AppError("UNAUTHENTICATED", message, { reason });

const taken = () => providerRefusal("PROVIDER_TAKEN", "This account of the provider belongs to another account here");

/**
 * Links a provider to the person who asked for it, in a session in which they had just proved who they are. The address at the provider
 * does not matter: both accounts were shown to be theirs. A second time changes nothing.
 */
export async function linkProvider(ctx: GuestCtx, link: Link): Promise<void> {
  const linking = ctx.db.$transaction(async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id: link.userId }, select: { lockedAt: true, erasedAt: true } });
    if (user.lockedAt || user.erasedAt) throw providerRefusal("SIGN_IN_REFUSED", "That did not work");
    await attachProvider(tx, ctx, link);
  });
  // Two people at once: the other was first.
  await linking.catch((error: unknown) => {
    throw isUniqueViolation(error) ? taken() : error;
  });
}

/** Writes the link down, tells the person and notes it in the log. A person has one account of each provider, and it has one person. */
export async function attachProvider(tx: Prisma.TransactionClient, ctx: GuestCtx, { userId, provider, providerId }: Link): Promise<void> {
  // The lock queues two links to one account.
  await tx.$queryRaw`SELECT id FROM user_account WHERE id = ${userId}::uuid FOR UPDATE`;
  const same = await tx.oauthAccount.findMany({ where: { provider, OR: [{ providerId }, { userId }] } });
  if (same.some((one) => one.providerId === providerId && one.userId !== userId)) throw taken();
  if (same.some((one) => one.providerId !== providerId)) throw providerRefusal("PROVIDER_ANOTHER", "Another account of this provider is linked already");
  if (same.length > 0) return;
  await tx.oauthAccount.create({ data: { userId, provider, providerId, createdAt: ctx.now() } });
  await recordAudit(tx, ctx, { action: "provider.linked", subjectId: userId, actorId: userId, details: { provider } });
  await notify(tx, ctx, { userId, kind: "security.provider-changed", params: { change: "linked", provider } });
}
