import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aShock, aSpec, syntheticEconomy } from "@/server/testing/factories/scenario-factory";
import { OUTPUTS } from "./company-attribution";
import { companyAssumptions } from "./company-assumptions";
import { DRIVER_IDS, DRIVERS } from "./drivers";
import { evaluateCompany, evaluateScenario } from "./evaluate-scenario";
import { OUTCOME_UNITS, UNITS } from "./output-units";
import { prepareEngine, type EngineInput } from "./prepare-engine";
import { SCENARIO_PRESETS } from "./scenario-presets";
import { SHOCK_SHAPES, type ScenarioSpec } from "./shock";

const engine = prepareEngine(syntheticEconomy());
const outcome = (spec: ScenarioSpec, ticker: string, of = engine) => evaluateScenario(of, spec).companies.find((company) => company.ticker === ticker)!;
const aDriver = fc.constantFrom(...DRIVER_IDS);
const anySpec = fc.record({
  shocks: fc.uniqueArray(aDriver, { maxLength: 6 }).chain((drivers) => fc.tuple(...drivers.map((driver) => fc.tuple(fc.constantFrom(...SHOCK_SHAPES), fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 6 })).map(([shape, share, startQuarter]) => {
    const { minimum, maximum } = DRIVERS[driver];
    return aShock(driver, minimum + share * (maximum - minimum), { shape, startQuarter, durationQuarters: 5 });
  })))),
  mode: fc.constantFrom("hold" as const, "respond" as const),
  quarters: fc.integer({ min: 1, max: 16 }),
});
/** Shocks of the size that happens. */
const mildSpec = anySpec.map((spec) => ({ ...spec, shocks: spec.shocks.map((shock) => ({ ...shock, size: shock.size / 20 })) }));

