export type DateStyle = "full" | "medium" | "short" | "month" | "year";

const STYLE: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  full: { dateStyle: "full" },
  medium: { dateStyle: "medium" },
  short: { month: "short", day: "numeric" },
  month: { year: "numeric", month: "short" },
  year: { year: "numeric" },
};

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}|${JSON.stringify(options)}`;
  const found = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formatters.set(key, found);
  return found;
}

/** A calendar day has no zone: it is written as it stands. Text that is no date is returned as it is. */
export function dateText(locale: string, isoDate: string, style: DateStyle = "medium"): string {
  const at = new Date(`${isoDate.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? isoDate : formatter(locale, { ...STYLE[style], timeZone: "UTC" }).format(at);
}

export type InstantStyle = "time" | "seconds" | "datetime" | "full";

const INSTANT: Record<InstantStyle, Intl.DateTimeFormatOptions> = {
  time: { timeStyle: "short" },
  seconds: { timeStyle: "medium" },
  datetime: { dateStyle: "medium", timeStyle: "short" },
  full: { dateStyle: "full", timeStyle: "long" },
};

// Node and browsers disagree on the Korean words for morning and afternoon; the 24 hours are the same in both.
const clockOf = (locale: string): Intl.DateTimeFormatOptions => (locale.startsWith("ko") ? { hourCycle: "h23" } : {});

export function instantText(locale: string, timeZone: string, instant: string | number, style: InstantStyle = "datetime"): string {
  const at = new Date(instant);
  return Number.isNaN(at.getTime()) ? String(instant) : formatter(locale, { ...INSTANT[style], ...clockOf(locale), timeZone }).format(at);
}

/** "2026-09-30" (a day) or "2026-09-30T20:00:00Z" (an instant), each in its own way. */
export function asOfText(locale: string, timeZone: string, asOf: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(asOf) ? dateText(locale, asOf) : instantText(locale, timeZone, asOf);
}
