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
});
