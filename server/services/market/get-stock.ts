import type { StockDto } from "@/server/contracts/market";
import { AppError } from "@/server/domain/app-error";
import type { Ctx } from "@/server/services/ctx";
import { loadLastBars, toQuote } from "./last-quotes";
import { nearSymbols } from "./near-symbols";

/** An instrument and its last daily close. */
export async function getStock(ctx: Ctx, { symbol }: { symbol: string }): Promise<StockDto> {
  const found = await ctx.db.instrument.findUnique({ where: { symbol }, include: { company: { select: { ticker: true } } } });
  if (!found) throw new AppError("NOT_FOUND", `No instrument has the symbol ${symbol}`, { field: "symbol", suggestions: await nearSymbols(ctx, symbol) });
  const { id, name, kind, currency, calendar, company } = found;
  const [last] = await loadLastBars(ctx, { instrumentId: id });
  return { symbol, name, kind, currency, calendar, ticker: company?.ticker ?? null, quote: last ? toQuote(last) : null };
}
