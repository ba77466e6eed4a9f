import { clientNetwork } from "@/server/platform/client-network";
import type { GuestCtx } from "@/server/services/ctx";
import { recordAudit, type AuditEvent } from "./record-audit";

/** Written down in an hour: of one caller, and of all. The log is for ever, and refusals cost whoever earns them nothing. */
const OF_ONE = 60;
const OF_ALL = 3_000;
const HOUR_SECONDS = 3_600;

/** Appends a refusal to the audit log, in bounded number; the last one within the bound says that more may follow. `by` is the account that was refused; without one the network stands for the caller. */
export async function recordRefusal(ctx: Pick<GuestCtx, "db" | "now" | "origin" | "limiter">, event: AuditEvent, by: string | null): Promise<void> {
  const who = by ?? `network:${clientNetwork(ctx.origin.address)}`;
  const own = await ctx.limiter.take({ key: `refusals:${event.action}:${who}`, limit: OF_ONE, windowSeconds: HOUR_SECONDS });
  if (!own.admitted) return;
  const all = await ctx.limiter.take({ key: "refusals", limit: OF_ALL, windowSeconds: HOUR_SECONDS });
  if (!all.admitted) return;
  const isLast = own.remaining === 0 || all.remaining === 0;
  await recordAudit(ctx.db, ctx, isLast ? { ...event, details: { ...event.details, furtherOnes: "not written down within this hour" } } : event);
}
