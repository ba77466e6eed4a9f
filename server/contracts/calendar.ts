import { z } from "zod";
import { isoDate, pageInput, pageOf, provenance, ticker } from "./common";

const window = { /** Inclusive; default: today in UTC and the thirteen days after it. */ from: isoDate.nullish(), to: isoDate.nullish() };
/** Exact decimals as strings; null where not known. */
const amount = z.string().nullable();

export const EARNINGS_WHEN = ["before-open", "during", "after-close"] as const;
export const listEarningsInput = pageInput.extend({ ...window, ticker: ticker.nullish() });
export type ListEarningsInput = z.infer<typeof listEarningsInput>;
export const earningsEvent = z.object({
  symbol: z.string(),
  /** Null for a company that is not stored. */
  company: z.string().nullable(),
  date: isoDate,
  when: z.enum(EARNINGS_WHEN).nullable(),
  fiscalYear: z.number().int().nullable(),
  fiscalQuarter: z.number().int().nullable(),
  currency: z.string().nullable(),
  epsEstimate: amount,
  epsActual: amount,
  /** (actual - estimate) / |estimate| of earnings per share, a fraction; null without both or with an estimate of zero. */
  surprise: z.number().nullable(),
  revenueEstimate: amount,
  revenueActual: amount,
  provenance,
});
export type EarningsEventDto = z.infer<typeof earningsEvent>;
export const earningsPage = pageOf(earningsEvent);

export const IPO_STATUSES = ["expected", "priced", "filed", "withdrawn"] as const;
export const listIposInput = pageInput.extend({ ...window, status: z.enum(IPO_STATUSES).nullish() });
export type ListIposInput = z.infer<typeof listIposInput>;
export const ipoEvent = z.object({
  symbol: z.string().nullable(), name: z.string(), date: isoDate, exchange: z.string().nullable(), currency: z.string().nullable(), priceLow: amount, priceHigh: amount, shares: amount, totalValue: amount,
  status: z.enum(IPO_STATUSES).nullable(), provenance,
});
export type IpoEventDto = z.infer<typeof ipoEvent>;
export const ipoPage = pageOf(ipoEvent);

export const IMPORTANCES = ["low", "medium", "high"] as const;
export const listEconomicInput = pageInput.extend({ ...window, /** ISO 3166 alpha-2. */ country: z.string().trim().toUpperCase().regex(/^[A-Z]{2}$/, "A country has two letters").nullish(), importance: z.enum(IMPORTANCES).nullish() });
export type ListEconomicInput = z.infer<typeof listEconomicInput>;
export const economicEvent = z.object({
  name: z.string(), country: z.string(), at: z.iso.datetime(), importance: z.enum(IMPORTANCES).nullable(), unit: z.string().nullable(), actual: amount, estimate: amount, previous: amount, period: z.string().nullable(),
  seriesCode: z.string().nullable(), provenance,
});
export type EconomicEventDto = z.infer<typeof economicEvent>;
export const economicPage = pageOf(economicEvent);

export const CALENDAR_KINDS = ["earnings", "sp500-earnings", "ipo", "economic"] as const;
export const calendarKind = z.enum(CALENDAR_KINDS);
export type CalendarKind = z.infer<typeof calendarKind>;
export const exportCalendarInput = z.object({ kind: calendarKind, ...window, ticker: ticker.nullish() });
export type ExportCalendarInput = z.infer<typeof exportCalendarInput>;
/** An iCalendar file (RFC 5545). */
export const calendarFile = z.object({ name: z.string(), content: z.string(), events: z.number().int() });
