import type { z } from "zod";
import type { marketDashboard } from "@/server/contracts/market";
import type { Ctx } from "@/server/services/ctx";
import { getMarketBias } from "./get-market-bias";
import { getMarketStrip } from "./get-market-strip";
import { listMovers } from "./list-movers";

const MOVERS = 5;

/** The strip, the first of each list of movers and the market's lean, in one answer. */
export async function getMarketDashboard(ctx: Ctx): Promise<z.infer<typeof marketDashboard>> {
  const lists = (["gainers", "losers", "active"] as const).map((by) => listMovers(ctx, by, { limit: MOVERS }));
  const [strip, bias, ...movers] = await Promise.all([getMarketStrip(ctx), getMarketBias(ctx), ...lists]);
  const [gainers, losers, active] = movers.map(({ items }) => items);
  return { strip: strip.items, gainers: gainers!, losers: losers!, active: active!, bias };
}
