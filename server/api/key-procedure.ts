import { AppError } from "@/server/domain/app-error";
import { adminProcedure } from "./procedures";

/** For programs of admins: making a key took a fresh proof, which a browser that was left open has not given. */
export const byAdminKey = adminProcedure.use(({ ctx, next }) => {
  if (ctx.caller.kind !== "key") throw new AppError("FORBIDDEN", "This needs an API key", { reason: "KEY_NEEDED" });
  return next();
});
