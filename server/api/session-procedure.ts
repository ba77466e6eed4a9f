import { AppError } from "@/server/domain/app-error";
import type { CallerCtx } from "@/server/services/ctx";
import { recentProcedure, userProcedure } from "./procedures";

function sessionOf({ caller }: Pick<CallerCtx, "caller">): string {
  if (caller.kind !== "session") throw new AppError("FORBIDDEN", "This can be done in the browser only", { reason: "SESSION_NEEDED" });
  return caller.sessionId;
}

/** For what belongs to the person at the browser, as security settings do: a key that leaked must not reach them. */
export const inSession = userProcedure.use(({ ctx, next }) => next({ ctx: { ...ctx, sessionId: sessionOf(ctx) } }));
export const recentInSession = recentProcedure.use(({ ctx, next }) => next({ ctx: { ...ctx, sessionId: sessionOf(ctx) } }));
