import type { DataExportDto } from "@/server/contracts/account";
import type { DataExport } from "@/prisma/generated/client";
import { AppError } from "@/server/domain/app-error";
import type { UserCtx } from "@/server/services/ctx";
import { recordAudit } from "./record-audit";

const AGAIN_AFTER_MS = 60 * 60_000;

export const toExportDto = (row: Pick<DataExport, "id" | "status" | "requestedAt" | "readyAt" | "expiresAt">): DataExportDto => ({
  id: row.id, status: row.status, requestedAt: row.requestedAt.toISOString(), readyAt: row.readyAt?.toISOString() ?? null, expiresAt: row.expiresAt?.toISOString() ?? null,
});

/** Starts the archive of all that is kept about the person; a job builds it. One at a time, and one an hour. */
export async function requestExport(ctx: UserCtx): Promise<DataExportDto> {
  const now = ctx.now();
  return ctx.db.$transaction(async (tx) => {
    // The lock keeps two requests from starting two.
    await tx.$queryRaw`SELECT id FROM user_account WHERE id = ${ctx.user.id}::uuid FOR UPDATE`;
    const recent = await tx.dataExport.findFirst({ where: { userId: ctx.user.id, status: { in: ["WAITING", "READY"] }, requestedAt: { gt: new Date(now.getTime() - AGAIN_AFTER_MS) } }, select: { id: true } });
    if (recent) throw new AppError("CONFLICT", "An archive was made within the last hour", { reason: "EXPORT_RECENT" });
    const row = await tx.dataExport.create({ data: { userId: ctx.user.id, requestedAt: now } });
    await recordAudit(tx, ctx, { action: "export.requested", subjectId: ctx.user.id, actorId: ctx.user.id });
    await ctx.emit(tx, { name: "export/requested", data: { exportId: row.id, tier: ctx.user.tier } });
    return toExportDto(row);
  });
}

export async function listExports(ctx: UserCtx): Promise<{ items: DataExportDto[] }> {
  const rows = await ctx.db.dataExport.findMany({ where: { userId: ctx.user.id }, orderBy: { requestedAt: "desc" }, take: 10, omit: { archive: true } });
  return { items: rows.map(toExportDto) };
}

/** One export of the person; another's is not found. */
export async function getExport(ctx: UserCtx, { exportId }: { exportId: string }): Promise<DataExportDto> {
  const row = await ctx.db.dataExport.findFirst({ where: { id: exportId, userId: ctx.user.id }, omit: { archive: true } });
  if (!row) throw new AppError("NOT_FOUND", "No such archive");
  return toExportDto(row);
}

/** The bytes of an archive that is ready; another person's is not found. */
export async function getExportArchive(ctx: UserCtx, { exportId }: { exportId: string }): Promise<{ archive: Uint8Array; requestedAt: Date }> {
  const row = await ctx.db.dataExport.findFirst({ where: { id: exportId, userId: ctx.user.id, status: "READY", expiresAt: { gt: ctx.now() } } });
  if (!row?.archive) throw new AppError("NOT_FOUND", "No such archive, or it has expired");
  await recordAudit(ctx.db, ctx, { action: "export.downloaded", subjectId: ctx.user.id, actorId: ctx.user.id, details: { exportId } });
  return { archive: row.archive, requestedAt: row.requestedAt };
}
