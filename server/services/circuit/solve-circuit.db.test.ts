import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { circuit as circuitContract } from "@/server/contracts/circuit";
import { aCompany, fourQuarters, uniqueTicker } from "@/server/testing/factories/market-factory";
import { aShock, aSpec } from "@/server/testing/factories/scenario-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { solveCircuit } from "./solve-circuit";

const ctx = createTestCtx();
const LINES = { revenue: 1_000, operatingIncome: 150, interestExpense: 20, depreciation: 40, incomeTax: 26, netIncome: 104, operatingCashFlow: 160, capex: 60, dividendsPaid: 30, totalDebt: 2_000, cash: 400, equity: 3_000, totalAssets: 8_000 };
const MAKER = uniqueTicker("MAKER");
const BANK = uniqueTicker("BANK");
const EMPTY = uniqueTicker("EMPTY");
const spec = aSpec([aShock("fedFunds", 100)]);

beforeAll(async () => {
  const maker = await aCompany(ctx.db, { ticker: MAKER, sectorCode: "MANUFACTURING" });
  await fourQuarters(ctx.db, maker.id, LINES);
  const bank = await aCompany(ctx.db, { ticker: BANK, sectorCode: "BANKING", isFinancial: true });
  await fourQuarters(ctx.db, bank.id, LINES);
  await aCompany(ctx.db, { ticker: EMPTY });
});
afterAll(() => ctx.db.$disconnect());

describe("solveCircuit", () => {
  it("gives a circuit that keeps its contract and conserves money in each quarter of both runs", async () => {
    const solved = circuitContract.parse(await solveCircuit(ctx, { ticker: MAKER, spec }));
    expect(solved.before).toHaveLength(13);
    expect(solved.after).toHaveLength(13);
    expect(solved.quarters).toHaveLength(13);
    expect(solved.worstResidual).toBeLessThanOrEqual(solved.residualLimit);
    const ids = solved.elements.map(({ id }) => id);
    for (const id of ["capex", "dividends", "workingCapital", "interest", "fuse"]) expect(ids).toContain(id);
    const at = (id: (typeof ids)[number]) => solved.before[0]!.currents[ids.indexOf(id)]!;
    expect(at("revenue")).toBeCloseTo(1_000, 6);
    expect(at("interest")).toBeCloseTo(20, 6);
    expect(at("dividends")).toBeCloseTo(30, 6);
    // What is kept in the reported quarter is nothing: other uses are derived so that cash stays.
    expect(at("kept")).toBeCloseTo(0, 6);
    expect(solved.before[0]!.stocks.cash).toBeCloseTo(400, 6);
    expect(solved.statements).toMatchObject({ periodEnd: "2025-12-31", window: "four-quarters", quartersFromStart: expect.any(Number) });
    expect(solved.quarters[0]).toBe(solved.startsAt);
    expect(solved.covenantIcr.provenance.basis).toBe("assumed");
    expect(solved.elements.find(({ id }) => id === "capex")!.provenance).toMatchObject({ basis: "reported", reference: "10-Q 2025-12-31" });
  });

  it("solves equal inputs once", async () => {
    expect(await solveCircuit(ctx, { ticker: MAKER, spec })).toBe(await solveCircuit(ctx, { ticker: MAKER, spec }));
  });

  it("says why a bank has no circuit, and why a company without figures has none", async () => {
    await expect(solveCircuit(ctx, { ticker: BANK, spec })).rejects.toMatchObject({ code: "RULE_VIOLATED", details: { field: "ticker", reason: "financial" } });
    await expect(solveCircuit(ctx, { ticker: EMPTY, spec })).rejects.toMatchObject({ code: "RULE_VIOLATED", details: { field: "ticker", reason: "unavailable", unavailable: { code: "noStatement" } } });
  });

  it("names near matches for an unknown ticker and the field of a shock out of range", async () => {
    await expect(solveCircuit(ctx, { ticker: MAKER.slice(0, -1), spec })).rejects.toMatchObject({ code: "NOT_FOUND", details: { field: "ticker", suggestions: expect.arrayContaining([MAKER]) } });
    await expect(solveCircuit(ctx, { ticker: MAKER, spec: aSpec([aShock("fedFunds", Number.NaN)]) })).rejects.toMatchObject({ code: "INVALID_INPUT", details: { field: "shocks.0.size" } });
  });
});
