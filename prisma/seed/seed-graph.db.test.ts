import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { quarterlyValues } from "@/server/domain/scenario/driver-history";
import { quarterEndDate } from "@/server/domain/shared/quarter";
import { estimateConnections } from "@/server/services/graph/estimate-connections";
import { loadObservations } from "@/server/services/graph/load-driver-changes";
import { syncNodes } from "@/server/services/graph/sync-nodes";
import { simulatePrices } from "@/server/services/market/simulate-prices";
import { aCompany, anInstrument, aStatement, someBars, uniqueTicker } from "@/server/testing/factories/market-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { seedCompanies } from "./seed-companies";
import { seedGraph } from "./seed-graph";
import { seedMacro } from "./seed-macro";

const ctx = createTestCtx();
beforeAll(async () => {
  await seedCompanies(ctx);
  await seedMacro(ctx);
});
afterAll(() => ctx.db.$disconnect());

const edgesOf = (ticker: string) => ctx.db.connection.findMany({ where: { kind: "IMPACT", to: { key: `company:${ticker}` } }, include: { from: { select: { key: true } } }, orderBy: { fromId: "asc" } });

/** Twenty closes for each month, all the same, so that the month's mean is that close. */
const flatMonths = (closes: readonly number[], fromYear: number) =>
  closes.flatMap((close, i) => Array.from({ length: 20 }, (_, day) => [`${fromYear + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, "0")}-${String(day + 1).padStart(2, "0")}`, close] as const));

/** Simulated bars give way before an instrument may hold recorded ones. */
async function record(instrumentId: string) {
  await ctx.db.priceBar.deleteMany({ where: { instrumentId } });
  await ctx.db.instrument.update({ where: { id: instrumentId }, data: { priceOrigin: "RECORDED" } });
}

