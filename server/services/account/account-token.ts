import type { TokenPurpose } from "@/prisma/generated/client";
import { AppError } from "@/server/domain/app-error";
import { randomSecret, sha256 } from "@/server/platform/crypto";
import type { Db } from "@/server/platform/db";

type TokenTx = Pick<Db, "accountToken">;
type Issue = { userId: string; purpose: TokenPurpose; email: string | null; now: Date; lastsMs: number };

/** Makes the secret of a link in a mail; earlier links for the same purpose work no more. */
export async function issueToken(tx: TokenTx, { userId, purpose, email, now, lastsMs }: Issue): Promise<string> {
  const token = randomSecret();
  await tx.accountToken.updateMany({ where: { userId, purpose, usedAt: null }, data: { usedAt: now } });
  await tx.accountToken.create({ data: { userId, purpose, email, tokenHash: sha256(token), createdAt: now, expiresAt: new Date(now.getTime() + lastsMs) } });
  return token;
}

/** Uses up a link: of two at once, one succeeds. */
export async function redeemToken(tx: TokenTx, { token, purpose, now }: { token: string; purpose: TokenPurpose; now: Date }): Promise<{ userId: string; email: string | null }> {
  const tokenHash = sha256(token);
  const { count } = await tx.accountToken.updateMany({ where: { tokenHash, purpose, usedAt: null, expiresAt: { gt: now } }, data: { usedAt: now } });
  if (count === 0) throw new AppError("RULE_VIOLATED", "This link is used up or too old. Ask for a new one.", { reason: "LINK_SPENT" });
  return tx.accountToken.findUniqueOrThrow({ where: { tokenHash }, select: { userId: true, email: true } });
}
