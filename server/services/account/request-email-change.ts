import type { UserCtx } from "@/server/services/ctx";
import { issueToken } from "./account-token";
import { recordAudit } from "./record-audit";
import { sendMail } from "./send-mail";

const LASTS_HOURS = 24;

/** Sends a link to the new address; the old one stays until it is confirmed. A taken address gets none, and the answer is the same. */
export async function requestEmailChange(ctx: UserCtx, { email }: { email: string }): Promise<void> {
  const { id } = ctx.user;
  await ctx.db.$transaction(async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id }, select: { name: true, locale: true } });
    if (await tx.user.findUnique({ where: { email }, select: { id: true } })) return;
    const token = await issueToken(tx, { userId: id, purpose: "CHANGE_EMAIL", email, now: ctx.now(), lastsMs: LASTS_HOURS * 3_600_000 });
    await recordAudit(tx, ctx, { action: "email.change-requested", subjectId: id, actorId: id });
    await sendMail(tx, ctx, { userId: id, email, locale: user.locale }, { kind: "change-email", name: user.name, link: `${ctx.site.url}/verify-email?change=1#token=${token}`, hours: LASTS_HOURS });
  });
}
