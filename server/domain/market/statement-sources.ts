/**
 * Sources of statements, best first: all lines of the filings' tagged data with the accession they stand in; the lines that were taken from filings for the
 * bundle, without depreciation and dividends; another extract of tagged data; a vendor's quarterly table; a rounded copy.
 */
export const STATEMENT_SOURCES = ["sec", "sec-filing", "sec_companyfacts", "yahoo_quarterly", "nyse_fundamentals"] as const;

/** Lower is better; a source that is not listed comes last. */
const rank = (provider: string) => {
  const place = STATEMENT_SOURCES.findIndex((source) => source === provider);
  return place === -1 ? STATEMENT_SOURCES.length : place;
};

const DAY_MS = 86_400_000;
/** Vendors round a period's end to the month's, which moves it by two weeks at most. */
const SAME_PERIOD_DAYS = 20;

/** `lines` counts the figures that a statement has, where that is to be weighed. */
export type SourcedPeriod = { provider: string; periodKind: string; periodEnd: string; lines?: number };

/** Whether two statements speak of one period, although one source rounds its end. */
export const isSamePeriod = (a: SourcedPeriod, b: SourcedPeriod): boolean =>
  a.periodKind === b.periodKind && Math.abs(Date.parse(a.periodEnd) - Date.parse(b.periodEnd)) <= SAME_PERIOD_DAYS * DAY_MS;

/**
 * What becomes of an arriving statement: `keep` what is stored, when that is of a better source, of the same with another end, or says more; `update`
 * the row of the same source and end; `replace` rows of worse sources; `add` where nothing speaks of the period.
 */
export function statementDecision(arriving: SourcedPeriod, held: readonly SourcedPeriod[]): "keep" | "update" | "replace" | "add" {
  const same = held.filter((row) => isSamePeriod(row, arriving));
  if (same.length === 0) return "add";
  if (same.some((row) => row.provider === arriving.provider && row.periodEnd === arriving.periodEnd)) return "update";
  const saysLess = same.some(({ lines }) => (lines ?? 0) > (arriving.lines ?? Number.POSITIVE_INFINITY));
  return !saysLess && same.every((row) => rank(row.provider) > rank(arriving.provider)) ? "replace" : "keep";
}
