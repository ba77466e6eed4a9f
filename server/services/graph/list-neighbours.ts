import type { z } from "zod";
import type { ConnectionDto, neighbours, neighboursInput } from "@/server/contracts/graph";
import { AppError } from "@/server/domain/app-error";
import { perhapsMeant } from "@/server/platform/text-match";
import type { Ctx } from "@/server/services/ctx";
import { getGraph } from "./get-graph";

type NeighbourList = z.infer<typeof neighbours>;

/** Insignificant estimates stand behind everything that is known better. */
const weight = ({ significant, strength, kind }: ConnectionDto) => (significant === false ? strength - 1 : kind === "membership" ? strength - 0.5 : strength);

/** Who a node is connected with, the strongest connection first. */
export async function listNeighbours(ctx: Ctx, { key, limit }: z.infer<typeof neighboursInput>): Promise<NeighbourList> {
  const { nodes, connections } = await getGraph(ctx);
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const node = byKey.get(key);
  if (!node) throw new AppError("NOT_FOUND", `The graph has no node ${key}`, { field: "key", suggestions: await nearKeys(ctx, key) });
  const own = connections
    .filter(({ from, to }) => from === key || to === key)
    .sort((a, b) => weight(b) - weight(a) || (a.id < b.id ? -1 : 1))
    .map((connection) => ({ node: byKey.get(connection.from === key ? connection.to : connection.from)!, connection }));
  return { node, neighbours: own.slice(0, limit), total: own.length };
}

/** Keys that were perhaps meant. */
async function nearKeys(ctx: Ctx, wanted: string): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`SELECT id FROM (SELECT key AS id, label AS words FROM graph_node) thing ${perhapsMeant(wanted)}`;
  return rows.map(({ id }) => id);
}
