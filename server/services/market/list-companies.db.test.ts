import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listCompaniesInput, type CompanyRow } from "@/server/contracts/market";
import { aCompany, anInstrument, fourQuarters, someBars, uniqueTicker } from "@/server/testing/factories/market-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { encodeCursor } from "./list-cursor";
import { listCompanies } from "./list-companies";

const ctx = createTestCtx();
const word = uniqueTicker("Zephyr").toLowerCase();
const list = (input: Record<string, unknown>) => listCompanies(ctx, listCompaniesInput.parse({ search: word, ...input }));

async function all(input: Record<string, unknown>): Promise<CompanyRow[]> {
  const rows: CompanyRow[] = [];
  for (let cursor: string | null = null; ; ) {
    const page = await list({ ...input, cursor, limit: 2 });
    rows.push(...page.items);
    cursor = page.nextCursor;
    if (!cursor) return rows;
  }
}

beforeAll(async () => {
  const lines = [
    { revenue: 400, operatingIncome: 40, interestExpense: 10 },
    { revenue: 100, operatingIncome: 30, interestExpense: 10 },
    { revenue: 200, operatingIncome: 30, interestExpense: 10 },
    { revenue: 300, operatingIncome: -30, interestExpense: 10 },
    {},
  ];
  for (const [index, figures] of lines.entries()) {
    const company = await aCompany(ctx.db, { ticker: uniqueTicker(`Q${index}`), name: `${word} number ${index}`, sectorCode: index === 0 ? "BANKING" : "MANUFACTURING" });
    await fourQuarters(ctx.db, company.id, figures);
  }
});
afterAll(() => ctx.db.$disconnect());

describe("listCompanies", () => {
  it("pages through every row once, whatever the sort and its direction", async () => {
    for (const sort of ["ticker", "name", "revenue", "icr", "debtToEquity", "returnOnEquity", "operatingMargin"]) {
      for (const order of ["asc", "desc"]) expect(new Set((await all({ sort, order })).map(({ ticker }) => ticker)).size, `${sort} ${order}`).toBe(5);
    }
  });

  it("puts undefined figures last both ways", async () => {
    expect((await all({ sort: "icr", order: "asc" })).map(({ ratios }) => ratios.icr)).toEqual([-3, 3, 3, 4, null]);
    expect((await all({ sort: "icr", order: "desc" })).map(({ ratios }) => ratios.icr)).toEqual([4, 3, 3, -3, null]);
    expect((await all({ sort: "revenue", order: "desc" })).map(({ revenue }) => revenue)).toEqual(["1600", "1200", "800", "400", null]);
  });

  it("filters by sector and counts what it found", async () => {
    const page = await list({ sector: "BANKING" });
    expect(page.items.map(({ sector }) => sector)).toEqual(["BANKING"]);
    expect(page.total).toBe(1);
    expect((await list({})).total).toBe(5);
  });

  it("finds a mistyped name and puts the exact ticker first", async () => {
    const meant = await aCompany(ctx.db, { name: "Quixotronic Semiconductor" });
    ctx.cache.drop("market:");
    const typo = await listCompanies(ctx, listCompaniesInput.parse({ search: "quixotornic" }));
    expect(typo.items[0]?.ticker).toBe(meant.ticker);
    const exact = await listCompanies(ctx, listCompaniesInput.parse({ search: meant.ticker.toLowerCase() }));
    expect(exact.items[0]?.ticker).toBe(meant.ticker);
  });

  it("refuses a cursor that is broken or of another list", async () => {
    const { nextCursor } = await list({ sort: "icr", limit: 2 });
    for (const cursor of ["x", "%%%", Buffer.from("[1]").toString("base64url"), encodeCursor({ list: "other", key: null, id: "A" })]) {
      await expect(list({ cursor })).rejects.toMatchObject({ code: "INVALID_INPUT", details: { field: "cursor" } });
    }
    await expect(list({ sort: "revenue", cursor: nextCursor })).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });

  it("computes a price multiple from a recorded price and from no other", async () => {
    const name = uniqueTicker("Priced");
    const multiple: (number | null)[] = [];
    for (const priceOrigin of ["RECORDED", "SIMULATED"] as const) {
      const company = await aCompany(ctx.db, { name });
      const share = await anInstrument(ctx.db, { symbol: company.ticker, companyId: company.id, priceOrigin });
      await someBars(ctx.db, share, [["2025-12-30", 50], ["2025-12-31", 60]]);
      await fourQuarters(ctx.db, company.id, { epsDiluted: 0.75 });
      ctx.cache.drop("market:");
      multiple.push((await listCompanies(ctx, listCompaniesInput.parse({ search: company.ticker }))).items[0]!.ratios.priceEarnings);
    }
    expect(multiple).toEqual([20, null]);
  });
});
