import type { Prisma } from "@/prisma/generated/client";
import type { AdminCompanyDto, CreateCompanyInput, UpdateCompanyInput } from "@/server/contracts/admin";
import { AppError } from "@/server/domain/app-error";
import { literalText } from "@/server/platform/literal-text";
import { isUniqueViolation } from "@/server/platform/unique-violation";
import { recordAudit } from "@/server/services/account/record-audit";
import type { Ctx, UserCtx } from "@/server/services/ctx";
import { placeInGraph } from "@/server/services/graph/place-in-graph";
import { EDITOR, recordEdit } from "@/server/services/ingestion/record-edit";
import { assertUnchanged } from "./assert-unchanged";
import { dropFigures } from "./drop-figures";
import { decodeCursor, encodeCursor } from "./list-cursor";

const LIST = "admin-companies";

const COLUMNS = {
  id: true, ticker: true, name: true, industry: true, cik: true, headquarters: true, founded: true, isFinancial: true, provider: true, updatedAt: true,
  sector: { select: { code: true } }, instruments: { select: { symbol: true }, orderBy: { symbol: "asc" } }, _count: { select: { statements: true } },
} satisfies Prisma.CompanySelect;
type Row = Prisma.CompanyGetPayload<{ select: typeof COLUMNS }>;

const toDto = ({ ticker, name, industry, cik, headquarters, founded, isFinancial, provider, updatedAt, sector, instruments, _count }: Row): AdminCompanyDto => ({
  ticker, name, industry, cik, headquarters, founded, isFinancial, provider,
  sector: sector.code,
  instruments: instruments.map(({ symbol }) => symbol),
  statements: _count.statements,
  updatedAt: updatedAt.toISOString(),
});

/** What an admin may set of a company. */
const profileOf = ({ name, sector, industry, cik, headquarters, founded, isFinancial }: Row) => ({ name, sector: sector.code, industry, cik, headquarters, founded, isFinancial });

/** Companies as they are stored, by ticker; a search finds the beginning of the ticker or a part of the name. */
export async function listCompanyProfiles(ctx: Pick<Ctx, "db">, { limit, cursor, search }: { limit: number; cursor?: string | null; search: string }): Promise<{ items: AdminCompanyDto[]; nextCursor: string | null }> {
  const after = cursor ? decodeCursor(cursor, LIST) : null;
  const rows = await ctx.db.company.findMany({
    where: { AND: [search ? { OR: [{ ticker: { startsWith: literalText(search.toUpperCase()) } }, { name: { contains: literalText(search), mode: "insensitive" } }] } : {}, after ? { ticker: { gt: after.id } } : {}] },
    select: COLUMNS,
    orderBy: { ticker: "asc" },
    take: limit + 1,
  });
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items: rows.slice(0, limit).map(toDto), nextCursor: last ? encodeCursor({ list: LIST, key: null, id: last.ticker }) : null };
}

/** Adds a company by hand, with its place in the graph. */
export async function createCompany(ctx: UserCtx, { ticker, sector, ...profile }: CreateCompanyInput): Promise<AdminCompanyDto> {
  try {
    const made = await ctx.db.$transaction(async (tx) => {
      const runId = await recordEdit(tx, ctx, { subject: "universe", scope: ticker });
      const row = await tx.company.create({ data: { ticker, ...profile, sectorId: await sectorIdOf(tx, sector), provider: EDITOR, runId }, select: COLUMNS });
      await placeInGraph(tx, { node: { key: `company:${ticker}`, kind: "COMPANY", label: row.name, companyId: row.id }, memberOf: `sector:${sector}`, runId });
      await recordAudit(tx, ctx, { action: "company.created", actorId: ctx.user.id, subjectId: null, details: { ticker, after: { sector, ...profile } } });
      return row;
    });
    dropFigures(ctx);
    return toDto(made);
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError("CONFLICT", "There is a company with this ticker already", { field: "ticker", reason: "KEY_TAKEN" });
    throw error;
  }
}

/** Changes what is given of a company's profile. */
export async function updateCompany(ctx: UserCtx, { ticker, sector, seenAt, ...profile }: UpdateCompanyInput): Promise<AdminCompanyDto> {
  const changed = await ctx.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id FROM company WHERE ticker = ${ticker} FOR UPDATE`;
    const before = await tx.company.findUnique({ where: { ticker }, select: COLUMNS });
    if (!before) throw new AppError("NOT_FOUND", "No company has this ticker", { field: "ticker" });
    assertUnchanged(before, seenAt);
    const runId = await recordEdit(tx, ctx, { subject: "universe", scope: ticker });
    const row = await tx.company.update({ where: { ticker }, data: { ...profile, ...(sector && { sectorId: await sectorIdOf(tx, sector) }), runId }, select: COLUMNS });
    await placeInGraph(tx, { node: { key: `company:${ticker}`, kind: "COMPANY", label: row.name, companyId: row.id }, memberOf: `sector:${row.sector.code}`, runId });
    await recordAudit(tx, ctx, { action: "company.updated", actorId: ctx.user.id, subjectId: null, details: { ticker, before: profileOf(before), after: profileOf(row) } });
    return row;
  });
  dropFigures(ctx);
  return toDto(changed);
}

async function sectorIdOf(tx: Prisma.TransactionClient, code: string): Promise<string> {
  const sector = await tx.sector.findUnique({ where: { code }, select: { id: true } });
  if (!sector) throw new AppError("NOT_FOUND", "No such sector is stored", { field: "sector" });
  return sector.id;
}
