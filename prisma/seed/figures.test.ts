import { describe, expect, it } from "vitest";
import { companyFigure, instrumentFigure, macroFigure, parseFigures, readFigureText, statementFigure, STATEMENT_COLUMNS, type StatementColumn, type StatementRow } from "./figure-files";
import { periodStarts } from "./period-starts";
import { fiscalQuarter, roundingOf } from "./select-statements";

const companies = parseFigures(readFigureText("companies.jsonl"), companyFigure);
const statements = parseFigures(readFigureText("statements.jsonl"), statementFigure);
const series = parseFigures(readFigureText("macro.jsonl"), macroFigure);
const instruments = parseFigures(readFigureText("instruments.jsonl"), instrumentFigure);
const at = (row: StatementRow, column: StatementColumn) => row.figures[STATEMENT_COLUMNS.indexOf(column)] ?? null;
const rows = statements.flatMap(({ ticker, rows: own }) => own.map((row) => ({ ticker, row })));
const sectorOf = new Map(companies.map(({ ticker, sector }) => [ticker, sector]));

describe("bundled statements", () => {
  it("cover 120 companies and more, at least 15 in each of the four sectors", () => {
    const covered = statements.filter(({ ticker }) => sectorOf.get(ticker) !== "OTHER");
    expect(covered.length).toBeGreaterThanOrEqual(120);
    for (const sector of ["BANKING", "REALESTATE", "MANUFACTURING", "SEMICONDUCTOR"]) {
      expect(covered.filter(({ ticker }) => sectorOf.get(ticker) === sector).length).toBeGreaterThanOrEqual(15);
    }
    expect(covered.filter(({ ticker }) => sectorOf.get(ticker) === "CRYPTO").map(({ ticker }) => ticker)).toEqual(expect.arrayContaining(["COIN", "PYPL", "XYZ"]));
  });

  it("balance: assets are liabilities, shareholders' equity and what others own of it, within the reported rounding", () => {
    const failing = rows.flatMap(({ ticker, row }) => {
      const [assets, liabilities, equity] = [at(row, "totalAssets"), at(row, "totalLiabilities"), at(row, "equity")];
      if (assets === null || liabilities === null || equity === null) return [];
      const gap = assets - liabilities - equity - (at(row, "otherEquity") ?? 0);
      return Math.abs(gap) <= roundingOf(assets, liabilities, equity) ? [] : [`${ticker} ${row.end} ${gap}`];
    });
    expect(failing).toEqual([]);
    const complete = rows.filter(({ row }) => at(row, "totalAssets") !== null && at(row, "totalLiabilities") !== null && at(row, "equity") !== null);
    expect(complete.length).toBeGreaterThan(0.85 * rows.length);
  });

  it("name what others own only where it can be theirs: the asset managers that consolidate their funds hold most of it", () => {
    const large = rows.filter(({ row }) => (at(row, "otherEquity") ?? 0) > 0.13 * at(row, "totalAssets")!).map(({ ticker }) => ticker);
    expect([...new Set(large)].sort()).toEqual(["BX", "EMR"]);
    const negative = rows.filter(({ row }) => (at(row, "otherEquity") ?? 0) < 0).map(({ ticker }) => ticker);
    expect([...new Set(negative)].sort()).toEqual(["BA", "IEX", "RJF", "XYZ"]);
  });

  it("keep one row for a period, and no zero for a figure that is missing", () => {
    const keys = rows.map(({ ticker, row }) => `${ticker} ${row.kind} ${row.end}`);
    expect(new Set(keys).size).toBe(keys.length);
    const zeros = rows.filter(({ row }) => [at(row, "revenue"), at(row, "totalAssets"), at(row, "equity"), at(row, "sharesOutstanding")].includes(0));
    expect(zeros.map(({ ticker, row }) => `${ticker} ${row.end}`)).toEqual([]);
  });

  it("are three months long in quarters: no line grows through the year as sums to date do", () => {
    const suspicious = statements.flatMap(({ ticker, rows: own }) => {
      const quarters = own.filter(({ kind }) => kind === "Q");
      return (["revenue", "interestExpense"] as const).flatMap((line) => {
        return [...new Set(quarters.map(({ year }) => year))].filter((year) => {
          const amount = (period: string) => { const row = quarters.find((entry) => entry.year === year && entry.period === period); return row ? at(row, line) : null; };
          const [q1, q2, q3] = [amount("Q1"), amount("Q2"), amount("Q3")];
          return q1 !== null && q2 !== null && q3 !== null && q1 > 0 && q2 / q1 > 1.6 && q3 / q2 > 1.3;
        }).map((year) => `${ticker} ${line} ${year}`);
      });
    });
    // NVIDIA's sales of fiscal 2024 did grow so: 7.2, 13.5 and 18.1 billion, followed by 22.1.
    expect(suspicious).toEqual(["NVDA revenue 2024"]);
  });

  it("add up: four quarters make the year where both are bundled", () => {
    let compared = 0;
    const off = statements.flatMap(({ ticker, rows: own }) => own.filter(({ kind }) => kind === "Y").flatMap((year) => {
      const quarters = own.filter((row) => row.kind === "Q" && row.year === year.year);
      const parts = quarters.map((row) => at(row, "revenue"));
      const total = at(year, "revenue");
      if (quarters.length !== 4 || total === null || parts.includes(null)) return [];
      compared += 1;
      const sum = parts.reduce<number>((all, part) => all + part!, 0);
      return Math.abs(sum - total) > 0.005 * total ? [`${ticker} ${year.year}: ${sum} against ${total}`] : [];
    }));
    expect(compared).toBeGreaterThan(20);
    expect(off).toEqual([]);
  });

  it("name the filing by form and period, and an accession only of the form the SEC gives", () => {
    for (const { row } of rows) {
      expect(row.form).toBe(row.period === "Q4" || row.period === "FY" ? "10-K" : "10-Q");
      if (row.accession !== null) expect(row.accession).toMatch(/^\d{10}-\d{2}-\d{6}$/);
    }
  });

  it("number fiscal quarters by the company's own year end", () => {
    expect(fiscalQuarter("JPM", "2025-09-30")).toEqual({ year: 2025, period: "Q3" });
    expect(fiscalQuarter("QCOM", "2025-09-30")).toEqual({ year: 2025, period: "Q4" });
    expect(fiscalQuarter("QCOM", "2025-12-31")).toEqual({ year: 2026, period: "Q1" });
    expect(fiscalQuarter("NVDA", "2025-10-31")).toEqual({ year: 2026, period: "Q3" });
    expect(fiscalQuarter("MU", "2025-11-30")).toEqual({ year: 2026, period: "Q1" });
    expect(fiscalQuarter("LRCX", "2025-06-30")).toEqual({ year: 2025, period: "Q4" });
  });
});

