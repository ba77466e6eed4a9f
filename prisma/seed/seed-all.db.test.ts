import { afterAll, describe, expect, it } from "vitest";
import { createTestCtx } from "@/server/testing/test-ctx";
import { seedAll } from "./seed-all";

const ctx = createTestCtx();
afterAll(() => ctx.db.$disconnect());

const seed = async () => {
  const startedAt = new Date();
  await seedAll({ ...ctx, connectionString: process.env.DATABASE_URL ?? "" });
  return ctx.db.ingestionRun.findMany({ where: { scope: { startsWith: "seed: " }, startedAt: { gte: startedAt } }, orderBy: { scope: "asc" }, select: { scope: true, status: true, received: true, changed: true } });
};

describe("seedAll", () => {
  it("fills the database, and a second run changes nothing", async () => {
    const first = await seed();
    expect(first.length).toBeGreaterThanOrEqual(4);
    expect(first.every(({ status, received }) => status === "SUCCEEDED" && received > 0)).toBe(true);
    const second = await seed();
    expect(second.map(({ scope, changed }) => ({ scope, changed }))).toEqual(first.map(({ scope }) => ({ scope, changed: 0 })));
    expect(await ctx.db.company.count({ where: { statements: { some: {} }, sector: { code: { not: "OTHER" } } } })).toBeGreaterThanOrEqual(120);
    expect(await ctx.db.macroSeries.count({ where: { observations: { some: {} } } })).toBeGreaterThanOrEqual(60);
  }, 120_000);

  it("keeps balances in whole units and says what a figure rests on", async () => {
    const citi = await ctx.db.financialStatement.findFirstOrThrow({ where: { company: { ticker: "C" }, periodKind: "QUARTER" }, orderBy: { periodEnd: "desc" } });
    expect(citi.reference).toMatch(/^10-[QK] \d{4}-\d{2}-\d{2}$/);
    expect(citi.note).toContain("otherEquity");
    expect(Number(citi.totalAssets)).toBeGreaterThan(1e12);
  });
});
