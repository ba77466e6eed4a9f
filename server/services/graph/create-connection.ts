import type { AdminConnectionDto } from "@/server/contracts/admin";
import type { CreateConnectionInput } from "@/server/contracts/graph";
import { AppError } from "@/server/domain/app-error";
import { isUniqueViolation } from "@/server/platform/unique-violation";
import { recordAudit } from "@/server/services/account/record-audit";
import type { UserCtx } from "@/server/services/ctx";
import { EDITOR, recordEdit } from "@/server/services/ingestion/record-edit";
import { dropFigures } from "@/server/services/market/drop-figures";
import { NO_ESTIMATE } from "./store-connections";
import { COLUMNS_OF_SAID, SAID, toSaidConnection } from "./verify-connection";

const KIND = { supply: "SUPPLY", competition: "COMPETITION", ownership: "OWNERSHIP" } as const satisfies Record<CreateConnectionInput["kind"], (typeof SAID)[number]>;

/** Adds a connection that somebody says exists: assumed, until the document that says so was read. */
export async function createConnection(ctx: UserCtx, { kind, from, to, strength, sign, reason }: CreateConnectionInput): Promise<AdminConnectionDto> {
  if (from === to) throw new AppError("INVALID_INPUT", "A connection has two different ends", { field: "to" });
  try {
    const row = await ctx.db.$transaction(async (tx) => {
      const nodes = await tx.graphNode.findMany({ where: { key: { in: [from, to] } }, select: { id: true, key: true, kind: true } });
      const endOf = (key: string, field: "from" | "to") => {
        const node = nodes.find((one) => one.key === key);
        if (!node) throw new AppError("NOT_FOUND", `No node has the key ${key}`, { field });
        // A share of an asset may be held, and a fund may hold; all else is between companies.
        if (node.kind !== "COMPANY" && !(kind === "ownership" && node.kind === "ASSET")) throw new AppError("RULE_VIOLATED", `No ${kind} connection has ${key} at this end`, { field });
        return node.id;
      };
      const [fromId, toId] = [endOf(from, "from"), endOf(to, "to")];
      // Of two that compete one connection is kept, in whichever order it was said.
      const reversed = kind === "competition" ? await tx.connection.count({ where: { kind: "COMPETITION", fromId: toId, toId: fromId } }) : 0;
      if (reversed > 0) throw exists();
      const runId = await recordEdit(tx, ctx, { subject: "edges", scope: `${from} ${to}` });
      const made = await tx.connection.create({ data: { ...NO_ESTIMATE, kind: KIND[kind], fromId, toId, strength, sign, basis: "ASSUMED", verified: false, author: EDITOR, runId }, select: COLUMNS_OF_SAID });
      await recordAudit(tx, ctx, { action: "connection.created", actorId: ctx.user.id, subjectId: null, details: { connectionId: made.id, kind, from, to, strength, sign, reason } });
      return made;
    });
    dropFigures(ctx);
    return toSaidConnection(row);
  } catch (error) {
    if (isUniqueViolation(error)) throw exists();
    throw error;
  }
}

const exists = () => new AppError("CONFLICT", "This connection exists already", { field: "to", reason: "EXISTS" });
