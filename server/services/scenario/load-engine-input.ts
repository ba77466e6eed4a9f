import { createHash } from "node:crypto";
import type { StatementFigures } from "@/server/domain/scenario/company-figures";
import { quarterlyValues, type DriverHistory, type Observation, type SeriesFrequency } from "@/server/domain/scenario/driver-history";
import { DRIVER_IDS, DRIVERS } from "@/server/domain/scenario/drivers";
import { prepareEngine, type Engine, type EngineConnection, type EngineInput } from "@/server/domain/scenario/prepare-engine";
import { compareText } from "@/server/domain/shared/compare-text";
import { CONNECTION_FIGURES, CONNECTION_KIND_NAME } from "@/server/services/graph/connection-figures";
import { loadStatements } from "@/server/services/market/statement-rows";
import type { Ctx } from "@/server/services/ctx";
import { rememberCurrent } from "./remember-current";

/** Every import, seed and estimation leaves a run, so a run that starts or ends is what makes kept figures old; the time is for changes made by hand. */
const KEEP_MS = 10 * 60_000;
/** Statements of each kind: what contribution margins look back on. */
const NEWEST_STATEMENTS = 24;

export type LoadedEngine = {
  engine: Engine;
  input: EngineInput;
  /** SHA-256 of all figures and coefficients that results rest on. */
  figuresHash: string;
};

/** The figures of the whole economy as the engine takes them, prepared once for what is stored; scenarios and circuits run on the same. */
export async function loadEngineInput(ctx: Ctx): Promise<LoadedEngine> {
  const runs = await ctx.db.ingestionRun.aggregate({ _count: true, _max: { startedAt: true, finishedAt: true } });
  const stamp = [runs._count, runs._max.startedAt?.toISOString(), runs._max.finishedAt?.toISOString()].join(" ");
  return rememberCurrent(ctx, { key: "scenario:engine", stamp, ttlMs: KEEP_MS }, async () => {
    const [histories, companies, connections] = await Promise.all([loadHistories(ctx), loadCompanies(ctx), loadConnections(ctx)]);
    const input: EngineInput = { histories, companies, connections };
    return { engine: prepareEngine(input), input, figuresHash: createHash("sha256").update(JSON.stringify(input)).digest("hex") };
  });
}

async function loadHistories(ctx: Ctx): Promise<DriverHistory[]> {
  const codes = [...new Set(DRIVER_IDS.flatMap((driver) => DRIVERS[driver].sources.map(({ series }) => series)))];
  // The newest known value of a date counts; recorded closes stand beside the series, simulated ones never do.
  const rows = await ctx.db.$queryRaw<{ code: string; frequency: SeriesFrequency; date: string; value: number }[]>`
    SELECT code, frequency, date::text AS date, value FROM (
      SELECT DISTINCT ON (s.code, o.date) s.code, s.frequency::text AS frequency, o.date, o.value
      FROM macro_series s JOIN macro_observation o ON o.series_id = s.id
      WHERE s.code = ANY(${codes})
      ORDER BY s.code, o.date, o.known_at DESC) observed
    UNION ALL
    SELECT i.symbol, 'DAILY', (b.time AT TIME ZONE 'UTC')::date::text, b.close
    FROM instrument i JOIN price_bar b ON b.instrument_id = i.id AND b.interval = 'D1'
    WHERE i.symbol = ANY(${codes}) AND i.price_origin = 'RECORDED' AND b.origin = 'RECORDED'
    ORDER BY 1, 3`;
  const bySeries = new Map<string, { frequency: SeriesFrequency; observations: Observation[] }>();
  for (const { code, frequency, date, value } of rows) {
    const series = bySeries.get(code) ?? { frequency, observations: [] };
    series.observations.push({ date, value });
    bySeries.set(code, series);
  }
  return DRIVER_IDS.flatMap((driver): DriverHistory[] => {
    const source = DRIVERS[driver].sources.find(({ series }) => bySeries.has(series));
    if (!source) return [];
    const { frequency, observations } = bySeries.get(source.series)!;
    const values = quarterlyValues(observations, { transform: source.transform, frequency });
    return values.length === 0 ? [] : [{ driver, series: source.series, values }];
  });
}

async function loadCompanies(ctx: Ctx): Promise<EngineInput["companies"]> {
  const [companies, statements] = await Promise.all([
    ctx.db.company.findMany({ select: { id: true, ticker: true, name: true, isFinancial: true, sector: { select: { code: true } } }, orderBy: { ticker: "asc" } }),
    loadStatements(ctx, { newest: NEWEST_STATEMENTS }),
  ]);
  const number = (text: string | null) => (text === null ? null : Number(text));
  const byCompany = new Map<string, StatementFigures[]>();
  for (const row of statements) {
    const { companyId, periodKind, periodEnd, currency, reference, provider } = row;
    const figures: StatementFigures = {
      periodKind, periodEnd, currency, reference, provider,
      revenue: number(row.revenue), operatingIncome: number(row.operatingIncome), interestExpense: number(row.interestExpense), depreciation: number(row.depreciation),
      incomeTax: number(row.incomeTax), netIncome: number(row.netIncome), operatingCashFlow: number(row.operatingCashFlow), capex: number(row.capex), dividendsPaid: number(row.dividendsPaid),
      totalDebt: number(row.totalDebt), cash: number(row.cash), equity: number(row.equity), totalAssets: number(row.totalAssets),
    };
    byCompany.set(companyId, [...(byCompany.get(companyId) ?? []), figures]);
  }
  return companies.map(({ id, ticker, name, isFinancial, sector }) => ({ profile: { ticker, name, sector: sector.code, isFinancial }, statements: byCompany.get(id) ?? [] }));
}

async function loadConnections(ctx: Ctx): Promise<EngineConnection[]> {
  const rows = await ctx.db.connection.findMany({
    select: { kind: true, from: { select: { key: true } }, to: { select: { key: true } }, response: true, ...CONNECTION_FIGURES },
  });
  return rows
    .map(({ kind, from, to, ...rest }) => ({ kind: CONNECTION_KIND_NAME[kind], from: from.key, to: to.key, ...rest }))
    // Ids are made anew by every seed: the order must come from the figures, or equal figures would hash differently.
    .sort((a, b) => compareText(a.kind, b.kind) || compareText(a.from, b.from) || compareText(a.to, b.to) || compareText(a.response, b.response));
}
