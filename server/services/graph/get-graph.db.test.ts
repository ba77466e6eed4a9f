import { afterAll, describe, expect, it } from "vitest";
import { graph as graphContract, neighbours } from "@/server/contracts/graph";
import { aCompany, anInstrument, uniqueTicker } from "@/server/testing/factories/market-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { getGraph } from "./get-graph";
import { listNeighbours } from "./list-neighbours";
import { NO_ESTIMATE, storeConnections, type ConnectionToStore } from "./store-connections";
import { syncMemberships } from "./sync-memberships";
import { syncNodes } from "./sync-nodes";

const ctx = createTestCtx();
afterAll(() => ctx.db.$disconnect());

const aRun = async () => (await ctx.db.ingestionRun.create({ data: { provider: "test", subject: "edges", scope: "test" } })).id;
const supply = (from: string, to: string, rest: Partial<ConnectionToStore> = {}): ConnectionToStore => ({
  kind: "SUPPLY", from, to, ...NO_ESTIMATE, strength: 0.2, sign: 1, basis: "ASSUMED", evidence: null, verified: false, author: "test", ...rest,
});

async function twoCompanies() {
  const [a, b] = [await aCompany(ctx.db, { ticker: uniqueTicker("GRA") }), await aCompany(ctx.db, { ticker: uniqueTicker("GRB") })];
  await anInstrument(ctx.db, { symbol: a.ticker, companyId: a.id });
  await syncNodes(ctx.db);
  return [`company:${a.ticker}`, `company:${b.ticker}`] as const;
}

describe("the graph", () => {
  it("gives everything stored its node once, with drivers, memberships and a place of its own", async () => {
    const [a] = await twoCompanies();
    expect(await syncNodes(ctx.db)).toBe(0);
    const run = await aRun();
    await syncMemberships(ctx.db, run);
    expect((await syncMemberships(ctx.db, run)).changed).toBe(0);
    ctx.cache.drop("graph:");
    const { nodes, connections } = graphContract.parse(await getGraph(ctx));
    expect(nodes.filter(({ kind }) => kind === "driver")).toHaveLength(15);
    expect(connections.filter(({ kind, from }) => kind === "membership" && from === a)).toMatchObject([{ basis: "definition", strength: 1 }]);
    expect(connections.filter(({ from }) => from === `asset:${a.slice(8)}`)).toMatchObject([{ to: a }]);
    expect(new Set(nodes.map(({ position }) => position.join())).size).toBe(nodes.length);
  });

  it("stores connections once, changes one that differs, and forgets evidence that was withdrawn", async () => {
    const [a, b] = await twoCompanies();
    const filed = supply(a, b, { basis: "FILED", verified: true, evidence: { company: a, form: "10-K", year: 2025, text: "names its customer" } });
    expect(await storeConnections(ctx.db, await aRun(), [filed])).toEqual({ changed: 1, removed: 0, unknown: [] });
    expect((await storeConnections(ctx.db, await aRun(), [filed])).changed).toBe(0);
    expect((await storeConnections(ctx.db, await aRun(), [supply(a, b)])).changed).toBe(1);
    expect((await storeConnections(ctx.db, await aRun(), [supply(a, b)])).changed).toBe(0);
    ctx.cache.drop("graph:");
    const { connections } = await getGraph(ctx);
    expect(connections.filter(({ from, to }) => from === a && to === b)).toMatchObject([{ basis: "assumed", evidence: null }]);
  });

  it("refuses a citation nobody read, one that is not whole, and one that an assumption hides behind", async () => {
    const [a, b] = await twoCompanies();
    const evidence = { company: a, form: "10-K", year: 2025, text: "names its customer" };
    const run = await aRun();
    const wrong: Partial<ConnectionToStore>[] = [{ basis: "FILED", evidence }, { basis: "FILED", verified: true, evidence: { ...evidence, year: undefined } }, { basis: "FILED", verified: true }, { basis: "ASSUMED", evidence }];
    for (const rest of wrong) await expect(storeConnections(ctx.db, run, [supply(a, b, rest)])).rejects.toMatchObject({ code: "RULE_VIOLATED", details: { field: "evidence" } });
    expect(await ctx.db.connection.count({ where: { from: { key: a }, to: { key: b } } })).toBe(0);
  });

  it("names what it does not know instead of dropping it silently, and removes an author's edges that are no longer wanted", async () => {
    const [a, b] = await twoCompanies();
    const author = `test ${a}`;
    expect((await storeConnections(ctx.db, await aRun(), [supply(a, b, { author }), supply(a, "company:NOBODY", { author })])).unknown).toEqual(["company:NOBODY"]);
    expect(await storeConnections(ctx.db, await aRun(), [], { retire: { kinds: ["SUPPLY"], author } })).toEqual({ changed: 0, removed: 1, unknown: [] });
  });

  it("lists neighbours, the strongest first and insignificant estimates last, and names near keys", async () => {
    const [a, b] = await twoCompanies();
    const impact = { kind: "IMPACT" as const, basis: "ESTIMATED" as const, response: "return" as const, n: 40, rSquared: 0.2, elasticity: 1, stdError: 0.4 };
    await storeConnections(ctx.db, await aRun(), [
      supply(a, b, { strength: 0.3 }),
      supply("driver:oil", a, { ...impact, strength: 0.2, significant: false }),
      supply("driver:vix", a, { ...impact, strength: 0.6, significant: true }),
    ]);
    ctx.cache.drop("graph:");
    const found = neighbours.parse(await listNeighbours(ctx, { key: a, limit: 24 }));
    const keys = found.neighbours.map(({ node }) => node.key).filter((key) => /driver|company/.test(key));
    expect(keys).toEqual(["driver:vix", b, "driver:oil"]);
    expect((await listNeighbours(ctx, { key: a, limit: 1 })).neighbours).toHaveLength(1);
    await expect(listNeighbours(ctx, { key: a.slice(0, -1), limit: 1 })).rejects.toMatchObject({ code: "NOT_FOUND", details: { field: "key", suggestions: expect.arrayContaining([a]) } });
  });
});
