import type { AdminConnectionDto, ConnectionInput } from "@/server/contracts/admin";
import { AppError } from "@/server/domain/app-error";
import { recordAudit } from "@/server/services/account/record-audit";
import type { UserCtx } from "@/server/services/ctx";
import { recordEdit } from "@/server/services/ingestion/record-edit";
import { dropFigures } from "@/server/services/market/drop-figures";
import { COLUMNS_OF_SAID, SAID, toSaidConnection } from "./verify-connection";

/** Takes out a connection that people or documents say, and answers what it was; the audit log keeps it. */
export async function deleteConnection(ctx: UserCtx, { connectionId, reason }: ConnectionInput): Promise<AdminConnectionDto> {
  const gone = await ctx.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id FROM connection WHERE id = ${connectionId}::uuid FOR UPDATE`;
    const row = await tx.connection.findUnique({ where: { id: connectionId }, select: COLUMNS_OF_SAID });
    if (!row) throw new AppError("NOT_FOUND", "No such connection", { field: "connectionId" });
    if (!SAID.some((kind) => kind === row.kind)) throw new AppError("RULE_VIOLATED", "This connection is made from data or true by definition", { reason: "NOT_SAID" });
    await recordEdit(tx, ctx, { subject: "edges", scope: connectionId });
    await tx.connection.delete({ where: { id: connectionId } });
    const before = toSaidConnection(row);
    const { kind, from, to, strength, sign, basis, verified, evidence } = before;
    await recordAudit(tx, ctx, { action: "connection.deleted", actorId: ctx.user.id, subjectId: null, details: { connectionId, before: { kind, from, to, strength, sign, basis, verified, evidence }, reason } });
    return before;
  });
  dropFigures(ctx);
  return gone;
}
