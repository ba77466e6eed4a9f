/** Answers after which the same question may be asked again: the vendor was busy or away, nothing was wrong with the question. */
export const isRetryable = (status: number): boolean => status === 408 || status === 425 || status === 429 || status >= 500;

/**
 * How long a `Retry-After` header asks to wait, in ms: seconds or an HTTP date. Null when there is none or it says nothing; 0 for a date that is past.
 *
 * Source: RFC 9110, section 10.2.3.
 */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  const text = header?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  // Only the dates of the standard: `Date.parse` would take "12.5" for a month.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}

/**
 * The pause before the next attempt, in ms, with full jitter: uniform in [0, min(cap, base * 2^(attempt - 1))], and never less than the vendor asked for.
 *
 * @param input.attempt  of the attempt that failed, from 1
 * @param input.random  uniform in [0, 1)
 * @param input.askedMs  what `Retry-After` asked for, or null
 *
 * Convention: what was asked for is not shortened; the jitter comes on top, so that those who wait together do not come back together.
 * Source: Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015 ("full jitter").
 * Worked: attempt 3, base 250, cap 8000, random 0.5 -> 500
 */
export function attemptPauseMs({ attempt, random, askedMs, baseMs, capMs }: { attempt: number; random: number; askedMs: number | null; baseMs: number; capMs: number }): number {
  return Math.round((askedMs ?? 0) + random * Math.min(capMs, baseMs * 2 ** (attempt - 1)));
}
