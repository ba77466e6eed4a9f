import { ingestCtx } from "@/server/runtime";
import { CALENDAR_SUBJECTS, ingestCalendar, type CalendarSubject } from "@/server/services/ingestion/ingest-calendar";
import { inngest } from "../inngest-client";
import { orStopRetrying } from "../or-stop-retrying";

const CAPABILITY = { earnings: "earningsCalendar", ipo: "ipoCalendar", economic: "economicCalendar" } as const satisfies Record<CalendarSubject, string>;

/** Twice a day: the calendars of which a vendor is configured. */
export const ingestCalendars = inngest.createFunction(
  { id: "ingest-calendars", triggers: [{ cron: "TZ=America/New_York 30 6,18 * * *" }], concurrency: { limit: 1 }, retries: 3 },
  async ({ step }) => {
    const subjects = await step.run("calendars", () => CALENDAR_SUBJECTS.filter((subject) => ingestCtx().providers.vendorsWith(CAPABILITY[subject]).length > 0));
    const outcomes = await Promise.allSettled(subjects.map((subject) => step.run(subject, () => orStopRetrying(ingestCalendar(ingestCtx(), { subject })))));
    return subjects.map((subject, at) => {
      const outcome = outcomes[at]!;
      return outcome.status === "fulfilled" ? { subject, received: outcome.value.received, changed: outcome.value.changed } : { subject, failed: String(outcome.reason).slice(0, 200) };
    });
  },
);
