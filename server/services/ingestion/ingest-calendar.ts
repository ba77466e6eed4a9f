import { addDays, utcDate } from "@/server/domain/calendar/trading-date";
import { storeEarnings, storeEconomicEvents, storeIpos } from "@/server/services/calendar/store-events";
import { recordedRun, type IngestCtx, type RunReport } from "./recorded-run";

export const CALENDAR_SUBJECTS = ["earnings", "ipo", "economic"] as const;
export type CalendarSubject = (typeof CALENDAR_SUBJECTS)[number];

/** Results are filled in for a while after their day. */
const DAYS_BACK = 10;
const DAYS_AHEAD = 45;

/** Brings one calendar from the first vendor that has it: the days behind, for what was reported since, and those ahead. */
export async function ingestCalendar(ctx: IngestCtx, { subject }: { subject: CalendarSubject }): Promise<RunReport> {
  const today = utcDate(ctx.now());
  const window = { from: addDays(today, -DAYS_BACK), to: addDays(today, DAYS_AHEAD) };
  const [vendor = "none"] = ctx.providers.vendorsWith(subject === "earnings" ? "earningsCalendar" : subject === "ipo" ? "ipoCalendar" : "economicCalendar");
  return recordedRun(ctx, { provider: vendor, subject: `calendar-${subject}`, scope: `${window.from}..${window.to}` }, async (runId) => {
    const bringing = { runId, window };
    if (subject === "earnings") {
      const rows = await ctx.providers.source("earningsCalendar").fetchEarnings(window);
      return { received: rows.length, changed: await storeEarnings(ctx, rows, bringing), rejected: 0, provider: rows[0]?.provenance.provider };
    }
    if (subject === "ipo") {
      const rows = await ctx.providers.source("ipoCalendar").fetchIpos(window);
      return { received: rows.length, changed: await storeIpos(ctx, rows, bringing), rejected: 0, provider: rows[0]?.provenance.provider };
    }
    const rows = await ctx.providers.source("economicCalendar").fetchEconomicEvents(window);
    return { received: rows.length, changed: await storeEconomicEvents(ctx, rows, bringing), rejected: 0, provider: rows[0]?.provenance.provider };
  });
}
