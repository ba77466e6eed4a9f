import { ticker as tickerSchema } from "@/server/contracts/common";
import { CALENDAR_KINDS, IMPORTANCES, type CalendarKind } from "@/server/contracts/calendar";

export const CALENDAR_SPANS = ["week", "day"] as const;
export type CalendarFilters = { kind: CalendarKind; span: (typeof CALENDAR_SPANS)[number]; /** Any day of the span shown; null for today's. */ at: string | null; ticker: string | null; country: string | null; importance: (typeof IMPORTANCES)[number] | null };

/** Filters as the address names them; what it cannot mean is left out. */
export function readCalendarFilters(address: string): CalendarFilters {
  const params = new URLSearchParams(address);
  const at = params.get("at") ?? "";
  const country = params.get("country")?.toUpperCase() ?? "";
  return {
    kind: CALENDAR_KINDS.find((kind) => kind === params.get("kind")) ?? "earnings",
    span: params.get("span") === "day" ? "day" : "week",
    at: /^\d{4}-\d{2}-\d{2}$/.test(at) && !Number.isNaN(Date.parse(`${at}T00:00:00Z`)) ? at : null,
    ticker: tickerSchema.safeParse(params.get("ticker") ?? "").data ?? null,
    country: /^[A-Z]{2}$/.test(country) ? country : null,
    importance: IMPORTANCES.find((one) => one === params.get("importance")) ?? null,
  };
}

const DAY_MS = 86_400_000;
const later = (date: string, days: number) => new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The calendar day of an instant on a person's clock. */
export const dayIn = (timeZone: string, at: Date): string => new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(at);

/** Monday to Sunday around a day, or the day itself. */
export function spanAround(day: string, span: CalendarFilters["span"]): { from: string; to: string; before: string; after: string } {
  if (span === "day") return { from: day, to: day, before: later(day, -1), after: later(day, 1) };
  const monday = later(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
  return { from: monday, to: later(monday, 6), before: later(monday, -7), after: later(monday, 7) };
}

/** An instant may fall on another day in the reader's zone than in UTC: a day more on each side is asked for, and cut to the span after. */
export const widened = ({ from, to }: { from: string; to: string }): { from: string; to: string } => ({ from: later(from, -1), to: later(to, 1) });
