import { sectorCode, type CompanyRow } from "@/server/contracts/market";
import { companyRatios, ratioWindows } from "@/server/domain/market/ratios/company-ratios";
import { trailingSums } from "@/server/domain/market/ratios/trailing-window";
import type { Ctx } from "@/server/services/ctx";
import { loadLastBars, type LastBars } from "./last-quotes";
import { loadStatements, toFigures, type StatementRow } from "./statement-rows";

type CompanyFacts = { id: string; ticker: string; name: string; industry: string | null; isFinancial: boolean; provider: string; sector: { code: string } };

/** How long a list may lag behind an import that another process made. */
const KEEP_MS = 30_000;
/** Statements of each kind that the trailing ratios look at. */
const NEWEST_STATEMENTS = 5;

/** One line about a company: its newest figures and the ratios that rest on them. */
export function toCompanyRow(company: CompanyFacts, statements: readonly StatementRow[], last: LastBars | null): CompanyRow {
  const newest = statements[0];
  const figures = statements.map(toFigures);
  const sector = sectorCode.safeParse(company.sector.code);
  const price = last?.origin === "RECORDED" && last.currency === newest?.currency ? last.close : null;
  return {
    ticker: company.ticker,
    name: company.name,
    sector: sector.success ? sector.data : "OTHER",
    industry: company.industry,
    isFinancial: company.isFinancial,
    currency: newest?.currency ?? last?.currency ?? "USD",
    revenue: trailingSums(figures, ["revenue"])?.revenue.toFixed() ?? null,
    ratios: companyRatios(figures, { price, isFinancial: company.isFinancial }),
    windows: ratioWindows(figures),
    periodEnd: newest?.periodEnd ?? null,
    provenance: {
      basis: "computed",
      provider: newest?.provider ?? company.provider,
      asOf: newest?.periodEnd ?? null,
      reference: newest?.reference ?? null,
      formula: { code: "trailingRatios" },
      n: null,
      rSquared: null,
      stdError: null,
    },
  };
}

function groupBy<T>(rows: readonly T[], key: (row: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const name = key(row);
    if (name === null) continue;
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return groups;
}

/** The share that stands for a company: the one listed under its own ticker, else the first by symbol. */
export const mainShare = <T extends { symbol: string }>(ticker: string, shares: readonly T[]): T | null => shares.find(({ symbol }) => symbol === ticker) ?? shares[0] ?? null;

/** Every company with its ratios. Ratios are computed by the domain, not by SQL, so the list sorts what the page shows. */
export const loadCompanyRows = (ctx: Ctx): Promise<readonly CompanyRow[]> =>
  ctx.cache.remember("market:company-rows", KEEP_MS, async () => {
    const [companies, statements, prices] = await Promise.all([
      ctx.db.company.findMany({ include: { sector: { select: { code: true } } }, orderBy: { ticker: "asc" } }),
      loadStatements(ctx, { newest: NEWEST_STATEMENTS }),
      loadLastBars(ctx),
    ]);
    const statementsOf = groupBy(statements, ({ companyId }) => companyId);
    const pricesOf = groupBy(prices, ({ companyId }) => companyId);
    return companies.map((company) => toCompanyRow(company, statementsOf.get(company.id) ?? [], mainShare(company.ticker, pricesOf.get(company.id) ?? [])));
  });
