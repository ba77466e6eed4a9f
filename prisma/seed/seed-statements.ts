import { statementNoteText, type StatementNote } from "@/server/domain/market/statement-notes";
import { parseFigures, readFigureText, statementFigure, STATEMENT_COLUMNS, type StatementColumn, type StatementRow } from "./figure-files";
import { seedRun, type SeedCtx } from "./seed-run";

const PER_SHARE: ReadonlySet<StatementColumn> = new Set<StatementColumn>(["epsBasic", "epsDiluted"]);
const ROUTE_NOTES: Readonly<Record<StatementRow["route"], readonly StatementNote[]>> = { sec: [], extract: [{ code: "publicExtract" }], quarterly: [{ code: "publicQuarterlyTable" }] };

/** Stored lines have the same names as the bundled columns; what others own of the equity is told in the note. */
type StoredLine = Exclude<StatementColumn, "otherEquity">;

export function toStatement({ kind, end, year, period, form, route, accession, figures }: StatementRow) {
  const at = (column: StatementColumn) => figures[STATEMENT_COLUMNS.indexOf(column)] ?? null;
  const lines = Object.fromEntries(
    STATEMENT_COLUMNS.filter((column): column is StoredLine => column !== "otherEquity").map((column) => {
      const value = at(column);
      return [column, value === null ? null : PER_SHARE.has(column) ? value.toFixed(6) : (value * 1e6).toFixed(4)];
    }),
  ) as Record<StoredLine, string | null>;
  const others = at("otherEquity");
  // The fourth quarter of a filer is its fiscal year less the first three quarters.
  const notes: StatementNote[] = [
    ...(route === "sec" && kind === "Q" && form === "10-K" ? [{ code: "fourthQuarter" } as const] : []),
    ...(others === null ? [] : [{ code: "otherEquity", millions: others } as const]),
    ...ROUTE_NOTES[route],
  ];
  return {
    periodKind: kind === "Q" ? ("QUARTER" as const) : ("YEAR" as const),
    fiscalYear: year,
    fiscalPeriod: period,
    periodEnd: new Date(end),
    currency: "USD",
    ...lines,
    reference: `${form} ${end}`,
    accession,
    provider: "sec-filing",
    note: statementNoteText(notes),
  };
}

type Stored = ReturnType<typeof toStatement>;
const comparable = (value: unknown) => (value instanceof Date ? value.toISOString() : value === null || value === undefined ? null : typeof value === "object" || /^-?\d+\.\d+$/.test(String(value)) ? Number(value) : value);

/** Statements of the bundled companies; a row that an import has brought is left as it is. */
export async function seedStatements(ctx: SeedCtx): Promise<void> {
  const { db } = ctx;
  const content = readFigureText("statements.jsonl");
  const figures = parseFigures(content, statementFigure);
  const companies = new Map((await db.company.findMany({ select: { id: true, ticker: true } })).map(({ id, ticker }) => [ticker, id]));
  const wanted = figures.flatMap(({ ticker, rows }) => rows.map((row) => ({ companyId: companies.get(ticker)!, ...toStatement(row) })));

  await seedRun(ctx, { provider: "sec-filing", subject: "fundamentals", scope: "seed: statements", content }, async (runId) => {
    const keyOf = (row: { companyId: string; periodKind: string; periodEnd: Date }) => `${row.companyId} ${row.periodKind} ${row.periodEnd.toISOString()}`;
    const held = new Map((await db.financialStatement.findMany()).map((row) => [keyOf(row), row]));
    const missing = wanted.filter((row) => !held.has(keyOf(row)));
    await db.financialStatement.createMany({ data: missing.map((row) => ({ ...row, runId })), skipDuplicates: true });
    const stale = wanted.filter((row) => {
      const before = held.get(keyOf(row));
      return before !== undefined && before.provider === row.provider && (Object.keys(row) as (keyof Stored)[]).some((key) => comparable(before[key]) !== comparable(row[key]));
    });
    for (const row of stale) await db.financialStatement.update({ where: { id: held.get(keyOf(row))!.id }, data: { ...row, runId } });
    return { received: wanted.length, changed: missing.length + stale.length };
  });
}
