/** Minutes after midnight on the person's clock; the start is quiet, the end is not. A start after the end spans midnight. */
export type QuietHours = { fromMinute: number | null; toMinute: number | null; timeZone: string };

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/**
 * When the quiet hours end that `at` falls into, by the clock on the person's wall: an hour that the change to summer time leaves out is
 * not waited for, and one that comes twice is quiet twice.
 *
 * @returns the first minute that is not quiet; null when `at` itself is not, or when there are no quiet hours (an equal start and end are none)
 */
export function quietUntil(at: Date, { fromMinute: from, toMinute: to, timeZone }: QuietHours): Date | null {
  if (from === null || to === null || from === to) return null;
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const minuteAt = (time: number) => {
    const [hours, minutes] = clock.format(time).split(":").map(Number) as [number, number];
    return hours * 60 + minutes;
  };
  const isQuiet = (minute: number) => (from < to ? minute >= from && minute < to : minute >= from || minute < to);
  const start = Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS;
  const now = minuteAt(start);
  if (!isQuiet(now)) return null;
  const ahead = (to - now + DAY_MINUTES) % DAY_MINUTES;
  const expected = start + ahead * MINUTE_MS;
  // On nearly every day no clock changes on the way; on the others it is watched minute by minute.
  if (minuteAt(expected) === to) return new Date(expected);
  let end = start;
  while (isQuiet(minuteAt(end))) end += MINUTE_MS;
  return new Date(end);
}
