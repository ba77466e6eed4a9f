const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: "America/New_York", dateStyle: "short", timeStyle: "medium" });
const HOUR_MS = 3_600_000;

/** The clock of New York at an instant, as "YYYY-MM-DD HH:MM:SS". */
export const newYorkClock = (instant: string): string => parts.format(Date.parse(instant));

/** The day in New York at an instant: of a daily bar that begins at midnight there, its trading day. */
export const newYorkDay = (instant: string): string => newYorkClock(instant).slice(0, 10);

/**
 * The instant at which the clock of New York showed "YYYY-MM-DD HH:MM:SS" (or HH:MM), in UTC; null for another form and for the hour that is
 * skipped in spring. Of the hour that comes twice in autumn, the first.
 */
export function newYorkInstant(clock: string): string | null {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(:\d{2})?$/.exec(clock);
  if (!match) return null;
  const wanted = `${match[1]} ${match[2]}${match[3] ?? ":00"}`;
  const asUtc = Date.parse(`${wanted.replace(" ", "T")}Z`);
  if (Number.isNaN(asUtc)) return null;
  for (const behindHours of [4, 5]) {
    const instant = new Date(asUtc + behindHours * HOUR_MS).toISOString();
    if (newYorkClock(instant) === wanted) return instant;
  }
  return null;
}
