import { randomBytes, randomUUID } from "node:crypto";
import type { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/platform/db";

const RUN_ID = "00000000-0000-7000-8000-000000000000";

/** A ticker that no other test uses. */
export const uniqueTicker = (prefix = "T"): string => `${prefix}${randomBytes(4).toString("hex").toUpperCase()}`;

export async function aSector(db: Db, code = "OTHER") {
  return db.sector.upsert({ where: { code }, create: { code, nameEn: code, nameKo: code }, update: {} });
}

export async function aCompany(db: Db, overrides: Partial<Prisma.CompanyUncheckedCreateInput> & { sectorCode?: string } = {}) {
  const { sectorCode, ...given } = overrides;
  const ticker = given.ticker ?? uniqueTicker();
  const sector = await aSector(db, sectorCode);
  return db.company.create({ data: { ticker, name: `${ticker} Company`, sectorId: sector.id, provider: "test", ...given } });
}

export async function anInstrument(db: Db, overrides: Partial<Prisma.InstrumentUncheckedCreateInput> = {}) {
  const symbol = overrides.symbol ?? uniqueTicker("S");
  return db.instrument.create({ data: { symbol, name: `${symbol} share`, kind: "EQUITY", currency: "USD", calendar: "XNYS", provider: "test", ...overrides } });
}

export async function aStatement(db: Db, companyId: string, overrides: Partial<Prisma.FinancialStatementUncheckedCreateInput> & { end: string }) {
  const { end, ...given } = overrides;
  const periodKind = given.periodKind ?? "QUARTER";
  return db.financialStatement.create({
    data: {
      companyId, periodKind, fiscalYear: Number(end.slice(0, 4)), fiscalPeriod: periodKind === "YEAR" ? "FY" : `Q${Math.ceil(Number(end.slice(5, 7)) / 3)}`,
      periodEnd: new Date(end), currency: "USD", reference: `10-Q ${end}`, provider: "sec-filing", runId: RUN_ID, ...given,
    },
  });
}

/** The same lines for the four quarters that end with 2025. */
export async function fourQuarters(db: Db, companyId: string, lines: Partial<Prisma.FinancialStatementUncheckedCreateInput>) {
  for (const end of ["2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31"]) await aStatement(db, companyId, { end, ...lines });
}

/** Daily bars with these closes, one per date; each opens at its close and reaches one per cent to both sides. */
export async function someBars(db: Db, instrument: { id: string; priceOrigin: "SIMULATED" | "RECORDED" }, closes: readonly (readonly [date: string, close: number])[], volume = 1_000) {
  await db.priceBar.createMany({
    data: closes.map(([date, close]) => ({
      instrumentId: instrument.id, interval: "D1" as const, time: new Date(date), open: close, high: close * 1.01, low: close * 0.99, close, volume,
      origin: instrument.priceOrigin, provider: "test", runId: RUN_ID,
    })),
  });
}

export async function aSeries(db: Db, observations: readonly (readonly [date: string, value: number])[], overrides: Partial<Prisma.MacroSeriesUncheckedCreateInput> = {}) {
  const code = overrides.code ?? uniqueTicker("M");
  return db.macroSeries.create({
    data: {
      code, name: `${code} series`, unit: "Percent", frequency: "MONTHLY", agency: "Federal Reserve", category: "rates", provider: "federal-reserve", vintage: "test", ...overrides,
      observations: { create: observations.map(([date, value]) => ({ date: new Date(date), knownAt: new Date(date), value, runId: randomUUID() })) },
    },
  });
}