describe("evaluateScenario", () => {
  it("changes nothing to the last bit without a shock", () => {
    for (const spec of [aSpec([]), aSpec([aShock("fedFunds", 0)]), aSpec([aShock("oil", 0), aShock("unemployment", -0)], { mode: "hold" })]) {
      const { companies, sectors, travel } = evaluateScenario(engine, spec);
      for (const { revenueDelta, ebitDelta, interestDelta, netIncomeDelta, icrBefore, icrAfter } of companies) {
        for (const path of [revenueDelta, ebitDelta, interestDelta, netIncomeDelta]) expect(path.every((value) => Object.is(value, 0))).toBe(true);
        expect(icrAfter).toEqual(icrBefore);
      }
      for (const { medianIcrDelta } of sectors) expect(medianIcrDelta.every((value) => value === null || value === 0)).toBe(true);
      expect(travel).toEqual([]);
    }
  });

  it("holds the interest of a company whose year of interest is negative, and goes on with all others", () => {
    const economy = syntheticEconomy();
    const companies = economy.companies.map((company) => (company.profile.ticker === "SUPPLY" ? { ...company, statements: company.statements.map((row) => ({ ...row, interestExpense: -1e5, cash: 4e9 })) } : company));
    const with1 = prepareEngine({ ...economy, companies });
    const spec = aSpec([aShock("fedFunds", 100)]);
    expect(outcome(spec, "SUPPLY", with1)).toMatchObject({ unavailable: null, interestUnavailable: "held" });
    expect(outcome(spec, "SUPPLY", with1).interestDelta.every((value) => value === 0)).toBe(true);
    expect(outcome(spec, "SUPPLY", with1).icrAfter.every((value) => value === null)).toBe(true);
    expect(outcome(spec, "LANDLORD", with1)).toEqual(outcome(spec, "LANDLORD"));
  });

  it("gives finite numbers or null for any scenario that is allowed", () => {
    fc.assert(fc.property(anySpec, (spec) => {
      const check = (value: unknown): void => {
        if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
        else if (value && typeof value === "object") Object.values(value).forEach(check);
      };
      check(evaluateScenario(engine, spec));
    }), { numRuns: 30 });
  });

  it("gives the same bytes for the same figures and scenario", () => {
    fc.assert(fc.property(anySpec, (spec) => {
      expect(JSON.stringify(evaluateScenario(prepareEngine(syntheticEconomy()), spec))).toBe(JSON.stringify(evaluateScenario(engine, spec)));
    }), { numRuns: 5 });
  });

  it("takes 100 bp and 1 pp for the same shock", () => {
    const in1 = (unit: "bp" | "pp", size: number) => evaluateScenario(engine, aSpec([aShock("fedFunds", size, { unit })]));
    expect(in1("bp", 100)).toEqual(in1("pp", 1));
  });

  it("superposes where channels are linear: revenue, and EBIT with it", () => {
    const delta = (...shocks: [number, number]) => outcome(aSpec([aShock("unemployment", shocks[0]), aShock("usdIndex", shocks[1])], { mode: "hold" }), "MAKER").ebitDelta;
    const [both, one, other] = [delta(1, 5), delta(1, 0), delta(0, 5)];
    both.forEach((value, t) => expect(value).toBeCloseTo(one[t]! + other[t]!, 3));
    expect(both[12]!).toBeLessThan(0);
  });

  it("spills a maker's lost sales over to its supplier", () => {
    const spec = aSpec([aShock("usdIndex", 20)], { mode: "hold" });
    expect(outcome(spec, "MAKER").revenueDelta[2]).toBe(0);
    expect(outcome(spec, "MAKER").revenueDelta[3]!).toBeLessThan(0);
    const [maker, supplier] = [outcome(spec, "MAKER").revenueDelta[3]! / 1.03e9, outcome(spec, "SUPPLY").revenueDelta[3]! / 4e8];
    expect(supplier / maker).toBeCloseTo(0.4 * 0.5, 9);
  });

  it("leaves credit spreads alone when the BBB yield is merely held, and moves them when it is shocked", () => {
    const landlord = (shocks: ReturnType<typeof aShock>[]) => outcome(aSpec(shocks, { mode: "hold" }), "LANDLORD").interestDelta[12]!;
    const rise = landlord([aShock("treasury10y", 100)]);
    expect(rise).toBeGreaterThan(0);
    expect(landlord([aShock("treasury10y", 100), aShock("bbbYield", 100)]) / rise).toBeCloseTo(1, 9);
    expect(landlord([aShock("bbbYield", 100)])).toBeGreaterThan(0);
  });

  it("never shows a bank's interest as cover, and says why it has no outcome", () => {
    expect(outcome(aSpec([aShock("fedFunds", -50)]), "BANK")).toMatchObject({ icrBefore: [], ebitDelta: [], statements: null, ratingTable: null, unavailable: { code: "bankMarginUnknown" } });
  });

  it("simulates a financial company only where its own quarters show what it keeps of revenue, without cover and without a ladder", () => {
    const input = syntheticEconomy();
    const quarters = Array.from({ length: 12 }, (_, t) => ({ ...input.companies[0]!.statements[0]!, periodEnd: `${2023 + Math.floor(t / 4)}-${["03-31", "06-30", "09-30", "12-31"][t % 4]}`, revenue: (10 + (t % 5) + t) * 1e8, operatingIncome: (10 + (t % 5) + t) * 4e7 }));
    const bank = { profile: { ticker: "BANK", name: "Bank", sector: "MANUFACTURING", isFinancial: true }, statements: quarters };
    const estimable = outcome(aSpec([aShock("unemployment", 2), aShock("fedFunds", 300)], { mode: "hold" }), "BANK", prepareEngine({ ...input, companies: [bank] }));
    expect(estimable.unavailable).toBeNull();
    expect(estimable.ebitDelta[4]!).toBeLessThan(0);
    expect(estimable.interestDelta.every((value) => value === 0)).toBe(true);
    expect(estimable.icrAfter.every((value) => value === null)).toBe(true);
    expect(estimable.interestUnavailable).toBe("rawMaterial");
  });

  it("shows no cover where interest is not reported, and no outcome without figures", () => {
    const spec = aSpec([aShock("fedFunds", 200)]);
    expect(outcome(spec, "NOINTEREST").icrAfter.every((value) => value === null)).toBe(true);
    expect(outcome(spec, "NOINTEREST").interestUnavailable).toBe("assumedRate");
    expect(outcome(spec, "NOFIGURES")).toMatchObject({ unavailable: { code: "noStatement" }, netIncomeDelta: [] });
  });

  it("sums sectors over their companies and takes the median of cover", () => {
    const { companies, sectors, quarters } = evaluateScenario(engine, aSpec([aShock("unemployment", 2)], { mode: "hold", quarters: 4 }));
    expect(quarters).toEqual(["2025Q4", "2026Q1", "2026Q2", "2026Q3", "2026Q4"]);
    const members = companies.filter(({ sector }) => sector === "MANUFACTURING");
    const sector = sectors.find((one) => one.sector === "MANUFACTURING")!;
    expect(sector.companies).toBe(2);
    expect(sector.ebitDelta[4]).toBeCloseTo(members[0]!.ebitDelta[4]! + members[1]!.ebitDelta[4]!, 3);
    expect(sector.medianIcrDelta[4]).toBeCloseTo((members[0]!.icrAfter[4]! - members[0]!.icrBefore[4]! + members[1]!.icrAfter[4]! - members[1]!.icrBefore[4]!) / 2, 12);
    expect(sectors.find((one) => one.sector === "BANKING")).toMatchObject({ companies: 0, medianIcrDelta: [null, null, null, null, null] });
  });

  it("travels from the moving drivers outwards, sector to member, customer to supplier", () => {
    const { travel } = evaluateScenario(engine, aSpec([aShock("unemployment", 2)], { mode: "hold" }));
    expect(travel.map(({ from, to, quarter, hop, sign }) => [from, to, quarter, hop, sign])).toEqual([
      ["driver:unemployment", "sector:MANUFACTURING", 1, 0, -1],
      ["driver:unemployment", "sector:SEMICONDUCTOR", 1, 0, -1],
      ["sector:MANUFACTURING", "company:MAKER", 1, 1, -1],
      ["sector:MANUFACTURING", "company:SUPPLY", 1, 1, -1],
      ["company:MAKER", "company:SUPPLY", 1, 2, -1],
    ]);
    const lagged = evaluateScenario(engine, aSpec([aShock("usdIndex", 5, { startQuarter: 3 })], { mode: "hold" })).travel;
    expect(lagged.map(({ to, quarter }) => [to, quarter])).toEqual([["company:MAKER", 5], ["company:SUPPLY", 5]]);
  });

  it("starts from one quarter, and says of every level and statement how far it lies from it", () => {
    const economy = syntheticEconomy();
    const histories = economy.histories.map((history) => {
      if (history.driver === "fedFunds") return { ...history, values: [...history.values, { quarter: "2026Q1", value: 0.09 }, { quarter: "2026Q2", value: 0.1 }] };
      return history.driver === "bbbYield" ? { ...history, values: history.values.slice(0, -3) } : history;
    });
    const companiesOf = economy.companies.map((company) => (company.profile.ticker === "MAKER" ? { ...company, statements: company.statements.map((row) => ({ ...row, periodEnd: row.periodEnd.replace("2025", "2024") })) } : company));
    const late = prepareEngine({ ...economy, histories, companies: companiesOf });
    expect(late.startsAt).toBe("2025Q4");
    const { drivers, companies } = evaluateScenario(late, aSpec([aShock("fedFunds", 100)]));
    const baseline = (id: string) => drivers.find(({ driver }) => driver === id)!.baseline;
    // What is known of fed funds after the start is not read.
    expect(baseline("fedFunds")).toMatchObject({ series: "FEDFUNDS", quarter: "2025Q4", quartersFromStart: 0 });
    expect(baseline("fedFunds")!.value).toBeLessThan(0.09);
    expect(baseline("bbbYield")).toMatchObject({ quarter: "2025Q1", quartersFromStart: -3 });
    expect(baseline("btc")).toBeNull();
    expect(companies.find(({ ticker }) => ticker === "MAKER")!.statements).toEqual({ periodEnd: "2024-12-31", quarter: "2024Q4", quartersFromStart: -4, window: "four-quarters", reference: "10-Q 2025-12-31", provider: "synthetic" });
    expect(companies.find(({ ticker }) => ticker === "SUPPLY")!.statements).toMatchObject({ quarter: "2025Q4", quartersFromStart: 0 });
  });

  it("gives the table by which a company is rated, and units and provenance with every output", () => {
    const { drivers, companies, sectors } = evaluateScenario(engine, aSpec([aShock("fedFunds", 100)]));
    expect(Object.fromEntries(companies.map(({ ticker, ratingTable }) => [ticker, ratingTable]))).toMatchObject({ MAKER: "large", SUPPLY: "small", BANK: null });
    for (const company of companies) for (const [field, value] of Object.entries(company)) if (Array.isArray(value)) expect(OUTCOME_UNITS).toHaveProperty(field);
    for (const sector of sectors) for (const [field, value] of Object.entries(sector)) if (Array.isArray(value)) expect(OUTCOME_UNITS).toHaveProperty(field);
    for (const { provenance } of [...drivers, ...companies, ...sectors]) expect(provenance.formula).not.toBeNull();
    for (const { unit } of drivers) expect(UNITS).toContain(unit);
  });

  it("accepts every preset", () => {
    for (const { spec } of SCENARIO_PRESETS) expect(evaluateScenario(engine, spec).drivers.some(({ deviation }) => deviation.some((value) => value !== 0))).toBe(true);
    expect(new Set(SCENARIO_PRESETS.map(({ id }) => id)).size).toBe(SCENARIO_PRESETS.length);
  });

  it("refuses a bad scenario, an economy without figures and a supply network without end", () => {
    expect(() => evaluateScenario(engine, aSpec([aShock("fedFunds", Number.NaN)]))).toThrow(expect.objectContaining({ details: expect.objectContaining({ field: "shocks.0.size" }) }));
    expect(() => prepareEngine({ histories: [], companies: [], connections: [] })).toThrow(expect.objectContaining({ code: "RULE_VIOLATED" }));
    const input = syntheticEconomy();
    const link = { ...input.connections.find(({ kind }) => kind === "supply")!, strength: 1 };
    const circle: EngineInput = { ...input, connections: [...Array.from({ length: 3 }, () => [link, { ...link, from: link.to, to: link.from }]).flat()] };
    expect(() => prepareEngine(circle)).toThrow(expect.objectContaining({ code: "RULE_VIOLATED", details: expect.objectContaining({ field: "supply" }) }));
  });
});

