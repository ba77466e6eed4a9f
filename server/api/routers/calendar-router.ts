import { calendarFile, earningsPage, economicPage, exportCalendarInput, ipoPage, listEarningsInput, listEconomicInput, listIposInput } from "@/server/contracts/calendar";
import { exportCalendar } from "@/server/services/calendar/export-calendar";
import { listEarnings, listEconomicEvents, listIpos } from "@/server/services/calendar/list-events";
import { publicProcedure, router, type RestMeta } from "../procedures";

const get = (path: RestMeta["path"], summary: string): { rest: RestMeta } => ({ rest: { method: "GET", path, summary, scope: "read", cacheSeconds: 300, example: { from: "2026-11-16", to: "2026-11-29", limit: 5 } } });

export const calendarRouter = router({
  listEarnings: publicProcedure.meta(get("/calendar/earnings", "List companies that report within the days")).input(listEarningsInput).output(earningsPage).query(({ ctx, input }) => listEarnings(ctx, input)),
  listIndexEarnings: publicProcedure.meta(get("/calendar/sp500-earnings", "List members of the S&P 500 that report within the days")).input(listEarningsInput).output(earningsPage).query(({ ctx, input }) => listEarnings(ctx, input, { membersOnly: true })),
  listIpos: publicProcedure.meta(get("/calendar/ipo", "List companies that go public within the days")).input(listIposInput).output(ipoPage).query(({ ctx, input }) => listIpos(ctx, input)),
  listEconomic: publicProcedure.meta(get("/calendar/economic", "List figures that are published within the days")).input(listEconomicInput).output(economicPage).query(({ ctx, input }) => listEconomicEvents(ctx, input)),
  export: publicProcedure.input(exportCalendarInput).output(calendarFile).query(({ ctx, input }) => exportCalendar(ctx, input)),
});
