import type { Prisma } from "@/prisma/generated/client";
import type { DeleteCompanyInput, DeleteInstrumentInput, DeletionImpactDto } from "@/server/contracts/admin";
import { AppError } from "@/server/domain/app-error";
import { recordAudit } from "@/server/services/account/record-audit";
import type { Ctx, UserCtx } from "@/server/services/ctx";
import { removeFromGraph, touching } from "@/server/services/graph/place-in-graph";
import { recordEdit } from "@/server/services/ingestion/record-edit";
import { dropFigures } from "./drop-figures";

type Found = { id: string; name: string; instruments: { id: string; symbol: string; priceOrigin: string }[]; profile: Prisma.InputJsonObject };

/** What goes with a company: its statements, its instruments with their bars, its connections. */
export async function getCompanyImpact(ctx: Pick<Ctx, "db">, { ticker }: { ticker: string }): Promise<DeletionImpactDto> {
  const { id, name, instruments } = await findCompany(ctx.db, ticker);
  return impactOf(ctx.db, { key: ticker, name, companyId: id, nodeKeys: nodeKeysOf(ticker, instruments), instruments });
}

/** Deletes a company with all that stands on it. Recorded figures cannot be had back here: its ticker has to be typed. */
export async function deleteCompany(ctx: UserCtx, { ticker, confirm }: DeleteCompanyInput): Promise<DeletionImpactDto> {
  const impact = await ctx.db.$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT id FROM company WHERE ticker = ${ticker} FOR UPDATE`;
      const { id, name, instruments, profile } = await findCompany(tx, ticker);
      const nodeKeys = nodeKeysOf(ticker, instruments);
      const goes = await impactOf(tx, { key: ticker, name, companyId: id, nodeKeys, instruments });
      assertConfirmed(goes, confirm);
      await recordEdit(tx, ctx, { subject: "universe", scope: ticker });
      await removeFromGraph(tx, nodeKeys);
      await tx.financialStatement.deleteMany({ where: { companyId: id } });
      await deleteInstruments(tx, instruments);
      await tx.company.delete({ where: { id } });
      await recordAudit(tx, ctx, { action: "company.deleted", actorId: ctx.user.id, subjectId: null, details: { ticker, before: profile, impact: goes } });
      return goes;
    },
    { timeout: 60_000 },
  );
  dropFigures(ctx);
  return impact;
}

/** What goes with an instrument: its bars and its connections. */
export async function getInstrumentImpact(ctx: Pick<Ctx, "db">, { symbol }: { symbol: string }): Promise<DeletionImpactDto> {
  const instrument = await findInstrument(ctx.db, symbol);
  return impactOf(ctx.db, { key: symbol, name: instrument.name, companyId: null, nodeKeys: [`asset:${symbol}`], instruments: [instrument] });
}

/** Deletes an instrument with its bars; recorded ones ask for its symbol. */
export async function deleteInstrument(ctx: UserCtx, { symbol, confirm }: DeleteInstrumentInput): Promise<DeletionImpactDto> {
  const impact = await ctx.db.$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT id FROM instrument WHERE symbol = ${symbol} FOR UPDATE`;
      const { id, name, priceOrigin, kind, currency, calendar, provider } = await findInstrument(tx, symbol);
      const goes = await impactOf(tx, { key: symbol, name, companyId: null, nodeKeys: [`asset:${symbol}`], instruments: [{ id, symbol, priceOrigin }] });
      assertConfirmed(goes, confirm);
      await recordEdit(tx, ctx, { subject: "universe", scope: symbol });
      await removeFromGraph(tx, [`asset:${symbol}`]);
      await deleteInstruments(tx, [{ id }]);
      await recordAudit(tx, ctx, { action: "instrument.deleted", actorId: ctx.user.id, subjectId: null, details: { symbol, before: { name, kind, currency, calendar, provider, priceOrigin }, impact: goes } });
      return goes;
    },
    { timeout: 60_000 },
  );
  dropFigures(ctx);
  return impact;
}

async function findCompany(db: Prisma.TransactionClient, ticker: string): Promise<Found> {
  const row = await db.company.findUnique({ where: { ticker }, include: { sector: { select: { code: true } }, instruments: { select: { id: true, symbol: true, priceOrigin: true } } } });
  if (!row) throw new AppError("NOT_FOUND", "No company has this ticker", { field: "ticker" });
  const { id, name, sector, industry, cik, headquarters, founded, isFinancial, provider, instruments } = row;
  return { id, name, instruments, profile: { name, sector: sector.code, industry, cik, headquarters, founded, isFinancial, provider } };
}

async function findInstrument(db: Prisma.TransactionClient, symbol: string) {
  const row = await db.instrument.findUnique({ where: { symbol } });
  if (!row) throw new AppError("NOT_FOUND", "No instrument has this symbol", { field: "symbol" });
  return row;
}

const nodeKeysOf = (ticker: string, instruments: Found["instruments"]) => [`company:${ticker}`, ...instruments.map(({ symbol }) => `asset:${symbol}`)];

type Doomed = { key: string; name: string; companyId: string | null; nodeKeys: string[]; instruments: { id: string; symbol: string; priceOrigin: string }[] };

async function impactOf(db: Prisma.TransactionClient, { key, name, companyId, nodeKeys, instruments }: Doomed): Promise<DeletionImpactDto> {
  const [statements, bars, connections] = await Promise.all([
    companyId ? db.financialStatement.count({ where: { companyId } }) : 0,
    db.priceBar.count({ where: { instrumentId: { in: instruments.map(({ id }) => id) } } }),
    db.connection.count({ where: touching(nodeKeys) }),
  ]);
  return { key, name, statements, bars, connections, instruments: instruments.map(({ symbol }) => symbol), recorded: statements > 0 || (bars > 0 && instruments.some(({ priceOrigin }) => priceOrigin === "RECORDED")) };
}

function assertConfirmed({ recorded, key }: DeletionImpactDto, confirm: string): void {
  if (recorded && confirm.trim().toUpperCase() !== key) throw new AppError("RULE_VIOLATED", "Recorded figures would go: type the key to confirm", { field: "confirm", reason: "NOT_CONFIRMED" });
}

async function deleteInstruments(tx: Prisma.TransactionClient, instruments: readonly { id: string }[]): Promise<void> {
  const ids = instruments.map(({ id }) => id);
  await tx.priceBar.deleteMany({ where: { instrumentId: { in: ids } } });
  await tx.instrument.deleteMany({ where: { id: { in: ids } } });
}
