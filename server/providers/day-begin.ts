const [DAY_MS, HOUR_MS] = [86_400_000, 3_600_000];

/** The last midnight before or at an instant, in a zone without summer time (Seoul is 9 hours ahead of UTC): when the day before closed. */
export function dayBegin(instant: string, { hoursAheadOfUtc }: { hoursAheadOfUtc: number }): string {
  const local = Date.parse(instant) + hoursAheadOfUtc * HOUR_MS;
  return new Date(Math.floor(local / DAY_MS) * DAY_MS - hoursAheadOfUtc * HOUR_MS).toISOString();
}
