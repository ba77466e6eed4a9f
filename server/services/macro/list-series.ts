import type { z } from "zod";
import type { listSeriesInput, seriesList } from "@/server/contracts/macro";
import type { Ctx } from "@/server/services/ctx";
import { loadSeriesHeads } from "./series-rows";

/** Series of a category whose code, name or publisher contains every word of the search. */
export async function listSeries(ctx: Ctx, { search, category }: z.infer<typeof listSeriesInput>): Promise<z.infer<typeof seriesList>> {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const heads = await loadSeriesHeads(ctx);
  const items = heads
    .map(({ row }) => row)
    .filter((row) => !category || row.category === category)
    .filter(({ code, name, agency }) => words.every((word) => `${code} ${name} ${agency}`.toLowerCase().includes(word)));
  return { items };
}
