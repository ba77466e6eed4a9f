import type { User } from "@/prisma/generated/client";
import { LOCALES, type Profile } from "@/server/contracts/account";
import type { UserCtx } from "@/server/services/ctx";

/** The caller's own profile and settings. */
export async function getProfile(ctx: UserCtx): Promise<Profile> {
  return toProfile(await ctx.db.user.findUniqueOrThrow({ where: { id: ctx.user.id } }));
}

export function toProfile(user: User): Profile {
  const { id, email, name, handle, role, tier, timeZone, colourConvention, baseCurrency, quietFromMinute, quietToMinute, digest } = user;
  return {
    id, email, name, handle, role, tier, timeZone, colourConvention, baseCurrency, quietFromMinute, quietToMinute, digest,
    emailVerified: user.emailVerifiedAt !== null,
    locale: LOCALES.find((one) => one === user.locale) ?? "en",
    createdAt: user.createdAt.toISOString(),
  };
}
