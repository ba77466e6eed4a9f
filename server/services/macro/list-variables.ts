import type { z } from "zod";
import type { listVariablesInput, variablePage } from "@/server/contracts/macro";
import type { Ctx } from "@/server/services/ctx";
import { pageAfter } from "@/server/services/market/list-cursor";
import { listSeries } from "./list-series";

/** One page of the stored series, by code. */
export async function listVariables(ctx: Ctx, { limit, cursor, ...filter }: z.infer<typeof listVariablesInput>): Promise<z.infer<typeof variablePage>> {
  const { items } = await listSeries(ctx, filter);
  const sorted = [...items].sort((a, b) => (a.code < b.code ? -1 : 1));
  return pageAfter(sorted, { list: JSON.stringify(["variables", filter.category ?? null, filter.search]), cursor, limit, keyOf: ({ code }) => ({ key: code, id: code }) });
}
