import type { z } from "zod";
import type { marketDashboard } from "@/server/contracts/market";
import type { Ctx } from "@/server/services/ctx";
import { getMarketStrip } from "./get-market-strip";
import { listMovers } from "./list-movers";

const MOVERS = 5;

/** The strip and the first of each list of movers, in one answer. */
export async function getMarketDashboard(ctx: Ctx): Promise<z.infer<typeof marketDashboard>> {
  const [strip, gainers, losers, active] = await Promise.all([getMarketStrip(ctx), listMovers(ctx, "gainers", { limit: MOVERS }), listMovers(ctx, "losers", { limit: MOVERS }), listMovers(ctx, "active", { limit: MOVERS })]);
  return { strip: strip.items, gainers: gainers.items, losers: losers.items, active: active.items };
}
