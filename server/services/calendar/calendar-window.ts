import { AppError } from "@/server/domain/app-error";
import { addDays, tradingDate, utcDate, type TradingDate } from "@/server/domain/calendar/trading-date";

const DEFAULT_DAYS = 14;
const MOST_DAYS = 800;

/** The days asked for, both included; without them today and the thirteen days after it. */
export function calendarWindow(now: Date, { from, to }: { from?: string | null; to?: string | null }): { from: TradingDate; to: TradingDate } {
  const since = from ? tradingDate(from) : to ? addDays(tradingDate(to), 1 - DEFAULT_DAYS) : utcDate(now);
  const until = to ? tradingDate(to) : addDays(since, DEFAULT_DAYS - 1);
  if (since > until) throw new AppError("INVALID_INPUT", "The first day lies after the last", { field: "from" });
  if (addDays(since, MOST_DAYS) < until) throw new AppError("INVALID_INPUT", "Ask for two years at most", { field: "from" });
  return { from: since, to: until };
}
