import type { Db } from "@/server/platform/db";
import type { GuestCtx } from "@/server/services/ctx";
import { issueToken } from "./account-token";
import { sendMail, type MailTx } from "./send-mail";

const LASTS_HOURS = 24;
/** A second mail within this time would say the same as the first. */
const AGAIN_AFTER_MS = 5 * 60_000;

type Unverified = { id: string; email: string | null; name: string | null; locale: string };

/** Sends the link that proves an address. */
export async function sendVerification(tx: MailTx & Pick<Db, "accountToken">, ctx: GuestCtx, user: Unverified): Promise<void> {
  if (!user.email) return;
  const token = await issueToken(tx, { userId: user.id, purpose: "VERIFY_EMAIL", email: user.email, now: ctx.now(), lastsMs: LASTS_HOURS * 3_600_000 });
  await sendMail(tx, ctx, { userId: user.id, email: user.email, locale: user.locale }, { kind: "verify-email", name: user.name, link: `${ctx.site.url}/verify-email#token=${token}`, hours: LASTS_HOURS });
}

/** Sends it again, unless that was done a moment ago. */
export async function remindToVerify(ctx: GuestCtx, user: Unverified): Promise<void> {
  const recent = await ctx.db.accountToken.findFirst({ where: { userId: user.id, purpose: "VERIFY_EMAIL", createdAt: { gt: new Date(ctx.now().getTime() - AGAIN_AFTER_MS) } }, select: { id: true } });
  if (!recent) await ctx.db.$transaction((tx) => sendVerification(tx, ctx, user));
}

/** For an address that waits for its confirmation; any other is left alone, and the answer is the same. */
export async function requestVerification(ctx: GuestCtx, { email }: { email: string }): Promise<void> {
  const user = await ctx.db.user.findUnique({ where: { email }, select: { id: true, email: true, name: true, locale: true, emailVerifiedAt: true, lockedAt: true } });
  if (user && !user.emailVerifiedAt && !user.lockedAt) await remindToVerify(ctx, user);
}
