import { afterAll, describe, expect, it } from "vitest";
import { aUser, asPerson } from "@/server/testing/factories/account-factory";
import { aCompany, anInstrument, aSector, fourQuarters, someBars, uniqueTicker } from "@/server/testing/factories/market-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { deleteCompany, deleteInstrument, getCompanyImpact } from "./delete-company";
import { createCompany, listCompanyProfiles, updateCompany } from "./edit-company";
import { createInstrument, listInstrumentProfiles, updateInstrument } from "./edit-instrument";

const ctx = createTestCtx();
afterAll(() => ctx.db.$disconnect());

const staff = async () => {
  for (const code of ["OTHER", "BANKING"]) {
    const { id } = await aSector(ctx.db, code);
    await ctx.db.graphNode.upsert({ where: { key: `sector:${code}` }, create: { key: `sector:${code}`, kind: "SECTOR", label: code, sectorId: id }, update: {} });
  }
  return asPerson(ctx, await aUser(ctx.db, { role: "ADMIN" }));
};
const logged = async (action: string, key: string) => (await ctx.db.auditEntry.findMany({ where: { action } })).filter(({ details }) => Object.values(details as object).includes(key)).map(({ details }) => details as Record<string, unknown>);
const profile = { name: "Made by hand", sector: "OTHER" as const, industry: null, cik: null, headquarters: null, founded: null, isFinancial: false };

describe("companies by hand", () => {
  it("are made with their place in the graph, changed with before and after, and listed", async () => {
    const admin = await staff();
    const ticker = uniqueTicker("A");
    await createCompany(admin, { ticker, ...profile });
    await expect(createCompany(admin, { ticker, ...profile })).rejects.toMatchObject({ code: "CONFLICT", details: { field: "ticker" } });
    await updateCompany(admin, { ticker, name: "Renamed", sector: "BANKING" });
    expect(await logged("company.updated", ticker)).toMatchObject([{ before: { name: "Made by hand", sector: "OTHER" }, after: { name: "Renamed", sector: "BANKING" } }]);
    expect((await listCompanyProfiles(ctx, { limit: 5, search: ticker })).items).toMatchObject([{ ticker, name: "Renamed", sector: "BANKING", provider: "admin", statements: 0 }]);
    for (const search of ["%", "_", `${ticker.slice(0, -1)}_`]) expect((await listCompanyProfiles(ctx, { limit: 5, search })).items).toEqual([]);
    const members = await ctx.db.connection.findMany({ where: { from: { key: `company:${ticker}` } }, include: { to: true } });
    expect(members.map(({ kind, to }) => [kind, to.key])).toEqual([["MEMBERSHIP", "sector:BANKING"]]);
    expect((await ctx.db.graphNode.findUniqueOrThrow({ where: { key: `company:${ticker}` } })).label).toBe("Renamed");
    await expect(updateCompany(admin, { ticker: uniqueTicker(), name: "x" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("go with all that stands on them, once their ticker is typed", async () => {
    const admin = await staff();
    const company = await aCompany(ctx.db);
    const { ticker } = company;
    await fourQuarters(ctx.db, company.id, { revenue: 1 });
    const share = await anInstrument(ctx.db, { companyId: company.id });
    await someBars(ctx.db, share, [["2026-01-05", 10], ["2026-01-06", 11]]);
    await updateCompany(admin, { ticker, industry: "Tests" });
    const impact = { key: ticker, statements: 4, bars: 2, connections: 1, instruments: [share.symbol], recorded: true };
    expect(await getCompanyImpact(ctx, { ticker })).toMatchObject(impact);
    await expect(deleteCompany(admin, { ticker, confirm: "" })).rejects.toMatchObject({ details: { reason: "NOT_CONFIRMED" } });
    expect(await deleteCompany(admin, { ticker, confirm: ticker.toLowerCase() })).toMatchObject(impact);
    expect(await ctx.db.company.count({ where: { ticker } })).toBe(0);
    expect(await ctx.db.priceBar.count({ where: { instrumentId: share.id } })).toBe(0);
    expect(await ctx.db.graphNode.count({ where: { key: { in: [`company:${ticker}`, `asset:${share.symbol}`] } } })).toBe(0);
    expect(await logged("company.deleted", ticker)).toMatchObject([{ before: { name: company.name }, impact }]);
    await expect(deleteCompany(admin, { ticker, confirm: ticker })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("instruments by hand", () => {
  it("are made, moved to a company, and deleted, each on the record", async () => {
    const admin = await staff();
    const company = await createCompany(admin, { ticker: uniqueTicker("B"), ...profile });
    const symbol = uniqueTicker("I");
    await createInstrument(admin, { symbol, name: "Share", kind: "EQUITY", currency: "USD", calendar: "XNYS", company: null });
    await updateInstrument(admin, { symbol, company: company.ticker });
    await expect(updateInstrument(admin, { symbol, company: uniqueTicker() })).rejects.toMatchObject({ code: "NOT_FOUND", details: { field: "company" } });
    const instrument = await ctx.db.instrument.findUniqueOrThrow({ where: { symbol } });
    await someBars(ctx.db, instrument, [["2026-01-05", 10]]);
    for (const search of ["%", "_", `${symbol.slice(0, -1)}_`]) expect((await listInstrumentProfiles(ctx, { limit: 5, search })).items).toEqual([]);
    expect((await listInstrumentProfiles(ctx, { limit: 5, search: symbol })).items).toMatchObject([{ symbol, company: company.ticker, lastBarAt: "2026-01-05T00:00:00.000Z" }]);
    expect(await deleteInstrument(admin, { symbol, confirm: "" })).toMatchObject({ bars: 1, connections: 1, recorded: false });
    expect(await Promise.all(["instrument.created", "instrument.updated", "instrument.deleted"].map(async (action) => (await logged(action, symbol)).length))).toEqual([1, 1, 1]);
  });
});
