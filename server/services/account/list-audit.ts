import type { AuditEntryDto } from "@/server/contracts/account";
import { decodeTimeCursor, encodeCursor } from "@/server/services/market/list-cursor";
import type { UserCtx } from "@/server/services/ctx";
import { deviceName } from "./device-name";

const LIST = "audit";

/** What the audit log holds about the caller, newest first. Where somebody else did it, their address stays theirs. */
export async function listAudit(ctx: UserCtx, { limit, cursor }: { limit: number; cursor?: string | null }): Promise<{ items: AuditEntryDto[]; nextCursor: string | null }> {
  const after = cursor ? decodeTimeCursor(cursor, LIST) : null;
  const rows = await ctx.db.auditEntry.findMany({
    where: { subjectId: ctx.user.id, ...(after && { OR: [{ at: { lt: after.at } }, { at: after.at, id: { gt: after.id } }] }) },
    orderBy: [{ at: "desc" }, { id: "asc" }],
    take: limit + 1,
  });
  const items = rows.slice(0, limit).map(({ id, at: when, action, actorId, subjectId, address, userAgent, details }) => {
    const own = actorId === null || actorId === subjectId;
    return { id, at: when.toISOString(), action, byYou: actorId === subjectId, device: own ? deviceName(userAgent).name : "", address: own ? address : "", details: details as Record<string, unknown> };
  });
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items, nextCursor: last ? encodeCursor({ list: LIST, key: last.at.toISOString(), id: last.id }) : null };
}
