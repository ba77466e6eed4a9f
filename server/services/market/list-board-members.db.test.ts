import { afterAll, describe, expect, it } from "vitest";
import { createTestCtx } from "@/server/testing/test-ctx";
import { listBoardMembers } from "./list-board-members";

const ctx = createTestCtx();
afterAll(() => ctx.db.$disconnect());

describe("listBoardMembers", () => {
  it("names shares and funds apart, and only members once a list is stored", async () => {
    const rolledBack = ctx.db.$transaction(async (tx) => {
      await tx.indexMember.deleteMany({});
      for (const [symbol, kind] of [["BRDA", "EQUITY"], ["BRDB", "EQUITY"], ["BRDF", "ETF"]] as const) {
        await tx.instrument.create({ data: { symbol, name: symbol, kind, currency: "USD", calendar: "XNYS", provider: "test" } });
      }
      const without = await listBoardMembers({ db: tx as unknown as typeof ctx.db });
      expect(without.hasList).toBe(false);
      expect(without.sp500).toEqual(expect.arrayContaining(["BRDA", "BRDB"]));
      expect(without.etf).toContain("BRDF");
      await tx.indexMember.create({ data: { index: "SP500", symbol: "BRDA", provider: "test", asOf: new Date("2026-11-20"), runId: "01970000-0000-7000-8000-000000000001" } });
      const listed = await listBoardMembers({ db: tx as unknown as typeof ctx.db });
      expect([listed.hasList, listed.sp500]).toEqual([true, ["BRDA"]]);
      expect(listed.etf).toContain("BRDF");
      throw new RangeError("rolled back");
    });
    await expect(rolledBack).rejects.toThrow("rolled back");
  });
});
