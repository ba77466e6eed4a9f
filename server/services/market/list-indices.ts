import type { StripItem } from "@/server/contracts/market";
import type { Ctx } from "@/server/services/ctx";
import { getMarketStrip } from "./get-market-strip";

/** The strip's indices. */
export async function listIndices(ctx: Ctx): Promise<{ items: StripItem[] }> {
  const { items } = await getMarketStrip(ctx);
  return { items: items.filter(({ kind }) => kind === "index") };
}
