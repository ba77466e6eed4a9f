import type { AdminAuditEntryDto, AuditFilterInput, ListAuditLogInput } from "@/server/contracts/admin";
import type { AuditEntry, Prisma } from "@/prisma/generated/client";
import { literalText } from "@/server/platform/literal-text";
import { recordAudit } from "@/server/services/account/record-audit";
import type { Ctx, UserCtx } from "@/server/services/ctx";
import { decodeTimeCursor, encodeCursor } from "@/server/services/market/list-cursor";

const LIST = "audit-log";
const EXPORT_MOST = 5_000;
const DAY_MS = 86_400_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ORDER = [{ at: "desc" }, { id: "asc" }] satisfies Prisma.AuditEntryOrderByWithRelationInput[];

/** The audit log of everybody, newest first. */
export async function listAuditLog(ctx: Pick<Ctx, "db">, { limit, cursor, ...filter }: ListAuditLogInput): Promise<{ items: AdminAuditEntryDto[]; nextCursor: string | null }> {
  const after = cursor ? decodeTimeCursor(cursor, LIST) : null;
  const where = await whereOf(ctx, filter);
  const rows = await ctx.db.auditEntry.findMany({ where: { AND: [where, after ? { OR: [{ at: { lt: after.at } }, { at: after.at, id: { gt: after.id } }] } : {}] }, orderBy: ORDER, take: limit + 1 });
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items: await named(ctx, rows.slice(0, limit)), nextCursor: last ? encodeCursor({ list: LIST, key: last.at.toISOString(), id: last.id }) : null };
}

/** The newest entries that match, for a file; that it was taken is itself on the record. */
export async function exportAuditLog(ctx: UserCtx, filter: AuditFilterInput): Promise<{ items: AdminAuditEntryDto[]; cut: boolean }> {
  const rows = await ctx.db.auditEntry.findMany({ where: await whereOf(ctx, filter), orderBy: ORDER, take: EXPORT_MOST + 1 });
  const items = await named(ctx, rows.slice(0, EXPORT_MOST));
  await recordAudit(ctx.db, ctx, { action: "audit.exported", actorId: ctx.user.id, subjectId: null, details: { ...filter, rows: items.length } });
  return { items, cut: rows.length > EXPORT_MOST };
}

async function whereOf(ctx: Pick<Ctx, "db">, { action, actor, subject, from, to }: AuditFilterInput): Promise<Prisma.AuditEntryWhereInput> {
  const [actorId, subjectId] = await Promise.all([actor ? idOf(ctx, actor) : undefined, subject ? idOf(ctx, subject) : undefined]);
  return {
    ...(action && { action: { startsWith: literalText(action) } }),
    ...(actorId && { actorId }),
    ...(subjectId && { subjectId }),
    at: { ...(from && { gte: new Date(from) }), ...(to && { lt: new Date(new Date(to).getTime() + DAY_MS) }) },
  };
}

/** A person by id, e-mail or handle; one that does not exist has done nothing. */
async function idOf(ctx: Pick<Ctx, "db">, text: string): Promise<string> {
  if (UUID.test(text)) return text.toLowerCase();
  const key = text.toLowerCase().replace(/^@/, "");
  const user = await ctx.db.user.findFirst({ where: { OR: [{ email: text.toLowerCase() }, { handle: key }] }, select: { id: true } });
  return user?.id ?? "00000000-0000-0000-0000-000000000000";
}

/** Entries with the handles of those they speak of. */
export async function named(ctx: Pick<Ctx, "db">, rows: readonly AuditEntry[]): Promise<AdminAuditEntryDto[]> {
  const ids = [...new Set(rows.flatMap(({ actorId, subjectId }) => [actorId, subjectId]).filter((id) => id !== null))];
  const people = new Map((await ctx.db.user.findMany({ where: { id: { in: ids } }, select: { id: true, handle: true } })).map(({ id, handle }) => [id, handle]));
  return rows.map(({ id, at, action, actorId, subjectId, address, requestId, details }) => ({
    id, at: at.toISOString(), action, actorId, subjectId, address, requestId,
    actor: actorId ? (people.get(actorId) ?? null) : null,
    subject: subjectId ? (people.get(subjectId) ?? null) : null,
    details: details as Record<string, unknown>,
  }));
}