describe("evaluateCompany", () => {
  it("splits every change into parts that add up to it", () => {
    fc.assert(fc.property(fc.oneof(mildSpec, anySpec), fc.constantFrom("MAKER", "SUPPLY", "LANDLORD", "NOINTEREST"), (spec, ticker) => {
      const { before, after, contributions } = evaluateCompany(engine, ticker, spec);
      for (const output of OUTPUTS) {
        for (const [t, quarter] of after.entries()) {
          const [then, now] = [before[t]![output], quarter[output]];
          const total = contributions[output].reduce((sum, { amount }) => sum + amount[t]!, 0);
          if (then === null || now === null) expect(total).toBe(0);
          else {
            const size = contributions[output].reduce((sum, { amount }) => sum + Math.abs(amount[t]!), 0);
            // Where large parts cancel, the sum is held to the size of the parts; rounding cannot do better.
            expect(Math.abs(total - (now - then))).toBeLessThanOrEqual(1e-9 * Math.max(Math.abs(now - then), 1e-3 * size, 1e-4 * Math.abs(then)));
          }
        }
      }
    }), { numRuns: 40 });
  });

  it("names driver, channel and way through the graph", () => {
    const { contributions } = evaluateCompany(engine, "SUPPLY", aSpec([aShock("unemployment", 2), aShock("oil", 30), aShock("usdIndex", 5), aShock("fedFunds", 100)], { mode: "hold" }));
    expect(contributions.ebit.map(({ channel, path }) => `${channel} ${path.join(" > ")}`).sort()).toEqual([
      "cost driver:oil > company:SUPPLY",
      "demand driver:oil > sector:MANUFACTURING > company:SUPPLY",
      "demand driver:unemployment > sector:MANUFACTURING > company:SUPPLY",
      "supply driver:oil > sector:MANUFACTURING > company:MAKER > company:SUPPLY",
      "supply driver:unemployment > sector:MANUFACTURING > company:MAKER > company:SUPPLY",
      "supply driver:usdIndex > company:MAKER > company:SUPPLY",
    ]);
    expect(contributions.interest.some(({ driver, channel }) => driver === "fedFunds" && channel === "floatingReset")).toBe(true);
    expect(contributions.interest.some(({ driver, channel }) => driver === "unemployment" && channel === "ratingSpread")).toBe(true);
    expect(contributions.netIncome.some(({ channel }) => channel === "tax")).toBe(true);
  });

  it("agrees with the run over all companies", () => {
    const spec = aSpec([aShock("fedFunds", 150), aShock("oil", -30)]);
    for (const { ticker } of evaluateScenario(engine, spec).companies) expect(evaluateCompany(engine, ticker, spec).outcome).toEqual(outcome(spec, ticker));
  });

  it("marks what is assumed, and knows no company that is not there", () => {
    const { company } = evaluateCompany(engine, "MAKER", aSpec([]));
    const assumptions = Object.fromEntries(companyAssumptions(company).map(({ name, provenance }) => [name, provenance.basis]));
    expect(assumptions).toMatchObject({ contributionMargin: "assumed", taxRate: "computed", floatingShare: "assumed", supplyDamping: "assumed" });
    expect(() => evaluateCompany(engine, "NOBODY", aSpec([]))).toThrow(expect.objectContaining({ code: "NOT_FOUND" }));
    expect(evaluateCompany(engine, "NOFIGURES", aSpec([])).contributions.ebit).toEqual([]);
  });

  it("takes out the one company whose figures a rule refuses, and runs the others", () => {
    const economy = syntheticEconomy();
    const companies = economy.companies.map((company) => (company.profile.ticker === "MAKER" ? { ...company, statements: company.statements.map((statement) => ({ ...statement, totalDebt: -1e9 })) } : company));
    const { companies: outcomes } = evaluateScenario(prepareEngine({ ...economy, companies }), aSpec([aShock("fedFunds", 100)]));
    expect(outcomes.find(({ ticker }) => ticker === "MAKER")!.unavailable).toEqual({ code: "figureRefused", field: "debt" });
    expect(outcomes.find(({ ticker }) => ticker === "LANDLORD")!.unavailable).toBeNull();
  });
});
