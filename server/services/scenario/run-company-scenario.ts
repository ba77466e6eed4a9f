import type { CompanyScenario, ScenarioSpec } from "@/server/contracts/scenario";
import { AppError } from "@/server/domain/app-error";
import { companyAssumptions } from "@/server/domain/scenario/company-assumptions";
import type { QuarterFlows } from "@/server/domain/scenario/company-path";
import { evaluateCompany } from "@/server/domain/scenario/evaluate-scenario";
import { PATH_UNITS } from "@/server/domain/scenario/output-units";
import { engineProvenance } from "@/server/domain/shared/provenance";
import { nearTickers } from "@/server/services/market/search-companies";
import type { Ctx } from "@/server/services/ctx";
import { loadEngineInput } from "./load-engine-input";
import { toSectorCode } from "./run-scenario";

/** A scenario for one company with its statements, debt, exposures and the parts its change is made of. */
export async function runCompanyScenario(ctx: Ctx, { ticker, spec }: { ticker: string; spec: ScenarioSpec }): Promise<CompanyScenario> {
  const { engine } = await loadEngineInput(ctx);
  if (!engine.companies.some(({ profile }) => profile.ticker === ticker)) {
    throw new AppError("NOT_FOUND", `No company has the ticker ${ticker}`, { field: "ticker", suggestions: await nearTickers(ctx, ticker) });
  }
  const { company, outcome, quarters, drivers, before, after, contributions } = evaluateCompany(engine, ticker, spec);
  const tranches = company.unavailable === null ? company.tranches : [];
  return {
    outcome: { ...outcome, sector: toSectorCode(outcome.sector) },
    startsAt: engine.startsAt,
    quarters,
    drivers,
    units: PATH_UNITS,
    before: toPaths(before, company.figures?.netIncome ?? null),
    after: toPaths(after, company.figures?.netIncome ?? null),
    contributions,
    exposures: company.exposures.map(({ driver, elasticity, lagQuarters, origin, stdError, n, rSquared }) => ({
      driver, elasticity, lagQuarters,
      provenance: origin === "own"
        ? engineProvenance("estimated", { reference: `company:${ticker}`, formula: { code: "ownRegression" }, stdError, n, rSquared })
        : engineProvenance("assumed", { reference: `sector:${company.profile.sector}`, formula: { code: "sectorRegression" }, stdError, n, rSquared }),
    })),
    assumptions: companyAssumptions(company),
    tranches: tranches.map(({ name, kind, amount, rate, spread, maturityQuarter }) => ({
      name, kind, amount, rate, spread, maturityQuarter,
      provenance: engineProvenance("assumed", { asOf: company.figures?.periodEnd ?? null, reference: company.figures?.reference ?? null, formula: { code: "ladderScaled" } }),
    })),
  };
}

/** Quarter by quarter columns; return on equity sums four quarters of net income, reported ones before the first simulated. */
function toPaths(flows: readonly QuarterFlows[], reported: readonly number[] | null): CompanyScenario["before"] {
  const income = [...(reported ?? []), ...flows.slice(1).map(({ netIncome }) => netIncome)];
  const perEquity = (value: number | null | undefined, equity: number | null) => (value === null || value === undefined || equity === null || equity <= 0 ? null : value / equity);
  const trailingIncome = (t: number) => (reported ? income.slice(t, t + 4).reduce((sum, value) => sum + value, 0) : null);
  const column = <K extends keyof QuarterFlows>(name: K) => flows.map((quarter) => quarter[name]);
  return {
    revenue: column("revenue"), ebit: column("ebit"), interest: column("interest"), preTax: column("preTax"), tax: column("tax"), netIncome: column("netIncome"),
    debt: column("debtEnd"), icr: column("icr"), icrEbitda: column("icrEbitda"), rating: column("rating"), spread: column("spread"), equity: column("equityEnd"),
    returnOnEquity: flows.map(({ equityEnd }, t) => perEquity(trailingIncome(t), equityEnd)),
    debtToEquity: flows.map(({ debtEnd, equityEnd }) => perEquity(debtEnd, equityEnd)),
  };
}
