import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bars as barsContract, listBarsInput } from "@/server/contracts/market";
import { anInstrument, someBars, uniqueTicker } from "@/server/testing/factories/market-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { listBars } from "./list-bars";

const ctx = createTestCtx();
const symbol = uniqueTicker("B");
const list = async (input: Record<string, unknown>) => barsContract.parse(await listBars(ctx, listBarsInput.parse({ symbol, ...input })));

beforeAll(async () => {
  const instrument = await anInstrument(ctx.db, { symbol, priceOrigin: "RECORDED" });
  // Two weeks across a year's end: 2024-12-30 is a Monday.
  await someBars(ctx.db, instrument, [["2024-12-30", 10], ["2024-12-31", 12], ["2025-01-02", 9], ["2025-01-03", 11], ["2025-01-06", 20], ["2025-01-07", 21]]);
});
afterAll(() => ctx.db.$disconnect());

describe("listBars", () => {
  it("gives the newest bars of a range, oldest first", async () => {
    expect((await list({ limit: 2 })).close).toEqual([20, 21]);
    const days = await list({ from: "2024-12-31", to: "2025-01-03" });
    expect(days.time).toEqual(["2024-12-31T00:00:00.000Z", "2025-01-02T00:00:00.000Z", "2025-01-03T00:00:00.000Z"]);
    expect(days.provenance).toMatchObject({ basis: "recorded", provider: "test", asOf: "2025-01-03T00:00:00.000Z" });
  });

  it("makes whole weeks and months of days, also when the range cuts them", async () => {
    for (const range of [{}, { from: "2025-01-02", to: "2025-01-06" }]) {
      const weeks = await list({ interval: "1w", ...range });
      expect(weeks.time).toEqual(["2024-12-30T00:00:00.000Z", "2025-01-06T00:00:00.000Z"]);
      expect(weeks).toMatchObject({ open: [10, 20], close: [11, 21], volume: [4_000, 2_000] });
      expect(weeks.high[0]).toBeCloseTo(12.12, 10);
      expect(weeks.low[0]).toBeCloseTo(8.91, 10);
    }
    expect(await list({ interval: "1mo" })).toMatchObject({ time: ["2024-12-01T00:00:00.000Z", "2025-01-01T00:00:00.000Z"], open: [10, 9], close: [12, 21] });
  });

  it("is empty where nothing is stored, and says what it cannot give", async () => {
    expect((await list({ interval: "1m" })).time).toEqual([]);
    await expect(list({ from: "2025-02-01", to: "2025-01-01" })).rejects.toMatchObject({ code: "INVALID_INPUT", details: { field: "from" } });
    await expect(list({ symbol: "NOSUCH" })).rejects.toMatchObject({ code: "NOT_FOUND", details: { field: "symbol" } });
  });

  it("says which sessions are missing, and leads on to older bars without losing one", async () => {
    expect((await list({})).gaps).toEqual([]);
    const holed = uniqueTicker("B");
    const instrument = await anInstrument(ctx.db, { symbol: holed, priceOrigin: "RECORDED" });
    await someBars(ctx.db, instrument, [["2025-01-02", 9], ["2025-01-06", 20], ["2025-01-13", 21]]);
    expect((await list({ symbol: holed })).gaps).toEqual([{ from: "2025-01-03", to: "2025-01-03", sessions: 1, reason: "missing" }, { from: "2025-01-07", to: "2025-01-10", sessions: 3, reason: "missing" }]);
    expect((await list({ symbol: holed, interval: "1mo" })).gaps).toHaveLength(2);
    const closes: number[] = [];
    for (let cursor: string | null = null, page = 0; page < 4; page++) {
      const { close, nextCursor } = await list({ limit: 4, ...(cursor && { cursor }) });
      closes.unshift(...close);
      if (!(cursor = nextCursor)) break;
    }
    expect(closes).toEqual([10, 12, 9, 11, 20, 21]);
    await expect(list({ cursor: "rubbish" })).rejects.toMatchObject({ code: "INVALID_INPUT", details: { field: "cursor" } });
  });

  it("makes any length of minutes, and the running session's day of them alone", async () => {
    const minute = uniqueTicker("B");
    const instrument = await anInstrument(ctx.db, { symbol: minute, priceOrigin: "RECORDED" });
    await someBars(ctx.db, instrument, [["2025-01-02", 10]]);
    const at = (k: number) => new Date(Date.parse("2025-01-03T14:30:00Z") + k * 60_000);
    await ctx.db.priceBar.createMany({ data: Array.from({ length: 100 }, (_, k) => ({ instrumentId: instrument.id, interval: "M1" as const, time: at(k), open: 10, high: 11 + k / 100, low: 9, close: 10 + k / 100, volume: 5, origin: "RECORDED" as const, provider: "test", runId: instrument.id })) });
    const running = { ...ctx, now: () => new Date("2025-01-03T16:10:00Z") };
    const ask = async (input: Record<string, unknown>) => barsContract.parse(await listBars(running, listBarsInput.parse({ symbol: minute, ...input })));
    expect(await ask({ interval: "1h" })).toMatchObject({ time: ["2025-01-03T14:30:00.000Z", "2025-01-03T15:30:00.000Z"], volume: [300, 200], isLastPartial: true, gaps: [] });
    expect(await ask({ interval: "15m", limit: 2 })).toMatchObject({ volume: [75, 50], isLastPartial: true });
    expect(await ask({ interval: "1d" })).toMatchObject({ time: ["2025-01-02T00:00:00.000Z", "2025-01-03T00:00:00.000Z"], volume: [1_000, 500], close: [10, 10.99], isLastPartial: true });
    expect((await ask({ interval: "1m", limit: 7 })).time).toHaveLength(7);
  });
});
