import { AppError } from "@/server/domain/app-error";
import type { CallerCtx } from "@/server/services/ctx";
import { recentProcedure, userProcedure } from "./procedures";

function sessionOf({ caller }: Pick<CallerCtx, "caller">): string {
  if (caller.kind !== "session" && caller.kind !== "login") throw new AppError("FORBIDDEN", "This needs the person to sign in; an API key does not do", { reason: "SESSION_NEEDED" });
  return caller.sessionId;
}

/** For what belongs to the person, as security settings do: a key that leaked must not reach them. */
export const inSession = userProcedure.use(({ ctx, next }) => next({ ctx: { ...ctx, sessionId: sessionOf(ctx) } }));
export const recentInSession = recentProcedure.use(({ ctx, next }) => next({ ctx: { ...ctx, sessionId: sessionOf(ctx) } }));
