/** On the person's clock; before that a day still counts as the one before. */
export const DIGEST_HOUR = 8;

const DAY_MS = 86_400_000;

/** The day, or the week by its Monday, that a digest sent at this instant is for, as YYYY-MM-DD on the person's clock. */
function digestPeriod(at: Date, rhythm: "DAILY" | "WEEKLY", timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", hourCycle: "h23" }).formatToParts(at);
  const value = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  // Dates of the person's wall, reckoned as if they were UTC: no hour is missing there.
  const day = Date.UTC(value("year"), value("month") - 1, value("day")) - (value("hour") < DIGEST_HOUR ? DAY_MS : 0);
  const sinceMonday = (new Date(day).getUTCDay() + 6) % 7;
  return new Date(rhythm === "WEEKLY" ? day - sinceMonday * DAY_MS : day).toISOString().slice(0, 10);
}

type Digest = { rhythm: "DAILY" | "WEEKLY"; /** Null when none was sent yet. */ lastSentAt: Date | null; now: Date; timeZone: string };

/** Whether a digest is due: from eight in the morning, each day or from each Monday on, and at once for those who never had one. */
export const isDigestDue = ({ rhythm, lastSentAt, now, timeZone }: Digest): boolean => lastSentAt === null || (lastSentAt < now && digestPeriod(lastSentAt, rhythm, timeZone) < digestPeriod(now, rhythm, timeZone));

/** What a digest tells of began then: with the last one, unless that was long ago, else so long before as the rhythm says. */
export function digestSince({ rhythm, lastSentAt, now }: Omit<Digest, "timeZone">): Date {
  const spanMs = (rhythm === "WEEKLY" ? 7 : 1) * DAY_MS;
  return new Date(lastSentAt ? Math.max(lastSentAt.getTime(), now.getTime() - 2 * spanMs) : now.getTime() - spanMs);
}
