/** The last day of a month written YYYY-MM. */
const monthEnd = (month: string) => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).toISOString().slice(0, 10);

const stampIn = (text: string) => {
  const stamp = /\d{4}-\d{2}(-\d{2})?/.exec(text)?.[0];
  return stamp === undefined ? null : stamp.length === 7 ? monthEnd(stamp) : stamp;
};

/**
 * The day since which a value was known, as far as the text about its series says: "FRED-MD vintage 2025-12" is known since the end of that
 * month, and of "… vintage 2025-12 before 2021-05-01; pull 2026-08-21 from then on" the date of the observation decides. Null when no date is named.
 */
export function vintageDate(text: string, observed: string): string | null {
  const split = /^(.*?)\s*before\s+(\d{4}-\d{2})(-\d{2})?\s*[;,]\s*(.*)$/.exec(text);
  if (!split) return stampIn(text);
  const [, older = "", month = "", day = "-01", newer = ""] = split;
  const [before, after] = [stampIn(older), stampIn(newer)];
  return observed < `${month}${day}` ? (before ?? after) : (after ?? before);
}