describe("estimateConnections", () => {
  it("measures a company's own revenue, stores it once and removes it when the figures are gone", async () => {
    const { id, ticker } = await aCompany(ctx.db, { ticker: uniqueTicker("EST") });
    await syncNodes(ctx.db);
    const { frequency, values } = (await loadObservations(ctx.db, ["UNRATE"])).get("UNRATE")!;
    // Revenue that falls by exactly 4 % for each point of unemployment.
    for (const { quarter, value } of quarterlyValues(values, { frequency, transform: "percentMean" }).filter((one) => one.quarter >= "2006Q1" && one.quarter <= "2018Q4")) {
      await aStatement(ctx.db, id, { end: quarterEndDate(quarter), revenue: (1e9 * Math.exp(-4 * value)).toFixed(4) });
    }
    await estimateConnections(ctx);
    const edges = await edgesOf(ticker);
    const unemployment = edges.find(({ from }) => from.key === "driver:unemployment")!;
    expect(unemployment).toMatchObject({ basis: "ESTIMATED", response: "revenue", lagQuarters: 0, sign: -1, significant: true, n: 48, author: "graph-estimator" });
    expect(unemployment.elasticity).toBeCloseTo(-4, 4);
    expect(unemployment.rSquared).toBeCloseTo(1, 6);

    expect(await estimateConnections(ctx)).toMatchObject({ changed: 0, removed: 0 });
    await ctx.db.financialStatement.deleteMany({ where: { companyId: id } });
    expect((await estimateConnections(ctx)).removed).toBe(edges.length);
  });

  it("measures returns on recorded prices and refuses simulated ones; seeding does not undo it", async () => {
    await seedGraph(ctx);
    const market = await ctx.db.instrument.findUniqueOrThrow({ where: { symbol: "^GSPC" } });
    const { id, ticker } = await aCompany(ctx.db, { ticker: uniqueTicker("RET") });
    const share = await anInstrument(ctx.db, { symbol: ticker, companyId: id, priceOrigin: "SIMULATED" });
    await syncNodes(ctx.db);
    const closes = Array.from({ length: 48 }, (_, i) => 100 * Math.exp(0.05 * Math.sin(i * i)));
    // The share moves half as much again as the market.
    const levered = closes.map((close) => 100 * (close / 100) ** 1.5);
    try {
      await record(market.id);
      await someBars(ctx.db, { id: market.id, priceOrigin: "RECORDED" }, flatMonths(closes, 1990));
      await someBars(ctx.db, share, flatMonths(levered, 1990));
      await estimateConnections(ctx);
      expect(await edgesOf(ticker)).toEqual([]);

      await record(share.id);
      await someBars(ctx.db, { id: share.id, priceOrigin: "RECORDED" }, flatMonths(levered, 1990));
      await estimateConnections(ctx);
      const edges = await edgesOf(ticker);
      expect(edges.map(({ from }) => from.key).sort()).toEqual(["driver:equityIndex", "driver:fedFunds", "driver:oil", "driver:treasury10y", "driver:usdIndex"]);
      const beta = edges.find(({ from }) => from.key === "driver:equityIndex")!;
      expect(beta).toMatchObject({ response: "return", n: 47, significant: true });
      expect(beta.elasticity).toBeCloseTo(1.5, 4);

      await seedGraph(ctx);
      expect((await edgesOf(ticker)).map(({ elasticity, author }) => ({ elasticity, author }))).toEqual(edges.map(({ elasticity, author }) => ({ elasticity, author })));
      expect(await estimateConnections(ctx)).toMatchObject({ changed: 0, removed: 0 });
    } finally {
      await ctx.db.priceBar.deleteMany({ where: { instrumentId: { in: [market.id, share.id] } } });
      await ctx.db.instrument.update({ where: { id: market.id }, data: { priceOrigin: "SIMULATED" } });
      await simulatePrices(ctx, { symbols: ["^GSPC"] });
      await estimateConnections(ctx);
    }
  });

  it("withdraws a citation that an earlier seed stored unread, and leaves no other", async () => {
    await seedGraph(ctx);
    const lease = { kind: "SUPPLY" as const, from: { key: "company:AMT" }, to: { key: "company:T" } };
    const cited = { basis: "FILED" as const, evidence: { company: "AMT", form: "10-K", year: 2023, text: "Names AT&T among its largest tenants." } };
    expect(await ctx.db.connection.updateMany({ where: lease, data: cited })).toEqual({ count: 1 });
    await seedGraph(ctx);
    expect(await ctx.db.connection.findFirstOrThrow({ where: lease })).toMatchObject({ basis: "ASSUMED", evidence: null, verified: false });
    expect(await ctx.db.connection.count({ where: { basis: "FILED", verified: false } })).toBe(0);
  });

  it("brings 60 and more edges between companies, and estimates for every sector that keep what is not significant", async () => {
    await seedGraph(ctx);
    const between = await ctx.db.connection.count({ where: { kind: { in: ["SUPPLY", "COMPETITION", "OWNERSHIP"] }, from: { kind: "COMPANY" }, to: { kind: "COMPANY" } } });
    expect(between).toBeGreaterThanOrEqual(60);
    const sectors = await ctx.db.connection.findMany({ where: { kind: "IMPACT", to: { kind: "SECTOR" } }, include: { to: { select: { key: true } } } });
    expect(new Set(sectors.map(({ to }) => to.key)).size).toBe(6);
    expect(new Set(sectors.map(({ significant }) => significant))).toEqual(new Set([true, false]));
    for (const { n, rSquared, stdError, evidence } of sectors) {
      expect(n).toBeGreaterThanOrEqual(40);
      expect(rSquared).toBeGreaterThan(0);
      expect(stdError).toBeGreaterThan(0);
      expect(evidence).toMatchObject({ method: { code: expect.stringMatching(/Regression$/), errorLags: expect.any(Number) }, data: expect.any(String), from: expect.any(String) });
    }
  });
});
