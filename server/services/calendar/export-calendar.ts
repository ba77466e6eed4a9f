import { createEvents, type DateArray, type EventAttributes } from "ics";
import type { z } from "zod";
import type { calendarFile, CalendarKind, EarningsEventDto, EconomicEventDto, ExportCalendarInput, IpoEventDto } from "@/server/contracts/calendar";
import type { Ctx } from "@/server/services/ctx";
import { calendarWindow } from "./calendar-window";
import { listEarnings, listEconomicEvents, listIpos } from "./list-events";

const PAGE = 200;
/** A phone's calendar takes no more at once, and a year of reports is less. */
const MOST_EVENTS = 5_000;

const dayOf = (date: string) => date.split("-").map(Number) as unknown as DateArray;
const minuteOf = (at: string): DateArray => {
  const instant = new Date(at);
  return [instant.getUTCFullYear(), instant.getUTCMonth() + 1, instant.getUTCDate(), instant.getUTCHours(), instant.getUTCMinutes()];
};
const dayAfter = (date: string) => dayOf(new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10));
const said = (parts: readonly (string | null)[]) => parts.filter((part) => part !== null).join("\n");
const figure = (name: string, value: string | null, unit: string | null = null) => (value === null ? null : `${name}: ${value}${unit ? ` ${unit}` : ""}`);

const WHEN = { "before-open": "before the open", during: "during the session", "after-close": "after the close" } as const;

const ofEarnings = (event: EarningsEventDto): EventAttributes => ({
  uid: `earnings-${event.symbol}-${event.date}@nexus-alpha`, title: `${event.symbol} reports${event.when ? ` ${WHEN[event.when]}` : ""}`, start: dayOf(event.date), end: dayAfter(event.date),
  description: said([event.company, figure("EPS estimate", event.epsEstimate, event.currency), figure("EPS", event.epsActual, event.currency), `Source: ${event.provenance.provider}`]),
});
const ofIpo = (event: IpoEventDto): EventAttributes => ({
  uid: `ipo-${encodeURIComponent(event.symbol ?? event.name)}-${event.date}@nexus-alpha`, title: `IPO: ${event.name}${event.symbol ? ` (${event.symbol})` : ""}`, start: dayOf(event.date), end: dayAfter(event.date),
  description: said([event.exchange, event.status, figure("Price from", event.priceLow, event.currency), figure("Price to", event.priceHigh, event.currency), `Source: ${event.provenance.provider}`]),
});
const ofFigure = (event: EconomicEventDto): EventAttributes => ({
  uid: `economic-${event.country}-${encodeURIComponent(event.name)}-${event.at}@nexus-alpha`, title: `${event.country}: ${event.name}`, start: minuteOf(event.at), startInputType: "utc", startOutputType: "utc", duration: { minutes: 15 },
  description: said([event.period, figure("Estimate", event.estimate, event.unit), figure("Previous", event.previous, event.unit), figure("Actual", event.actual, event.unit), `Source: ${event.provenance.provider}`]),
});

type EventPage = { events: EventAttributes[]; nextCursor: string | null };

async function pageOfKind(ctx: Ctx, kind: CalendarKind, input: { from: string; to: string; ticker?: string | null; cursor: string | null }): Promise<EventPage> {
  const page = { ...input, limit: PAGE };
  if (kind === "economic") {
    const { items, nextCursor } = await listEconomicEvents(ctx, page);
    return { events: items.map(ofFigure), nextCursor };
  }
  if (kind === "ipo") {
    const { items, nextCursor } = await listIpos(ctx, page);
    return { events: items.map(ofIpo), nextCursor };
  }
  const { items, nextCursor } = await listEarnings(ctx, page, { membersOnly: kind === "sp500-earnings" });
  return { events: items.map(ofEarnings), nextCursor };
}

/** The events of the days as an iCalendar file; every event keeps its id, so that a calendar that reads it again moves events and doubles none. */
export async function exportCalendar(ctx: Ctx, { kind, ticker, ...days }: ExportCalendarInput): Promise<z.infer<typeof calendarFile>> {
  const window = calendarWindow(ctx.now(), days);
  const events: EventAttributes[] = [];
  for (let cursor: string | null = null; events.length < MOST_EVENTS; ) {
    const page: EventPage = await pageOfKind(ctx, kind, { ...window, ticker, cursor });
    events.push(...page.events);
    cursor = page.nextCursor;
    if (!cursor) break;
  }
  const { value, error } = createEvents(events.slice(0, MOST_EVENTS), { productId: "nexus-alpha", calName: `Nexus-Alpha ${kind}` });
  if (error || !value) throw error ?? new Error("The calendar could not be written");
  return { name: `nexus-${kind}-${window.from}-${window.to}.ics`, content: value, events: Math.min(events.length, MOST_EVENTS) };
}
