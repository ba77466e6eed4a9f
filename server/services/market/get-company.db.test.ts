import { afterAll, describe, expect, it } from "vitest";
import { company as companyContract } from "@/server/contracts/market";
import { aCompany, anInstrument, aStatement, fourQuarters, someBars, uniqueTicker } from "@/server/testing/factories/market-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { getCompany } from "./get-company";

const ctx = createTestCtx();
afterAll(() => ctx.db.$disconnect());

describe("getCompany", () => {
  it("gives statements newest first, with every digit, and null for what was not reported", async () => {
    const { id, ticker } = await aCompany(ctx.db);
    await fourQuarters(ctx.db, id, { revenue: "12345678901234567890.1234" });
    await aStatement(ctx.db, id, { end: "2026-03-31", revenue: 5 });
    const found = companyContract.parse(await getCompany(ctx, { ticker }));
    expect(found.statements.map(({ periodEnd }) => periodEnd)).toEqual(["2026-03-31", "2025-12-31", "2025-09-30", "2025-06-30", "2025-03-31"]);
    expect(found.statements[1]!.lines.revenue).toBe("12345678901234567890.1234");
    expect(found.statements[1]!.lines.netIncome).toBeNull();
    expect(found.periodEnd).toBe("2026-03-31");
    expect(found.quote).toBeNull();
  });

  it("marks a simulated quote and gives no market value on it", async () => {
    const values = [];
    for (const priceOrigin of ["RECORDED", "SIMULATED"] as const) {
      const { id, ticker } = await aCompany(ctx.db);
      const share = await anInstrument(ctx.db, { symbol: ticker, companyId: id, priceOrigin });
      await someBars(ctx.db, share, [["2025-12-30", 50], ["2025-12-31", 60]]);
      await aStatement(ctx.db, id, { end: "2025-12-31", sharesOutstanding: 10 });
      const { quote, marketCap, symbol } = await getCompany(ctx, { ticker });
      expect(symbol).toBe(ticker);
      expect(quote).toMatchObject({ price: 60, previousClose: 50, time: "2025-12-31T00:00:00.000Z", provenance: { asOf: "2025-12-31" } });
      expect(quote!.change).toBeCloseTo(0.2, 12);
      values.push([quote!.provenance.basis, marketCap]);
    }
    expect(values).toEqual([["recorded", 600], ["simulated", null]]);
  });

  it("names near matches when the ticker is unknown", async () => {
    const near = await aCompany(ctx.db, { ticker: uniqueTicker("NEARBY") });
    const asked = near.ticker.slice(0, -1);
    await expect(getCompany(ctx, { ticker: asked })).rejects.toMatchObject({ code: "NOT_FOUND", details: { field: "ticker", suggestions: expect.arrayContaining([near.ticker]) } });
  });
});
