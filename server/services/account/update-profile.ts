import type { Profile, UpdateProfileInput } from "@/server/contracts/account";
import { AppError } from "@/server/domain/app-error";
import { isUniqueViolation } from "@/server/platform/unique-violation";
import type { UserCtx } from "@/server/services/ctx";
import { toProfile } from "./get-profile";
import { isReservedHandle } from "./new-handle";

/** Changes what is given of the caller's profile and settings, and nothing else. */
export async function updateProfile(ctx: UserCtx, input: UpdateProfileInput): Promise<Profile> {
  const { name, handle, locale, timeZone, colourConvention, baseCurrency, quietFromMinute, quietToMinute, digest } = input;
  const taken = new AppError("CONFLICT", "This handle is taken", { field: "handle", reason: "HANDLE_TAKEN" });
  const own = await ctx.db.user.findUniqueOrThrow({ where: { id: ctx.user.id }, select: { handle: true } });
  if (handle && handle !== own.handle && isReservedHandle(handle)) throw taken;
  try {
    return toProfile(await ctx.db.user.update({ where: { id: ctx.user.id }, data: { name: name === undefined ? undefined : name || null, handle, locale, timeZone, colourConvention, baseCurrency, quietFromMinute, quietToMinute, digest } }));
  } catch (error) {
    if (isUniqueViolation(error)) throw taken;
    throw error;
  }
}
