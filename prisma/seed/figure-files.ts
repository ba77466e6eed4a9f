import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** The bundled figures: one JSON value per line, so that a changed figure is one changed line. `figures/README.md` tells each source. */
const FOLDER = join(import.meta.dirname, "figures");

const isoDate = z.iso.date();
const figure = z.number().nullable();

export const macroFigure = z.object({
  code: z.string(),
  name: z.string(),
  unit: z.string(),
  frequency: z.enum(["MONTHLY", "QUARTERLY"]),
  agency: z.string(),
  category: z.string(),
  vintage: z.string(),
  /** [observations from this date on, are known since that date], oldest first. */
  knownAt: z.array(z.tuple([isoDate, isoDate])).min(1),
  /** First day of the first period; the others follow without a gap. */
  from: isoDate,
  /** null: the agency published no figure for the period. */
  values: z.array(figure),
});
export type MacroFigure = z.infer<typeof macroFigure>;

export const companyFigure = z.object({
  ticker: z.string(),
  name: z.string(),
  sector: z.string(),
  industry: z.string().nullable(),
  cik: z.string().nullable(),
  headquarters: z.string().nullable(),
  founded: z.string().nullable(),
  isFinancial: z.boolean(),
});
export type CompanyFigure = z.infer<typeof companyFigure>;

/** Columns of a statement row after its head; money in millions of USD, shares in millions, per-share figures in USD. */
export const STATEMENT_COLUMNS = [
  "revenue", "costOfRevenue", "operatingIncome", "interestExpense", "incomeTax", "netIncome",
  "totalAssets", "totalLiabilities", "equity", "otherEquity", "totalDebt", "cash",
  "operatingCashFlow", "capex", "epsBasic", "epsDiluted", "sharesDiluted", "sharesOutstanding",
] as const;
export type StatementColumn = (typeof STATEMENT_COLUMNS)[number];

/** sec: the filing's own tagged data; extract: a public table of 10-K figures; quarterly: a public table of quarterly figures (see README). */
export const ROUTES = ["sec", "extract", "quarterly"] as const;

export const statementRow = z.object({
  kind: z.enum(["Q", "Y"]),
  end: isoDate,
  year: z.number().int(),
  period: z.enum(["Q1", "Q2", "Q3", "Q4", "FY"]),
  form: z.enum(["10-Q", "10-K"]),
  route: z.enum(ROUTES),
  accession: z.string().nullable(),
  figures: z.array(figure).length(STATEMENT_COLUMNS.length),
});
export const statementFigure = z.object({ ticker: z.string(), rows: z.array(statementRow) });
export type StatementRow = z.infer<typeof statementRow>;
export type StatementFigure = z.infer<typeof statementFigure>;

export const instrumentFigure = z.object({
  symbol: z.string(),
  name: z.string(),
  kind: z.enum(["EQUITY", "ETF", "INDEX", "CRYPTO", "FX", "COMMODITY"]),
  currency: z.string(),
  calendar: z.string(),
});
export type InstrumentFigure = z.infer<typeof instrumentFigure>;

export const returnBetaFigure = z.object({
  symbol: z.string(),
  n: z.number().int(),
  rSquared: z.number(),
  errorLags: z.number().int(),
  /** First days of the first and the last month compared. */
  from: isoDate,
  to: isoDate,
  /** [driver, elasticity, standard error]. */
  responses: z.array(z.tuple([z.string(), z.number(), z.number()])),
});
export type ReturnBetaFigure = z.infer<typeof returnBetaFigure>;

export function readFigureText(name: string): string {
  return readFileSync(join(FOLDER, name), "utf8");
}

export function parseFigures<T>(text: string, schema: z.ZodType<T>): T[] {
  return text.split("\n").filter((line) => line !== "").map((line) => schema.parse(JSON.parse(line)));
}
