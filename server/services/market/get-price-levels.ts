import type { z } from "zod";
import type { levelsInput, PriceLevelsDto } from "@/server/contracts/market";
import { AppError } from "@/server/domain/app-error";
import { priceLevels } from "@/server/domain/market/price-levels";
import { engineProvenance } from "@/server/domain/shared/provenance";
import type { Ctx } from "@/server/services/ctx";
import { listBars } from "./list-bars";

/** A turn stands out from three sessions on each side; turns within one percent are one level. */
const SETTINGS = { reach: 3, tolerance: 0.01, touchesAtLeast: 2 } as const;

/** Prices at which an instrument turned more than once over its newest sessions. */
export async function getPriceLevels(ctx: Ctx, { symbol, sessions }: z.infer<typeof levelsInput>): Promise<PriceLevelsDto> {
  const { time, high, low, close, provenance } = await listBars(ctx, { symbol, interval: "1d", limit: sessions });
  const newest = close.at(-1);
  if (newest === undefined) throw new AppError("RULE_VIOLATED", `No daily bars of ${symbol} are stored`, { field: "symbol" });
  const dateAt = (at: number) => time[at]!.slice(0, 10);
  const levels = priceLevels({ high, low, close: newest }, SETTINGS).map(({ price, kind, touches, firstAt, lastAt, distance }) => ({ price, kind, touches, first: dateAt(firstAt), last: dateAt(lastAt), distance }));
  const to = dateAt(time.length - 1);
  return {
    symbol, close: newest, levels, settings: { ...SETTINGS }, from: dateAt(0), to,
    provenance: engineProvenance(provenance.basis === "recorded" ? "computed" : "simulated", { asOf: to, reference: symbol, n: time.length }),
  };
}
