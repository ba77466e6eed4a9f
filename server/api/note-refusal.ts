import type { AccessRule, Refusal } from "@/server/domain/account/access";
import { recordRefusal } from "@/server/services/account/record-refusal";
import type { CallerCtx } from "@/server/services/ctx";

type RefusalCtx = Pick<CallerCtx, "db" | "now" | "origin" | "limiter" | "log" | "caller">;

/**
 * Whether a refusal belongs to the audit log: what only staff may do, and what somebody who looks with another's eyes wanted to change.
 * That a person is not signed in, has another plan or has to confirm who they are is how pages find out what to ask for.
 */
export const isNoteworthy = (rule: AccessRule, refusal: Refusal): boolean =>
  refusal === "READ_ONLY" || (refusal !== "STEP_UP_NEEDED" && ["moderator", "admin", "recent-admin"].includes(rule));

/** Writes down, in bounded number, that access was refused. That this fails, as when the database is away, changes no answer. */
export async function noteRefusal(ctx: RefusalCtx, { what, reason }: { what: string; reason: string }): Promise<void> {
  const { caller } = ctx;
  const subjectId = caller.kind === "guest" ? null : caller.user.id;
  const actorId = caller.kind === "session" && caller.impersonatorId ? caller.impersonatorId : subjectId;
  const details = { what: what.slice(0, 200), reason, by: caller.kind, ...(caller.kind === "key" && { keyId: caller.keyId }) };
  await recordRefusal(ctx, { action: "access.refused", subjectId, actorId, details }, actorId).catch((error: unknown) => ctx.log.warn({ event: "refusal not written down", err: error }));
}
