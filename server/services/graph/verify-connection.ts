import type { Prisma } from "@/prisma/generated/client";
import type { AdminConnectionDto, ConnectionInput, ListAdminConnectionsInput, SetStrengthInput, VerifyConnectionInput } from "@/server/contracts/admin";
import { CONNECTION_BASES, evidence as evidenceSchema } from "@/server/contracts/graph";
import { AppError } from "@/server/domain/app-error";
import { literalText } from "@/server/platform/literal-text";
import { recordAudit } from "@/server/services/account/record-audit";
import type { Ctx, UserCtx } from "@/server/services/ctx";
import { EDITOR, recordEdit } from "@/server/services/ingestion/record-edit";
import { decodeCursor, encodeCursor, uuidOfCursor } from "@/server/services/market/list-cursor";
import { assertUnchanged } from "@/server/services/market/assert-unchanged";
import { dropFigures } from "@/server/services/market/drop-figures";
import { CONNECTION_KIND_NAME } from "./connection-figures";

const LIST = "admin-connections";
/** What is said by people and documents; the others are made from data or true by definition. */
export const SAID = ["SUPPLY", "COMPETITION", "OWNERSHIP"] as const;

export const COLUMNS_OF_SAID = {
  id: true, kind: true, strength: true, sign: true, basis: true, verified: true, evidence: true, author: true, updatedAt: true,
  from: { select: { key: true, label: true } }, to: { select: { key: true, label: true } },
} satisfies Prisma.ConnectionSelect;
type Row = Prisma.ConnectionGetPayload<{ select: typeof COLUMNS_OF_SAID }>;

export const toSaidConnection = ({ id, kind, strength, sign, basis, verified, evidence, author, updatedAt, from, to }: Row): AdminConnectionDto => ({
  id, strength, sign, verified, author,
  kind: CONNECTION_KIND_NAME[kind],
  from: from.key, fromLabel: from.label, to: to.key, toLabel: to.label,
  basis: CONNECTION_BASES.find((name) => name === basis.toLowerCase()) ?? "assumed",
  evidence: evidenceSchema.nullable().catch(null).parse(evidence),
  updatedAt: updatedAt.toISOString(),
});

/** Connections that people or documents say, those without a read document first asked for. */
export async function listSaidConnections(ctx: Pick<Ctx, "db">, { limit, cursor, state, search }: ListAdminConnectionsInput): Promise<{ items: AdminConnectionDto[]; nextCursor: string | null }> {
  const after = cursor ? decodeCursor(cursor, `${LIST} ${state}`) : null;
  const named = { contains: literalText(search), mode: "insensitive" as const };
  const rows = await ctx.db.connection.findMany({
    where: {
      AND: [
        { kind: { in: [...SAID] }, ...(state !== "all" && { verified: state === "verified" }) },
        search ? { OR: [{ from: { OR: [{ key: named }, { label: named }] } }, { to: { OR: [{ key: named }, { label: named }] } }] } : {},
        after ? { id: { gt: uuidOfCursor(after.id) } } : {},
      ],
    },
    select: COLUMNS_OF_SAID,
    orderBy: { id: "asc" },
    take: limit + 1,
  });
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items: rows.slice(0, limit).map(toSaidConnection), nextCursor: last ? encodeCursor({ list: `${LIST} ${state}`, key: null, id: last.id }) : null };
}

/** How many of each kind still lack a read document, and how many have one. */
export async function countSaidConnections(ctx: Pick<Ctx, "db">): Promise<{ kind: string; open: number; verified: number }[]> {
  const groups = await ctx.db.connection.groupBy({ by: ["kind", "verified"], where: { kind: { in: [...SAID] } }, _count: true });
  const of = (kind: (typeof SAID)[number], verified: boolean) => groups.find((group) => group.kind === kind && group.verified === verified)?._count ?? 0;
  return SAID.map((kind) => ({ kind: CONNECTION_KIND_NAME[kind], open: of(kind, false), verified: of(kind, true) }));
}

/** Notes the document in which a connection was read, whole; from then on it counts as filed. */
export const verifyConnection = (ctx: UserCtx, { connectionId, seenAt, ...evidence }: VerifyConnectionInput): Promise<AdminConnectionDto> =>
  change(ctx, { connectionId, seenAt, action: "connection.verified" }, () => ({ basis: "FILED", verified: true, evidence }));

/** Takes a document back: the connection is assumed again and cites nothing. What was cited stays in the audit log. */
export const unverifyConnection = (ctx: UserCtx, { connectionId, reason }: ConnectionInput): Promise<AdminConnectionDto> =>
  change(ctx, { connectionId, action: "connection.unverified", reason }, (before) => {
    if (!before.verified) throw new AppError("CONFLICT", "This connection is not verified", { reason: "NOT_VERIFIED" });
    return { basis: "ASSUMED", verified: false, evidence: {} };
  });

export const setConnectionStrength = (ctx: UserCtx, { connectionId, strength, reason, seenAt }: SetStrengthInput): Promise<AdminConnectionDto> =>
  change(ctx, { connectionId, seenAt, action: "connection.strength-set", reason }, () => ({ strength }));

type Edit = { connectionId: string; action: string; reason?: string; seenAt?: string };

async function change(ctx: UserCtx, { connectionId, action, reason, seenAt }: Edit, edit: (before: Row) => Prisma.ConnectionUncheckedUpdateInput): Promise<AdminConnectionDto> {
  const row = await ctx.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id FROM connection WHERE id = ${connectionId}::uuid FOR UPDATE`;
    const before = await tx.connection.findUnique({ where: { id: connectionId }, select: COLUMNS_OF_SAID });
    if (!before) throw new AppError("NOT_FOUND", "No such connection", { field: "connectionId" });
    if (!SAID.some((kind) => kind === before.kind)) throw new AppError("RULE_VIOLATED", "This connection is made from data or true by definition", { reason: "NOT_SAID" });
    assertUnchanged(before, seenAt);
    const data = edit(before);
    const runId = await recordEdit(tx, ctx, { subject: "edges", scope: connectionId });
    const after = await tx.connection.update({ where: { id: connectionId }, data: { ...data, author: EDITOR, runId }, select: COLUMNS_OF_SAID });
    const told = ({ strength, basis, verified, evidence }: AdminConnectionDto) => ({ strength, basis, verified, evidence: evidence ?? null });
    await recordAudit(tx, ctx, { action, actorId: ctx.user.id, subjectId: null, details: { connectionId, from: before.from.key, to: before.to.key, before: told(toSaidConnection(before)), after: told(toSaidConnection(after)), ...(reason && { reason }) } });
    return after;
  });
  dropFigures(ctx);
  return toSaidConnection(row);
}
