/** Failed tries in a row, from one place, that cost no time: people mistype. */
export const FREE_FAILURES = 5;

/** The same for all places together that are not known to the account. So many people do not mistype. */
export const FREE_FAILURES_FROM_ANYWHERE = 30;

const FIRST_DELAY_MS = 30_000;
const LONGEST_DELAY_MS = 15 * 60_000;

/** After a day without a failure the count starts anew. */
export const FAILURES_ARE_KEPT_MS = 86_400_000;

/**
 * How long further tries are refused after the n-th failure in a row: nothing at first, then 30 s, doubled by each further one, at most 15 min.
 * The bound keeps a stranger who knows only an address from locking its owner out for long; a browser that the owner signed in with
 * before has a count of its own, which no stranger reaches.
 *
 * @param failures  counted so far, the one just charged included
 * @param free  the first that costs time
 */
export function signInDelayMs(failures: number, free = FREE_FAILURES): number {
  if (failures < free) return 0;
  return Math.min(FIRST_DELAY_MS * 2 ** (failures - free), LONGEST_DELAY_MS);
}
