import { addDays, easterSunday, nthWeekday, tradingDate, weekday, type TradingDate } from "../trading-date";

/**
 * Days of the New York Stock Exchange without trading, and days that close at 13:00.
 * Source: NYSE Rules 7.2 (holidays and their observance) and the exchange's yearly "Holidays and Trading Hours"; special closures from the
 * exchange's notices on the day. 2027 and 2028 follow the rules as published so far; a national day of mourning cannot be known ahead.
 */
export const XNYS_YEARS = { first: 2000, last: 2028 } as const;

const [SUNDAY, MONDAY, THURSDAY, SATURDAY] = [0, 1, 4, 6] as const;
const JUNETEENTH_SINCE = 2022;

/** Closures that no rule gives. */
const SPECIAL_CLOSURES: readonly { date: string; reason: string }[] = [
  { date: "2001-09-11", reason: "attacks of 11 September" },
  { date: "2001-09-12", reason: "attacks of 11 September" },
  { date: "2001-09-13", reason: "attacks of 11 September" },
  { date: "2001-09-14", reason: "attacks of 11 September" },
  { date: "2004-06-11", reason: "mourning for President Reagan" },
  { date: "2007-01-02", reason: "mourning for President Ford" },
  { date: "2012-10-29", reason: "hurricane Sandy" },
  { date: "2012-10-30", reason: "hurricane Sandy" },
  { date: "2018-12-05", reason: "mourning for President George H. W. Bush" },
  { date: "2025-01-09", reason: "mourning for President Carter" },
];

/** Early closings that the rules below do not give: the Fridays after Independence Day 2002 and Christmas 2003. */
const SPECIAL_HALF_DAYS: readonly string[] = ["2002-07-05", "2003-12-26"];
/** Until 2012 the third of July was a full day when the fourth was a Thursday. */
const FULL_THIRDS_OF_JULY: readonly string[] = ["2002-07-03"];

const day = (year: number, monthDay: string) => tradingDate(`${year}-${monthDay}`);

/** A holiday on a Saturday is kept on the Friday before, one on a Sunday on the Monday after. */
function observed(date: TradingDate): TradingDate {
  if (weekday(date) === SATURDAY) return addDays(date, -1);
  return weekday(date) === SUNDAY ? addDays(date, 1) : date;
}

/** New Year's Day on a Saturday is not kept at all: the Friday before ends a year's accounts. */
const newYear = (year: number) => (weekday(day(year, "01-01")) === SATURDAY ? [] : [observed(day(year, "01-01"))]);

/** Dates without trading in a year, with the reason. */
export function xnysHolidays(year: number): ReadonlyMap<TradingDate, string> {
  const rules: [TradingDate, string][] = [
    ...newYear(year).map((date): [TradingDate, string] => [date, "New Year's Day"]),
    [nthWeekday(year, 1, MONDAY, 3), "Martin Luther King, Jr. Day"],
    [nthWeekday(year, 2, MONDAY, 3), "Washington's Birthday"],
    [addDays(easterSunday(year), -2), "Good Friday"],
    [nthWeekday(year, 5, MONDAY, -1), "Memorial Day"],
    ...(year >= JUNETEENTH_SINCE ? [[observed(day(year, "06-19")), "Juneteenth"] as [TradingDate, string]] : []),
    [observed(day(year, "07-04")), "Independence Day"],
    [nthWeekday(year, 9, MONDAY, 1), "Labor Day"],
    [nthWeekday(year, 11, THURSDAY, 4), "Thanksgiving Day"],
    [observed(day(year, "12-25")), "Christmas Day"],
  ];
  const special = SPECIAL_CLOSURES.filter(({ date }) => date.startsWith(`${year}-`)).map(({ date, reason }): [TradingDate, string] => [tradingDate(date), reason]);
  return new Map([...rules, ...special]);
}

/** Dates that close at 13:00 New York time: before Independence Day, after Thanksgiving, on Christmas Eve. */
export function xnysHalfDays(year: number): ReadonlySet<TradingDate> {
  const eves = [day(year, "07-03"), day(year, "12-24")].filter((date) => weekday(date) >= MONDAY && weekday(date) <= THURSDAY && !FULL_THIRDS_OF_JULY.includes(date));
  const special = SPECIAL_HALF_DAYS.filter((date) => date.startsWith(`${year}-`)).map(tradingDate);
  return new Set([...eves, addDays(nthWeekday(year, 11, THURSDAY, 4), 1), ...special]);
}
