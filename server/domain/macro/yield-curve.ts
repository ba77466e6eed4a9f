/** Series of one maturity in the order in which they are preferred where two are equally new: the Treasury's own par curve, constant maturities by day and by month, bills. */
export const CURVE_SERIES: readonly { months: number; codes: readonly string[] }[] = [
  { months: 1, codes: ["UST_PAR_1M", "DGS1MO", "GS1M"] },
  { months: 3, codes: ["UST_PAR_3M", "DGS3MO", "GS3M", "TB3MS"] },
  { months: 6, codes: ["UST_PAR_6M", "DGS6MO", "GS6M", "TB6MS"] },
  { months: 12, codes: ["UST_PAR_12M", "DGS1", "GS1"] },
  { months: 24, codes: ["UST_PAR_24M", "DGS2", "GS2"] },
  { months: 36, codes: ["UST_PAR_36M", "DGS3", "GS3"] },
  { months: 60, codes: ["UST_PAR_60M", "DGS5", "GS5"] },
  { months: 84, codes: ["UST_PAR_84M", "DGS7", "GS7"] },
  { months: 120, codes: ["UST_PAR_120M", "DGS10", "GS10"] },
  { months: 240, codes: ["UST_PAR_240M", "DGS20", "GS20"] },
  { months: 360, codes: ["UST_PAR_360M", "DGS30", "GS30"] },
];

/** The stored series of the Treasury's par curve at a maturity. */
export const parCurveCode = (months: number): string => `UST_PAR_${months}M`;

/** The value of a day: that of the newest date on or before it, not older than the days allowed; null without one. Dates YYYY-MM-DD, oldest first. */
export function valueOn(observations: readonly { date: string; value: number }[], day: string, oldestDays: number): { date: string; value: number } | null {
  const found = observations.findLast(({ date }) => date <= day);
  return found && Date.parse(day) - Date.parse(found.date) <= oldestDays * 86_400_000 ? found : null;
}
