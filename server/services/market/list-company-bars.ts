import type { z } from "zod";
import type { BarsDto, listCompanyBarsInput } from "@/server/contracts/market";
import { AppError } from "@/server/domain/app-error";
import type { Ctx } from "@/server/services/ctx";
import { mainShare } from "./company-rows";
import { listBars } from "./list-bars";
import { nearTickers } from "./search-companies";

/** Bars of the share that stands for a company. */
export async function listCompanyBars(ctx: Ctx, { ticker, ...range }: z.infer<typeof listCompanyBarsInput>): Promise<BarsDto> {
  const company = await ctx.db.company.findUnique({ where: { ticker }, select: { instruments: { where: { kind: "EQUITY" }, select: { symbol: true }, orderBy: { symbol: "asc" } } } });
  if (!company) throw new AppError("NOT_FOUND", `No company has the ticker ${ticker}`, { field: "ticker", suggestions: await nearTickers(ctx, ticker) });
  const share = mainShare(ticker, company.instruments);
  if (!share) throw new AppError("NOT_FOUND", `No prices of ${ticker} are stored`, { field: "ticker" });
  return listBars(ctx, { symbol: share.symbol, ...range });
}
