import { AppError } from "@/server/domain/app-error";
import { addDays, utcDate } from "@/server/domain/calendar/trading-date";
import { storeDividends, storeSplits } from "@/server/services/market/corporate-actions";
import { lockInstrument } from "@/server/services/market/vendor-bars";
import { recordedRun, type IngestCtx, type RunReport } from "./recorded-run";

const LOOK_BACK_DAYS = 400;

/**
 * Brings splits and dividends of one share. Splits are written down here and applied where bars show that they are due, in the daily bars.
 *
 * @throws AppError NOT_FOUND for a symbol that is not stored; of the vendors when none answers
 */
export async function ingestCorporateActions(ctx: IngestCtx, { symbol }: { symbol: string }): Promise<RunReport> {
  if (!(await ctx.db.instrument.findUnique({ where: { symbol }, select: { id: true } }))) throw new AppError("NOT_FOUND", `No instrument has the symbol ${symbol}`, { field: "symbol" });
  const from = addDays(utcDate(ctx.now()), -LOOK_BACK_DAYS);
  const [vendor = "none"] = [...ctx.providers.vendorsWith("splits"), ...ctx.providers.vendorsWith("dividends")];
  return recordedRun(ctx, { provider: vendor, subject: "corporate actions", scope: symbol }, async (runId) => {
    const splits = ctx.providers.vendorsWith("splits").length === 0 ? [] : await ctx.providers.source("splits").fetchSplits({ symbol, from });
    const dividends = ctx.providers.vendorsWith("dividends").length === 0 ? [] : await ctx.providers.source("dividends").fetchDividends({ symbol, from });
    const changed = await ctx.db.$transaction(async (tx) => {
      const held = await lockInstrument(tx, symbol);
      return held ? (await storeSplits(tx, held, { splits, runId })) + (await storeDividends(tx, held, { dividends, runId })) : 0;
    });
    return { received: splits.length + dividends.length, changed, rejected: 0 };
  });
}
