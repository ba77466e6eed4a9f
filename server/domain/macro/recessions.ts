/** Peak and trough months of the United States' business cycles: the economy shrinks from the month after the peak through the trough. */
export type Recession = { peak: string; trough: string };

/**
 * Recessions by the NBER Business Cycle Dating Committee, oldest first; months as YYYY-MM.
 *
 * Source: NBER, "US Business Cycle Expansions and Contractions", table of peaks and troughs (as of the trough of April 2020, announced in July 2021); the newest recession is announced
 * months after it began, so that the last year may lack one.
 */
export const RECESSIONS: readonly Recession[] = [
  { peak: "1948-11", trough: "1949-10" }, { peak: "1953-07", trough: "1954-05" }, { peak: "1957-08", trough: "1958-04" }, { peak: "1960-04", trough: "1961-02" }, { peak: "1969-12", trough: "1970-11" }, { peak: "1973-11", trough: "1975-03" },
  { peak: "1980-01", trough: "1980-07" }, { peak: "1981-07", trough: "1982-11" }, { peak: "1990-07", trough: "1991-03" }, { peak: "2001-03", trough: "2001-11" }, { peak: "2007-12", trough: "2009-06" }, { peak: "2020-02", trough: "2020-04" },
];

/** Recessions among the dates of a chart, as the first and last of its dates that lie within each: a span is drawn between dates that the chart has. Dates are YYYY-MM-DD, oldest first. */
export function recessionSpans(dates: readonly string[]): { from: string; to: string }[] {
  return RECESSIONS.flatMap(({ peak, trough }) => {
    const within = dates.filter((date) => date.slice(0, 7) >= peak && date.slice(0, 7) <= trough);
    return within.length === 0 ? [] : [{ from: within[0]!, to: within.at(-1)! }];
  });
}
