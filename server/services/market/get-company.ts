import { Decimal } from "decimal.js";
import type { CompanyDto } from "@/server/contracts/market";
import { AppError } from "@/server/domain/app-error";
import type { Ctx } from "@/server/services/ctx";
import { mainShare, toCompanyRow } from "./company-rows";
import { loadLastBars, toQuote, type LastBars } from "./last-quotes";
import { nearTickers } from "./search-companies";
import { loadStatements, toStatementDto, type StatementRow } from "./statement-rows";

/** Needs a recorded price in the statements' currency: a simulated level times real shares would be a made-up size. */
function marketCap(last: LastBars | null, statements: readonly StatementRow[]): number | null {
  const counted = statements.find(({ sharesOutstanding }) => sharesOutstanding !== null);
  if (!last || last.origin !== "RECORDED" || !counted?.sharesOutstanding || counted.currency !== last.currency) return null;
  return new Decimal(counted.sharesOutstanding).times(last.close).toNumber();
}

/** A company with its statements and last quote, or NOT_FOUND with tickers that were perhaps meant. */
export async function getCompany(ctx: Ctx, { ticker }: { ticker: string }): Promise<CompanyDto> {
  const company = await ctx.db.company.findUnique({
    where: { ticker },
    include: { sector: { select: { code: true } }, instruments: { where: { kind: "EQUITY" }, select: { id: true, symbol: true }, orderBy: { symbol: "asc" } } },
  });
  if (!company) throw new AppError("NOT_FOUND", `No company has the ticker ${ticker}`, { field: "ticker", suggestions: await nearTickers(ctx, ticker) });

  const share = mainShare(ticker, company.instruments);
  const [statements, lastBars] = await Promise.all([loadStatements(ctx, { companyId: company.id }), share ? loadLastBars(ctx, { instrumentId: share.id }) : []]);
  const last = lastBars[0] ?? null;
  const { cik, headquarters, founded } = company;
  return {
    ...toCompanyRow(company, statements, last),
    cik,
    headquarters,
    founded,
    symbol: share?.symbol ?? null,
    quote: last && toQuote(last),
    marketCap: marketCap(last, statements),
    statements: statements.map(toStatementDto),
  };
}
