import { randomUUID } from "node:crypto";
import type { StatementFigures } from "@/server/domain/scenario/company-figures";
import { DRIVERS, type DriverId } from "@/server/domain/scenario/drivers";
import type { EngineConnection, EngineInput } from "@/server/domain/scenario/prepare-engine";
import type { ScenarioSpec, Shock } from "@/server/domain/scenario/shock";
import { createPrng } from "@/server/domain/shared/prng";
import { addQuarters, quarterEndDate, quarterStartDate } from "@/server/domain/shared/quarter";
import type { Db } from "@/server/platform/db";
import { aCompany, aSeries, aStatement, uniqueTicker } from "./market-factory";

export const aShock = (driver: DriverId, size: number, part: Partial<Shock> = {}): Shock => ({ driver, size, unit: DRIVERS[driver].units[0]!, shape: "step", startQuarter: 1, durationQuarters: 40, halfLifeQuarters: 4, ...part });
export const aSpec = (shocks: Shock[], part: Partial<ScenarioSpec> = {}): ScenarioSpec => ({ shocks, mode: "respond", quarters: 12, ...part });

/** Where each synthetic driver starts and how far it moves in a quarter. */
const DRIVER_WALKS: Partial<Record<DriverId, readonly [start: number, size: number]>> = {
  fedFunds: [0.05, 0.003], treasury10y: [0.045, 0.002], bbbYield: [0.06, 0.0025], unemployment: [0.05, 0.002], oil: [60, 0.1], usdIndex: [100, 0.03],
};
const FIRST_QUARTER = "1995Q1";
const HISTORY_QUARTERS = 124;

/** Synthetic pasts with one common factor, made by a seeded generator: for tests only, never stored beside real figures. */
export function syntheticHistories(): EngineInput["histories"] {
  const common = createPrng("common factor");
  const factor = Array.from({ length: HISTORY_QUARTERS }, () => common.normal());
  return Object.entries(DRIVER_WALKS).map(([id, [start, size]]) => {
    const driver = id as DriverId;
    const own = createPrng(driver);
    let value = start;
    const values = factor.map((f, t) => {
      const change = size * (0.7 * f + 0.7 * own.normal());
      value = DRIVERS[driver].kind === "level" ? value * Math.exp(change) : Math.max(0.001, value + change);
      return { quarter: addQuarters(FIRST_QUARTER, t), value };
    });
    return { driver, series: DRIVERS[driver].sources[0]!.series, values };
  });
}

export const aStatementOf = (periodEnd: string, part: Partial<StatementFigures> = {}): StatementFigures => ({
  periodKind: "QUARTER", periodEnd, currency: "USD", reference: `10-Q ${periodEnd}`, provider: "synthetic",
  revenue: 1e9, operatingIncome: 1.5e8, interestExpense: 2e7, depreciation: 4e7, incomeTax: 2.6e7, netIncome: 1.04e8, operatingCashFlow: 1.6e8, capex: 6e7, dividendsPaid: 3e7,
  totalDebt: 2e9, cash: 4e8, equity: 3e9, totalAssets: 8e9, ...part,
});

const yearOf = (part: (t: number) => Partial<StatementFigures>): StatementFigures[] => Array.from({ length: 4 }, (_, t) => aStatementOf(quarterEndDate(addQuarters("2025Q1", t)), part(t)));

const aConnection = (kind: EngineConnection["kind"], from: string, to: string, part: Partial<EngineConnection> = {}): EngineConnection => ({
  kind, from, to, response: kind === "impact" ? "revenue" : "", strength: 0.5, sign: 1, elasticity: null, stdError: null, n: null, rSquared: null, significant: null, lagQuarters: 0, ...part,
});
const impact = (driver: DriverId, to: string, elasticity: number, stdError: number, lagQuarters = 0) =>
  aConnection("impact", `driver:${driver}`, to, { elasticity, stdError, lagQuarters, sign: Math.sign(elasticity), n: 100, rSquared: 0.3, significant: Math.abs(elasticity) >= 1.96 * stdError });

