import { retryDelayMs } from "./retry-delay";

export type RetryDecision = { retry: false } | { retry: true; delayMs: number };

/** Retries of a function that names none. */
const DEFAULT_RETRIES = 4;

export const maxAttempts = (retries: number | null | undefined): number => (retries ?? DEFAULT_RETRIES) + 1;

type Failure = {
  /** Number of the attempt that failed, from 0. */
  attempt: number;
  maxAttempts: number;
  /** The function said that trying again cannot help. */
  noRetry: boolean;
  /** Seconds, or an instant, from the answer's `retry-after`. */
  retryAfter: string | null;
  nowMs: number;
  spread: number;
};

/** Whether and when a failed attempt is made again. */
export function decideRetry(failure: Failure): RetryDecision {
  if (failure.noRetry || failure.attempt + 1 >= failure.maxAttempts) return { retry: false };
  return { retry: true, delayMs: retryAfterMs(failure.retryAfter, failure.nowMs) ?? retryDelayMs(failure.attempt, failure.spread) };
}

function retryAfterMs(text: string | null, nowMs: number): number | null {
  if (text === null) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
