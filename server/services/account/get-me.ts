import { LOCALES, type Me } from "@/server/contracts/account";
import type { CallerCtx } from "@/server/services/ctx";

/** The caller as the frame of the app shows them; null for guests. */
export async function getMe(ctx: CallerCtx): Promise<Me> {
  if (ctx.caller.kind === "guest") return null;
  const { user } = ctx.caller;
  const { email, name, handle } = await ctx.db.user.findUniqueOrThrow({ where: { id: user.id }, select: { email: true, name: true, handle: true } });
  const locale = LOCALES.find((one) => one === user.locale) ?? "en";
  return { id: user.id, email, name, handle, role: user.role, secondFactor: user.secondFactor, tier: user.tier, locale, impersonated: ctx.caller.kind === "session" && ctx.caller.impersonatorId !== null };
}
