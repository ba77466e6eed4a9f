import { afterAll, describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import type { Capabilities, CapabilityName, HoldingReport, HoldingRow, Providers } from "@/server/providers/capabilities";
import { aCompany, aStatement, uniqueTicker } from "@/server/testing/factories/market-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { ingestHoldings } from "./ingest-holdings";
import type { IngestCtx } from "./recorded-run";

const plain = createTestCtx({ now: () => new Date("2026-11-20T12:00:00Z") });
afterAll(() => plain.db.$disconnect());

function asking(capabilities: Partial<Capabilities>): IngestCtx {
  const find = (name: CapabilityName) => capabilities[name] ?? null;
  return { ...plain, providers: { source: find, of: (_vendor: string, name: CapabilityName) => find(name), stream: () => null, vendorsWith: (name: CapabilityName) => (find(name) ? ["sec"] : []), status: () => [] } as unknown as Providers };
}

const ACCESSION = "0000000000-26-000013";
const provenance = { provider: "sec" as const, asOf: "2026-09-30", url: null, accession: ACCESSION };
const aHolding = (issuer: string, shares: string, more: Partial<HoldingRow> = {}): HoldingRow => ({ provenance, issuer, titleOfClass: "COM", cusip: "000000000", value: "1000", shares, shareKind: "SH", putCall: null, ...more });

async function inGraph(name: string, shares: number | null, cik: string | null = null) {
  const company = await aCompany(plain.db, { name, cik });
  if (shares !== null) await aStatement(plain.db, company.id, { end: "2026-09-30", sharesOutstanding: shares });
  const node = await plain.db.graphNode.create({ data: { key: `company:${company.ticker}`, kind: "COMPANY", label: name, companyId: company.id } });
  return { ...company, nodeId: node.id };
}

const edgesOf = (fromId: string) => plain.db.connection.findMany({ where: { kind: "OWNERSHIP", fromId }, include: { to: true }, orderBy: { strength: "desc" } });

describe("ingesting holdings", () => {
  it("draws filed connections to companies it knows beyond doubt, counts the others, and takes off what was sold", async () => {
    const cik = String(Math.floor(Math.random() * 1e9)).padStart(10, "9");
    const [one, two, three] = [uniqueTicker("ONE"), uniqueTicker("TWO"), uniqueTicker("THREE")];
    const manager = await inGraph(`${uniqueTicker("M")} Bank`, 1_000, cik);
    const owned = await inGraph(`${one} Inc.`, 1_000);
    const uncounted = await inGraph(`${two} Corp`, null);
    const said = await inGraph(`${three} plc`, 100);
    const more = { kind: "OWNERSHIP" as const, fromId: manager.nodeId, toId: said.nodeId, sign: 1, verified: true, runId: manager.id, strength: 0.25, basis: "FILED" as const };
    await plain.db.connection.create({ data: { ...more, author: "admin", evidence: { company: "A", form: "10-K", year: 2026, text: "owns a quarter" } } });
    const report: HoldingReport = {
      managerCik: cik, manager: "A BANK", periodEnd: "2026-09-30", filedOn: "2026-11-14", accession: ACCESSION,
      holdings: [aHolding(`${one} INC`, "125"), aHolding(`${one} INC`, "500", { putCall: "PUT" }), aHolding(`${two} CORP`, "5"), aHolding(`${three} PLC`, "50"), aHolding(`${one} HOLDINGS INC`, "1"), aHolding("NOBODY KNOWS", "1")],
    };
    const ctx = asking({ holdings: { fetchHoldings: async () => report } });
    expect(await ingestHoldings(ctx, { managerCik: cik })).toMatchObject({ received: 6, changed: 1, rejected: 4 });
    expect(await ingestHoldings(ctx, { managerCik: cik })).toMatchObject({ changed: 0 });
    const edges = await edgesOf(manager.nodeId);
    expect(edges.map(({ to, strength, author }) => [to.key, strength, author])).toEqual([[`company:${said.ticker}`, 0.25, "admin"], [`company:${owned.ticker}`, 0.125, `13f-${cik}`]]);
    expect(edges[1]).toMatchObject({ basis: "FILED", verified: true, evidence: { company: "A BANK", form: "13F-HR", year: 2026, text: `${one} INC, COM, CUSIP 000000000: 125 SH, value 1000 (information table at 2026-09-30, accession ${ACCESSION})` } });
    expect(edges.some(({ toId }) => toId === uncounted.nodeId)).toBe(false);

    const sold = asking({ holdings: { fetchHoldings: async () => ({ ...report, holdings: [aHolding(`${three} PLC`, "50")] }) } });
    expect(await ingestHoldings(sold, { managerCik: cik })).toMatchObject({ changed: 1, rejected: 0 });
    expect(await edgesOf(manager.nodeId)).toHaveLength(1);
  });

  it("keeps what is stored and leaves a failed row where the vendor fails", async () => {
    const cik = String(Math.floor(Math.random() * 1e9)).padStart(10, "8");
    await inGraph(`${uniqueTicker("M")} Trust`, 1_000, cik);
    await expect(ingestHoldings(asking({ holdings: { fetchHoldings: () => Promise.reject(new AppError("UPSTREAM_UNAVAILABLE", "sec does not answer")) } }), { managerCik: cik })).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    expect(await plain.db.ingestionRun.findFirst({ where: { subject: "holdings", scope: cik } })).toMatchObject({ status: "FAILED", error: "sec does not answer" });
    await expect(ingestHoldings(asking({}), { managerCik: "0000000001" })).rejects.toMatchObject({ code: "NOT_FOUND", details: { field: "managerCik" } });
  });
});
