const MOST_SECONDS = 600;

/** Seconds by which a run goes before others of its function (below zero: is delayed), from the value of its expression; 0 when that is no whole number. */
export function priorityFactor(value: unknown): number {
  const seconds = typeof value === "bigint" ? Number(value) : value;
  if (typeof seconds !== "number" || !Number.isInteger(seconds)) return 0;
  return Math.max(-MOST_SECONDS, Math.min(MOST_SECONDS, seconds));
}

/** Delay of the first call of a run with a priority below zero. */
export const priorityDelayMs = (factor: number): number => (factor < 0 ? -factor * 1_000 : 0);
