import type { z } from "zod";
import type { connectionPage, ListConnectionsInput } from "@/server/contracts/graph";
import type { Ctx } from "@/server/services/ctx";
import { pageAfter } from "@/server/services/market/list-cursor";
import { getGraph } from "./get-graph";

/** One page of connections that meet every filter, in the order in which they were made. */
export async function listConnections(ctx: Ctx, { limit, cursor, ...filter }: ListConnectionsInput): Promise<z.infer<typeof connectionPage>> {
  const { connections } = await getGraph(ctx);
  const { node, from, to, kind, basis, significant, verified } = filter;
  const asks = <T>(wanted: T | null | undefined, has: T | null) => wanted === null || wanted === undefined || wanted === has;
  const found = connections
    .filter((one) => asks(from, one.from) && asks(to, one.to) && asks(kind, one.kind) && asks(basis, one.basis) && asks(significant, one.significant) && asks(verified, one.verified) && (!node || one.from === node || one.to === node))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const list = JSON.stringify(["connections", node, from, to, kind, basis, significant, verified].map((part) => part ?? null));
  return { ...pageAfter(found, { list, cursor, limit, keyOf: ({ id }) => ({ key: id, id }) }), total: found.length };
}
