import { daysBetween, daysOf, LINE_TAGS, type FactBook, type SecFact } from "./sec-facts";

export type FiscalPeriod = { kind: "QUARTER" | "YEAR"; end: string; fiscalYear: number; fiscalPeriod: "Q1" | "Q2" | "Q3" | "Q4" | "FY" };

/** Quarters are 12 to 17 weeks (some years are three quarters of twelve and one of sixteen), years 52 or 53. */
export const SPAN_DAYS = { QUARTER: [80, 120], YEAR: [350, 380] } as const;
export const spans = (fact: Pick<SecFact, "start" | "end">, kind: "QUARTER" | "YEAR"): boolean => daysOf(fact) >= SPAN_DAYS[kind][0] && daysOf(fact) <= SPAN_DAYS[kind][1];

type Named = { end: string; fy: number; fp: "Q1" | "Q2" | "Q3" | "FY" };
const CORE = [...LINE_TAGS.totalAssets, ...LINE_TAGS.netIncome, ...LINE_TAGS.profitWithOthers, ...LINE_TAGS.operatingCashFlow, ...LINE_TAGS.equity];
/** A year of 52 weeks ends a day or two earlier than the one before it, and one of 53 weeks six days later. */
const DRIFT_DAYS = 20;
const MOST_YEARS_BACK = 5;
const QUARTER_DAYS = 91;
/** Years of 52 and 53 weeks that end about New Year are of the year that was. */
const NEW_YEAR_DAYS = 14;

/**
 * The periods that a filer has reported, under the names it gives them itself. A filing names its own period only; the periods that it compares
 * with are as many years before. Periods that nothing names are left out.
 */
export function fiscalPeriods(book: FactBook): FiscalPeriod[] {
  const named = namedByFilings(book);
  const offset = usualOffset(named);
  const flows = CORE.flatMap((tag) => book.of(tag)).filter(({ start }) => start !== undefined);
  const ends = (kind: "QUARTER" | "YEAR") => new Set([...flows.filter((fact) => spans(fact, kind)).map(({ end }) => end), ...named.filter(({ fp }) => (fp === "FY") === (kind === "YEAR")).map(({ end }) => end)]);
  const isYearEnd = (end: string) => periodAt(end, named.filter(({ fp }) => fp === "FY")) !== null;
  const years = [...ends("YEAR")].filter(isYearEnd).map((end) => ({ end, fiscalYear: yearOf(end, "FY") + offset }));
  const quarters = [...ends("QUARTER")].filter((end) => !isYearEnd(end)).flatMap((end): FiscalPeriod[] => {
    const period = periodAt(end, named.filter(({ fp }) => fp !== "FY"));
    return period === null || period === "FY" ? [] : [{ kind: "QUARTER", end, fiscalYear: yearOf(end, period) + offset, fiscalPeriod: period }];
  });
  const annual = years.flatMap((year): FiscalPeriod[] => [{ ...year, kind: "YEAR", fiscalPeriod: "FY" }, { ...year, kind: "QUARTER", fiscalPeriod: "Q4" }]);
  return [...annual, ...quarters].toSorted((a, b) => (a.end === b.end ? a.kind.localeCompare(b.kind) : a.end < b.end ? -1 : 1));
}

/** What each filing says its own period is: the last one that it reports of. */
function namedByFilings(book: FactBook): Named[] {
  const filings = new Map<string, { end: string; fy: number; fp: string }>();
  for (const { accn, end, fy, fp } of CORE.flatMap((tag) => book.of(tag))) {
    if (fy !== null && fp !== null && (filings.get(accn)?.end ?? "") < end) filings.set(accn, { end, fy, fp });
  }
  return [...filings.values()].flatMap(({ end, fy, fp }) => (fp === "Q1" || fp === "Q2" || fp === "Q3" || fp === "FY" ? [{ end, fy, fp }] : []));
}

/** The calendar year in which the fiscal year of a period ends. */
function yearOf(end: string, fp: Named["fp"]): number {
  const quartersLeft = fp === "FY" ? 0 : 4 - Number(fp[1]);
  return new Date(Date.parse(end) + (quartersLeft * QUARTER_DAYS - NEW_YEAR_DAYS) * 86_400_000).getUTCFullYear();
}

/** Years by which a filer's count is ahead of the calendar's, as most of its filings say: single filings give a wrong year. */
function usualOffset(named: readonly Named[]): number {
  const votes = new Map<number, number>();
  for (const { end, fy, fp } of named) votes.set(fy - yearOf(end, fp), (votes.get(fy - yearOf(end, fp)) ?? 0) + 1);
  return [...votes].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? 0;
}

/** The name of the period that ends on a day, by a filing about it or by one about the same period some years later. */
function periodAt(end: string, named: readonly Named[]): Named["fp"] | null {
  for (let years = 0; years <= MOST_YEARS_BACK; years++) {
    const found = named.find((name) => Math.abs(daysBetween(end, name.end) - years * 365.25) <= (years === 0 ? 0 : DRIFT_DAYS));
    if (found) return found.fp;
  }
  return null;
}
