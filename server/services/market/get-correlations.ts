import type { z } from "zod";
import type { CorrelationsDto, correlationsInput } from "@/server/contracts/market";
import { AppError } from "@/server/domain/app-error";
import { correlation } from "@/server/domain/shared/correlation";
import { engineProvenance } from "@/server/domain/shared/provenance";
import type { Ctx } from "@/server/services/ctx";
import { nearSymbols } from "./near-symbols";

/** Below this a correlation of returns says next to nothing. */
const RETURNS_AT_LEAST = 20;

/** Correlations of daily log returns over the newest sessions that every one of the symbols has: one set of dates, so that the matrix is one. */
export async function getCorrelations(ctx: Ctx, { symbols: asked, sessions }: z.infer<typeof correlationsInput>): Promise<CorrelationsDto> {
  const symbols = [...new Set(asked)];
  if (symbols.length < 2) throw new AppError("INVALID_INPUT", "A correlation is of two different symbols or more", { field: "symbols" });
  const found = await ctx.db.instrument.findMany({ where: { symbol: { in: symbols } }, select: { id: true, symbol: true, priceOrigin: true } });
  const missing = symbols.find((symbol) => !found.some((one) => one.symbol === symbol));
  if (missing !== undefined) throw new AppError("NOT_FOUND", `No instrument has the symbol ${missing}`, { field: "symbols", suggestions: await nearSymbols(ctx, missing) });

  const ids = symbols.map((symbol) => found.find((one) => one.symbol === symbol)!.id);
  const newestFirst = await ctx.db.$queryRaw<{ date: string; closes: number[] }[]>`
    SELECT to_char(time AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS date, array_agg(close ORDER BY array_position(${ids}::uuid[], instrument_id)) AS closes
    FROM price_bar WHERE instrument_id = ANY(${ids}::uuid[]) AND interval = 'D1' AND close > 0
    GROUP BY time HAVING count(*) = ${ids.length} ORDER BY time DESC LIMIT ${sessions + 1}`;
  const n = newestFirst.length - 1;
  if (n < RETURNS_AT_LEAST) throw new AppError("RULE_VIOLATED", `These symbols share ${Math.max(0, n)} returns; a correlation needs ${RETURNS_AT_LEAST}`, { field: "symbols", shared: Math.max(0, n) });

  const rows = newestFirst.reverse();
  const returns = ids.map((_, i) => rows.slice(1).map(({ closes }, t) => Math.log(closes[i]! / rows[t]!.closes[i]!)));
  const simulated = found.some(({ priceOrigin }) => priceOrigin === "SIMULATED");
  return {
    symbols,
    matrix: returns.map((x) => returns.map((y) => correlation(x, y))),
    from: rows[0]!.date,
    to: rows.at(-1)!.date,
    provenance: engineProvenance(simulated ? "simulated" : "computed", { asOf: rows.at(-1)!.date, reference: symbols.join(", "), n }),
  };
}
