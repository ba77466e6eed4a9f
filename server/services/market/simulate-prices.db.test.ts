import { afterAll, describe, expect, it } from "vitest";
import { aCompany, anInstrument, someBars, uniqueTicker } from "@/server/testing/factories/market-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { SIMULATION_START, simulatePrices } from "./simulate-prices";

const ctx = createTestCtx();
const at = (now: string) => ({ ...ctx, now: () => new Date(now) });
afterAll(() => ctx.db.$disconnect());

const barsOf = (instrumentId: string) => ctx.db.priceBar.findMany({ where: { instrumentId }, orderBy: { time: "asc" }, omit: { runId: true } });

describe("simulatePrices", () => {
  it("writes bars on the sessions of the calendar, once, and adds only what closed since", async () => {
    const company = await aCompany(ctx.db);
    const share = await anInstrument(ctx.db, { companyId: company.id });
    const coin = await anInstrument(ctx.db, { kind: "CRYPTO", calendar: "24/7" });
    const symbols = [share.symbol, coin.symbol];

    const first = await simulatePrices(at("2023-12-01T22:00:00Z"), { symbols });
    const before = await barsOf(share.id);
    expect(before.map(({ time }) => time.toISOString().slice(0, 10))).toEqual([SIMULATION_START, "2023-11-21", "2023-11-22", "2023-11-24", "2023-11-27", "2023-11-28", "2023-11-29", "2023-11-30", "2023-12-01"]);
    expect(await barsOf(coin.id)).toHaveLength(11);
    expect(first).toEqual({ instruments: 2, extended: 2, rows: 20, asOf: "2023-12-01" });
    expect(before.every(({ origin, provider }) => origin === "SIMULATED" && provider === "simulator")).toBe(true);

    expect(await simulatePrices(at("2023-12-01T23:00:00Z"), { symbols })).toMatchObject({ extended: 0, rows: 0, asOf: "2023-12-01" });
    expect(await simulatePrices(at("2023-12-04T22:00:00Z"), { symbols })).toMatchObject({ extended: 2, rows: 4 });
    expect((await barsOf(share.id)).slice(0, before.length)).toEqual(before);
  });

  it("writes each bar once when two processes start at once", async () => {
    const [pieces, whole] = await Promise.all([anInstrument(ctx.db), anInstrument(ctx.db)]);
    await simulatePrices(at("2023-12-01T22:00:00Z"), { symbols: [pieces.symbol] });
    const [a, b] = await Promise.all([1, 2].map(() => simulatePrices(at("2024-02-01T22:00:00Z"), { symbols: [pieces.symbol, whole.symbol] })));
    expect(a!.rows + b!.rows).toBe((await barsOf(pieces.id)).length + (await barsOf(whole.id)).length - 9);
    const apart = await ctx.db.priceBar.findMany({ where: { instrumentId: whole.id }, orderBy: { time: "asc" } });
    expect(apart).toHaveLength((await barsOf(pieces.id)).length);
  });

  it("leaves out an instrument that an import makes recorded while bars are being made", async () => {
    const [share, other] = await Promise.all([anInstrument(ctx.db), anInstrument(ctx.db)]);
    const client = createTestCtx();
    let running: ReturnType<typeof simulatePrices> | null = null;
    await client.db.$transaction(async (tx) => {
      await tx.instrument.update({ where: { id: share.id }, data: { priceOrigin: "RECORDED" } });
      running = simulatePrices(at("2023-12-01T22:00:00Z"), { symbols: [share.symbol, other.symbol] });
      await new Promise((done) => setTimeout(done, 300));
    });
    expect(await running).toMatchObject({ rows: 9 });
    expect([await barsOf(share.id), await barsOf(other.id)].map(({ length }) => length)).toEqual([0, 9]);
    await client.db.$disconnect();
  });

  it("refuses an instrument whose prices are recorded", async () => {
    const recorded = await anInstrument(ctx.db, { symbol: uniqueTicker("R"), priceOrigin: "RECORDED" });
    await someBars(ctx.db, recorded, [["2025-01-02", 50]]);
    await expect(simulatePrices(ctx, { symbols: [recorded.symbol] })).rejects.toMatchObject({ code: "RULE_VIOLATED", details: { symbols: [recorded.symbol] } });
    expect(await barsOf(recorded.id)).toHaveLength(1);
  });
});
