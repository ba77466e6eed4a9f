import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CreateConnectionInput } from "@/server/contracts/graph";
import { anAdmin, asPerson } from "@/server/testing/factories/account-factory";
import { uniqueTicker } from "@/server/testing/factories/market-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { createConnection } from "./create-connection";
import { deleteConnection } from "./delete-connection";

const ctx = createTestCtx();
let admin: Awaited<ReturnType<typeof asPerson>>;
beforeAll(async () => {
  admin = await asPerson(ctx, await anAdmin(ctx.db));
});
afterAll(() => ctx.db.$disconnect());

async function aNode(kind: "COMPANY" | "ASSET" | "SECTOR" = "COMPANY") {
  const key = `${kind.toLowerCase()}:${uniqueTicker()}`;
  await ctx.db.graphNode.create({ data: { key, kind, label: key } });
  return key;
}
const said = async (more: Partial<CreateConnectionInput> = {}): Promise<CreateConnectionInput> => ({ kind: "supply", from: await aNode(), to: await aNode(), strength: 0.2, sign: 1, reason: "Somebody says so", ...more });

describe("createConnection", () => {
  it("keeps what was said as assumed and not verified, by the hand of an admin, and writes down who said why", async () => {
    const input = await said();
    const made = await createConnection(admin, input);
    expect(made).toMatchObject({ kind: "supply", from: input.from, to: input.to, strength: 0.2, sign: 1, basis: "assumed", verified: false, evidence: null, author: "admin" });
    expect(await ctx.db.auditEntry.findFirst({ where: { action: "connection.created", actorId: admin.user.id } })).toMatchObject({ details: { connectionId: made.id, reason: "Somebody says so" } });
  });

  it("refuses a second one between the same ends, for competitors in either order, also when both come at once", async () => {
    const input = await said();
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => createConnection(admin, input)));
    expect(outcomes.filter(({ status }) => status === "fulfilled").length).toBe(1);
    for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "CONFLICT", details: { reason: "EXISTS" } });
    const rivals = await said({ kind: "competition" });
    await createConnection(admin, rivals);
    await expect(createConnection(admin, { ...rivals, from: rivals.to, to: rivals.from })).rejects.toMatchObject({ code: "CONFLICT" });
    await createConnection(admin, { ...input, from: input.to, to: input.from });
  });

  it("refuses ends that do not exist, are the same, or are of the wrong kind", async () => {
    const input = await said();
    await expect(createConnection(admin, { ...input, from: "company:NOBODY" })).rejects.toMatchObject({ code: "NOT_FOUND", details: { field: "from" } });
    await expect(createConnection(admin, { ...input, to: input.from })).rejects.toMatchObject({ code: "INVALID_INPUT", details: { field: "to" } });
    await expect(createConnection(admin, { ...input, to: await aNode("ASSET") })).rejects.toMatchObject({ code: "RULE_VIOLATED", details: { field: "to" } });
    await expect(createConnection(admin, { ...input, kind: "ownership", to: await aNode("SECTOR") })).rejects.toMatchObject({ code: "RULE_VIOLATED" });
    expect(await createConnection(admin, { ...input, kind: "ownership", to: await aNode("ASSET") })).toMatchObject({ kind: "ownership" });
  });
});

describe("deleteConnection", () => {
  it("takes out what was said, answers it, and keeps it in the audit log; a second time it is not found", async () => {
    const made = await createConnection(admin, await said());
    const reason = "It was a mistake";
    expect(await deleteConnection(admin, { connectionId: made.id, reason })).toEqual(made);
    expect(await ctx.db.connection.count({ where: { id: made.id } })).toBe(0);
    expect(await ctx.db.auditEntry.findFirst({ where: { action: "connection.deleted", actorId: admin.user.id } })).toMatchObject({ details: { connectionId: made.id, reason, before: { from: made.from, to: made.to, strength: 0.2 } } });
    await expect(deleteConnection(admin, { connectionId: made.id, reason })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("leaves alone what is estimated or true by definition", async () => {
    const [from, to] = await Promise.all([await aNode(), await aNode("SECTOR")].map((key) => ctx.db.graphNode.findUniqueOrThrow({ where: { key } })));
    const { id } = await ctx.db.connection.create({ data: { kind: "MEMBERSHIP", fromId: from!.id, toId: to!.id, strength: 1, sign: 1, basis: "DEFINITION", author: "test", runId: randomUUID() } });
    await expect(deleteConnection(admin, { connectionId: id, reason: "No more" })).rejects.toMatchObject({ code: "RULE_VIOLATED", details: { reason: "NOT_SAID" } });
  });
});
