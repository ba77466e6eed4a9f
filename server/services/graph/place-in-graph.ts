import type { Prisma } from "@/prisma/generated/client";
import { NO_ESTIMATE } from "./store-connections";

type Place = { node: { key: string; kind: "COMPANY" | "ASSET"; label: string; companyId?: string; instrumentId?: string }; /** Key of what it belongs to. */ memberOf: string | null; runId: string };

/** Gives a company or an instrument its node and its one membership; what it belonged to before goes. */
export async function placeInGraph(tx: Prisma.TransactionClient, { node, memberOf, runId }: Place): Promise<void> {
  const { id: fromId } = await tx.graphNode.upsert({ where: { key: node.key }, create: node, update: { label: node.label } });
  const to = memberOf ? await tx.graphNode.findUnique({ where: { key: memberOf }, select: { id: true } }) : null;
  await tx.connection.deleteMany({ where: { kind: "MEMBERSHIP", fromId, ...(to && { toId: { not: to.id } }) } });
  if (!to) return;
  const key = { kind: "MEMBERSHIP" as const, fromId, toId: to.id, response: "" };
  await tx.connection.upsert({ where: { kind_fromId_toId_response: key }, create: { ...NO_ESTIMATE, ...key, strength: 1, sign: 1, basis: "DEFINITION", verified: true, author: "nexus-seed", runId }, update: {} });
}

/** Takes nodes and all their connections out of the graph; returns how many connections went. */
export async function removeFromGraph(tx: Prisma.TransactionClient, keys: readonly string[]): Promise<number> {
  const { count } = await tx.connection.deleteMany({ where: touching(keys) });
  await tx.graphNode.deleteMany({ where: { key: { in: [...keys] } } });
  return count;
}

/** Connections that begin or end at one of these nodes. */
export const touching = (keys: readonly string[]) => ({ OR: [{ from: { key: { in: [...keys] } } }, { to: { key: { in: [...keys] } } }] }) satisfies Prisma.ConnectionWhereInput;
