import type { Prisma } from "@/prisma/generated/client";
import type { AdminInstrumentDto, CreateInstrumentInput, UpdateInstrumentInput } from "@/server/contracts/admin";
import { AppError } from "@/server/domain/app-error";
import { memberships } from "@/server/domain/graph/memberships";
import { literalText } from "@/server/platform/literal-text";
import { isUniqueViolation } from "@/server/platform/unique-violation";
import { recordAudit } from "@/server/services/account/record-audit";
import type { Ctx, UserCtx } from "@/server/services/ctx";
import { placeInGraph } from "@/server/services/graph/place-in-graph";
import { EDITOR, recordEdit } from "@/server/services/ingestion/record-edit";
import { dropFigures } from "./drop-figures";
import { decodeCursor, encodeCursor } from "./list-cursor";

const LIST = "admin-instruments";

const COLUMNS = { id: true, symbol: true, name: true, kind: true, currency: true, calendar: true, priceOrigin: true, provider: true, company: { select: { ticker: true } } } satisfies Prisma.InstrumentSelect;
type Row = Prisma.InstrumentGetPayload<{ select: typeof COLUMNS }>;

const toDto = ({ symbol, name, kind, currency, calendar, priceOrigin, provider, company }: Row, lastBarAt: Date | null): AdminInstrumentDto => ({ symbol, name, kind, currency, calendar, priceOrigin, provider, company: company?.ticker ?? null, lastBarAt: lastBarAt?.toISOString() ?? null });

/** Instruments as they are stored, by symbol, each with the time of its last bar. */
export async function listInstrumentProfiles(ctx: Pick<Ctx, "db">, { limit, cursor, search, kind }: { limit: number; cursor?: string | null; search: string; kind?: Row["kind"] | null }): Promise<{ items: AdminInstrumentDto[]; nextCursor: string | null }> {
  const after = cursor ? decodeCursor(cursor, LIST) : null;
  const rows = await ctx.db.instrument.findMany({
    where: { AND: [search ? { OR: [{ symbol: { startsWith: literalText(search.toUpperCase()) } }, { name: { contains: literalText(search), mode: "insensitive" } }] } : {}, kind ? { kind } : {}, after ? { symbol: { gt: after.id } } : {}] },
    select: COLUMNS,
    orderBy: { symbol: "asc" },
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  // One look at the end of each instrument's index, instead of a pass over millions of bars.
  const newest = page.length === 0 ? [] : await ctx.db.$queryRaw<{ id: string; at: Date | null }[]>`
    SELECT i.id, greatest((SELECT time FROM price_bar WHERE instrument_id = i.id AND "interval" = 'D1' ORDER BY time DESC LIMIT 1), (SELECT time FROM price_bar WHERE instrument_id = i.id AND "interval" = 'M1' ORDER BY time DESC LIMIT 1)) AS at
    FROM instrument i WHERE i.id = ANY(${page.map(({ id }) => id)}::uuid[])`;
  const at = new Map(newest.map((row) => [row.id, row.at]));
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { items: page.map((row) => toDto(row, at.get(row.id) ?? null)), nextCursor: last ? encodeCursor({ list: LIST, key: null, id: last.symbol }) : null };
}

/** Adds an instrument by hand, without bars. */
export async function createInstrument(ctx: UserCtx, { symbol, company, ...profile }: CreateInstrumentInput): Promise<AdminInstrumentDto> {
  try {
    const made = await ctx.db.$transaction(async (tx) => {
      const runId = await recordEdit(tx, ctx, { subject: "universe", scope: symbol });
      const row = await tx.instrument.create({ data: { symbol, ...profile, companyId: await companyIdOf(tx, company), provider: EDITOR }, select: COLUMNS });
      await place(tx, row, runId);
      await recordAudit(tx, ctx, { action: "instrument.created", actorId: ctx.user.id, subjectId: null, details: { symbol, after: { ...profile, company } } });
      return row;
    });
    dropFigures(ctx);
    return toDto(made, null);
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError("CONFLICT", "There is an instrument with this symbol already", { field: "symbol", reason: "KEY_TAKEN" });
    throw error;
  }
}

/** Changes what is given of an instrument. */
export async function updateInstrument(ctx: UserCtx, { symbol, company, ...profile }: UpdateInstrumentInput): Promise<AdminInstrumentDto> {
  const changed = await ctx.db.$transaction(async (tx) => {
    const before = await tx.instrument.findUnique({ where: { symbol }, select: COLUMNS });
    if (!before) throw new AppError("NOT_FOUND", "No instrument has this symbol", { field: "symbol" });
    const runId = await recordEdit(tx, ctx, { subject: "universe", scope: symbol });
    const row = await tx.instrument.update({ where: { symbol }, data: { ...profile, ...(company !== undefined && { companyId: await companyIdOf(tx, company) }) }, select: COLUMNS });
    await place(tx, row, runId);
    await recordAudit(tx, ctx, { action: "instrument.updated", actorId: ctx.user.id, subjectId: null, details: { symbol, before: toDto(before, null), after: toDto(row, null) } });
    return row;
  });
  dropFigures(ctx);
  return toDto(changed, null);
}

function place(tx: Prisma.TransactionClient, { id, symbol, name, kind, company }: Row, runId: string): Promise<void> {
  const [edge] = memberships({ companies: [], instruments: [{ symbol, kind, ticker: company?.ticker ?? null }] });
  return placeInGraph(tx, { node: { key: `asset:${symbol}`, kind: "ASSET", label: name, instrumentId: id }, memberOf: edge?.to ?? null, runId });
}

async function companyIdOf(tx: Prisma.TransactionClient, ticker: string | null): Promise<string | null> {
  if (ticker === null) return null;
  const company = await tx.company.findUnique({ where: { ticker }, select: { id: true } });
  if (!company) throw new AppError("NOT_FOUND", "No company has this ticker", { field: "company" });
  return company.id;
}
