import type { z } from "zod";
import type { IngestionRun } from "@/prisma/generated/client";
import type { importRejectPage, IngestionRunDetailDto, IngestionRunDto, ListIngestionRunsInput, ListRunRejectsInput } from "@/server/contracts/admin";
import { AppError } from "@/server/domain/app-error";
import type { Ctx } from "@/server/services/ctx";
import { decodeCursor, decodeTimeCursor, encodeCursor, uuidOfCursor } from "@/server/services/market/list-cursor";
import { countRejects } from "./list-rejects";

const LIST = "ingestion-runs";

const toDto = ({ id, provider, subject, scope, status, startedAt, finishedAt, asOf, received, changed, rejected, error }: IngestionRun): IngestionRunDto => ({
  id, provider, subject, scope, status, received, changed, rejected, error,
  startedAt: startedAt.toISOString(),
  finishedAt: finishedAt?.toISOString() ?? null,
  asOf: asOf?.toISOString() ?? null,
});

/** What was brought, newest first. */
export async function listIngestionRuns(ctx: Pick<Ctx, "db">, { limit, cursor, status, provider }: ListIngestionRunsInput): Promise<{ items: IngestionRunDto[]; nextCursor: string | null }> {
  const after = cursor ? decodeTimeCursor(cursor, LIST) : null;
  const rows = await ctx.db.ingestionRun.findMany({
    where: { ...(status && { status }), ...(provider && { provider }), ...(after && { OR: [{ startedAt: { lt: after.at } }, { startedAt: after.at, id: { gt: after.id } }] }) },
    orderBy: [{ startedAt: "desc" }, { id: "asc" }],
    take: limit + 1,
  });
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items: rows.slice(0, limit).map(toDto), nextCursor: last ? encodeCursor({ list: LIST, key: last.startedAt.toISOString(), id: last.id }) : null };
}

/** One run, with its refused rows counted by reason. */
export async function getIngestionRun(ctx: Ctx, { runId }: { runId: string }): Promise<IngestionRunDetailDto> {
  const row = await ctx.db.ingestionRun.findUnique({ where: { id: runId } });
  if (!row) throw new AppError("NOT_FOUND", "No such run", { field: "runId" });
  return { ...toDto(row), contentHash: row.contentHash, reasons: await countRejects(ctx, [runId]) };
}

/** Refused rows of one run, in the order in which they were refused. */
export async function listRunRejects(ctx: Pick<Ctx, "db">, { runId, limit, cursor }: ListRunRejectsInput): Promise<z.infer<typeof importRejectPage>> {
  const after = cursor ? decodeCursor(cursor, `rejects ${runId}`) : null;
  const rows = await ctx.db.importReject.findMany({ where: { runId, ...(after && { id: { gt: uuidOfCursor(after.id) } }) }, orderBy: { id: "asc" }, take: limit + 1 });
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map(({ id, file, line, reason, raw }) => ({ id, file, line: Number(line), reason, raw: raw.slice(0, 2_000) })),
    nextCursor: last ? encodeCursor({ list: `rejects ${runId}`, key: null, id: last.id }) : null,
  };
}
