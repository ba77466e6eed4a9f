const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Inngest's own table, so that a function retries at the same pace wherever it runs. */
const DELAYS_MS = [15 * SECOND_MS, 30 * SECOND_MS, MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS, 20 * MINUTE_MS, 40 * MINUTE_MS, HOUR_MS, 2 * HOUR_MS];
const JITTER_MS = 30 * SECOND_MS;

/** Milliseconds until the next attempt after attempt number `attempt` (from 0) failed; `spread` in [0, 1) parts those that failed together. */
export const retryDelayMs = (attempt: number, spread: number): number => DELAYS_MS[Math.min(Math.max(attempt, 0), DELAYS_MS.length - 1)]! + Math.floor(spread * JITTER_MS);
