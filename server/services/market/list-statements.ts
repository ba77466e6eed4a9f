import type { BalanceSheetDto, ListStatementsInput, StatementDto } from "@/server/contracts/market";
import { BALANCE_LINES } from "@/server/contracts/market";
import { AppError } from "@/server/domain/app-error";
import type { Ctx } from "@/server/services/ctx";
import { pageAfter } from "./list-cursor";
import { nearTickers } from "./search-companies";
import { loadStatements, toStatementDto } from "./statement-rows";

type Page<T> = { items: T[]; nextCursor: string | null };

/** A company's statements, newest first. */
export async function listStatements(ctx: Ctx, input: ListStatementsInput): Promise<Page<StatementDto>> {
  return page(await statementsOf(ctx, input), input, "statements");
}

/** The balance sheets among them: what has none of its lines is left out. */
export async function listBalanceSheets(ctx: Ctx, input: ListStatementsInput): Promise<Page<BalanceSheetDto>> {
  const sheets = (await statementsOf(ctx, input)).filter(({ lines }) => BALANCE_LINES.some((line) => lines[line] !== null));
  const { items, nextCursor } = page(sheets, input, "balance-sheets");
  return { items: items.map((sheet) => ({ ...sheet, lines: Object.fromEntries(BALANCE_LINES.map((line) => [line, sheet.lines[line]])) as BalanceSheetDto["lines"] })), nextCursor };
}

async function statementsOf(ctx: Ctx, { ticker, periodKind }: ListStatementsInput): Promise<StatementDto[]> {
  const company = await ctx.db.company.findUnique({ where: { ticker }, select: { id: true } });
  if (!company) throw new AppError("NOT_FOUND", `No company has the ticker ${ticker}`, { field: "ticker", suggestions: await nearTickers(ctx, ticker) });
  const rows = await loadStatements(ctx, { companyId: company.id });
  return rows.filter((row) => !periodKind || row.periodKind === periodKind).map(toStatementDto);
}

const page = (statements: StatementDto[], { ticker, periodKind, limit, cursor }: ListStatementsInput, name: string) =>
  pageAfter(statements, { list: JSON.stringify([name, ticker, periodKind ?? null]), cursor, limit, keyOf: ({ periodEnd, periodKind: kind }) => ({ key: periodEnd, id: kind }), descending: true });