describe("bundled macro series", () => {
  const spanYears = (one: (typeof series)[number]) => one.values.length / (one.frequency === "QUARTERLY" ? 4 : 12);

  it("are 60 and more with 15 years and more, each from an agency of the United States government", () => {
    expect(series.filter((one) => spanYears(one) >= 15).length).toBeGreaterThanOrEqual(60);
    expect(new Set(series.map(({ code }) => code)).size).toBe(series.length);
    expect(series.filter(({ agency }) => !["Federal Reserve", "Treasury", "BLS", "BEA", "Census", "EIA", "Department of Labor"].includes(agency))).toEqual([]);
  });

  it("leave out what belongs to private publishers", () => {
    expect(series.filter(({ code }) => /^(AAA|BAA|S&P|BAML|UMCSENT|VIX|HWI|IR3TIB|IRLTLT|.*CPALTT)/.test(code)).map(({ code }) => code)).toEqual([]);
    expect(series.find(({ code }) => code === "OILPRICEx")!.from).toBe("1986-01-01");
  });

  it("hold what the drivers and the sector estimates read", () => {
    const codes = series.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining("FEDFUNDS TB3MS TB6MS GS1 GS5 GS10 UNRATE CPIAUCSL A191RL1Q225SBEA INDPRO PAYEMS OILPRICEx TWEXAFEGSMTHx EXKOUS AMDMNOx HOUST REALLN BUSLOANS FRB_ST_BBB FRB_ST_MORTGAGE FRB_ST_HPI FRB_ST_CRE FRB_ST_EQUITY FRB_ST_VIX".split(" ")));
  });

  it("start and end with a figure and stand on a grid of periods", () => {
    for (const { values } of series) expect([values[0], values.at(-1)]).not.toContain(null);
    expect(periodStarts("1976-01-01", "QUARTERLY", 6)).toEqual(["1976-01-01", "1976-04-01", "1976-07-01", "1976-10-01", "1977-01-01", "1977-04-01"]);
    expect(periodStarts("2025-11-01", "MONTHLY", 3)).toEqual(["2025-11-01", "2025-12-01", "2026-01-01"]);
  });

  it("agree with figures read by hand in the publishers' tables", () => {
    const value = (code: string, date: string) => { const one = series.find((entry) => entry.code === code)!; return one.values[periodStarts(one.from, one.frequency, one.values.length).indexOf(date)]; };
    expect(value("UNRATE", "2020-04-01")).toBe(14.8);
    expect(value("FEDFUNDS", "1981-06-01")).toBe(19.1);
    expect(value("FRB_ST_BBB", "2024-10-01")).toBe(5.4);
    expect(value("CPIAUCSL", "2025-10-01")).toBeNull();
  });
});

describe("bundled instruments", () => {
  it("offer 30 coins and more, around the clock", () => {
    const coins = instruments.filter(({ kind }) => kind === "CRYPTO");
    expect(coins.length).toBeGreaterThanOrEqual(30);
    expect(coins.every(({ calendar }) => calendar === "24/7")).toBe(true);
  });
});