/** A small synthetic economy: a maker, its supplier, a landlord, a company without interest, one without figures, a bank. */
export function syntheticEconomy(): EngineInput {
  const company = (ticker: string, sector: string, statements: StatementFigures[], isFinancial = false) => ({ profile: { ticker, name: `${ticker} (synthetic)`, sector, isFinancial }, statements });
  return {
    histories: syntheticHistories(),
    companies: [
      company("MAKER", "MANUFACTURING", yearOf((t) => ({ revenue: (1 + 0.02 * t) * 1e9 }))),
      company("SUPPLY", "MANUFACTURING", yearOf(() => ({ revenue: 4e8, operatingIncome: 3e7, interestExpense: 1.4e7, netIncome: 1e7, incomeTax: null, totalAssets: 2e9, totalDebt: 1e9, cash: 5e6 }))),
      company("LANDLORD", "REALESTATE", yearOf(() => ({ revenue: 2e8, operatingIncome: 6e7, interestExpense: 3e7, netIncome: 2.5e7, incomeTax: null, totalDebt: 3e9, depreciation: null }))),
      company("NOINTEREST", "SEMICONDUCTOR", yearOf(() => ({ interestExpense: null }))),
      company("NOFIGURES", "SEMICONDUCTOR", []),
      company("BANK", "BANKING", yearOf(() => ({ operatingIncome: null })), true),
    ],
    connections: [
      impact("unemployment", "sector:MANUFACTURING", -5, 1, 0),
      impact("oil", "sector:MANUFACTURING", 0.06, 0.02, 1),
      impact("usdIndex", "company:MAKER", -0.4, 0.1, 2),
      impact("bbbYield", "sector:REALESTATE", -0.5, 0.6, 1),
      impact("unemployment", "sector:SEMICONDUCTOR", -4, 0.7, 0),
      aConnection("supply", "company:SUPPLY", "company:MAKER", { strength: 0.4 }),
      ...["MAKER", "SUPPLY"].map((ticker) => aConnection("membership", `company:${ticker}`, "sector:MANUFACTURING")),
      aConnection("membership", "company:LANDLORD", "sector:REALESTATE"),
    ],
  };
}

/** Puts a driver's synthetic past and one company with an own exposure into a scratch database. */
export async function aScenarioWorld(db: Db): Promise<{ ticker: string }> {
  for (const { driver, series, values } of syntheticHistories()) {
    const { kind, sources } = DRIVERS[driver];
    if (await db.macroSeries.findUnique({ where: { code: series } })) continue;
    const scale = sources[0]!.transform === "percentMean" ? 100 : 1;
    await aSeries(db, values.map(({ quarter, value }) => [quarterStartDate(quarter), scale * value] as const), { code: series, frequency: "QUARTERLY", unit: kind === "level" ? "Index" : "Percent", vintage: "synthetic" });
  }
  const company = await aCompany(db, { ticker: uniqueTicker("S"), sectorCode: "MANUFACTURING" });
  for (const { periodEnd: end, ...lines } of yearOf(() => ({}))) await aStatement(db, company.id, { end, ...lines });
  const [driver, node] = await Promise.all([
    db.graphNode.upsert({ where: { key: "driver:unemployment" }, create: { key: "driver:unemployment", kind: "DRIVER", label: "Unemployment" }, update: {} }),
    db.graphNode.create({ data: { key: `company:${company.ticker}`, kind: "COMPANY", label: company.name, companyId: company.id } }),
  ]);
  await db.connection.create({
    data: { kind: "IMPACT", fromId: driver.id, toId: node.id, response: "revenue", strength: 0.7, sign: -1, elasticity: -3, stdError: 0.6, n: 60, rSquared: 0.3, significant: true, lagQuarters: 1, basis: "ESTIMATED", author: "test", runId: randomUUID() },
  });
  return { ticker: company.ticker };
}
