/** Failed sign-ins in a row that cost no time: people mistype. */
export const FREE_FAILURES = 5;

const FIRST_DELAY_MS = 30_000;
const LONGEST_DELAY_MS = 15 * 60_000;

/**
 * How long an account refuses sign-ins after its n-th failure in a row: nothing up to the fourth, then 30 s, doubled by each further one, at most 15 min.
 * The bound keeps a stranger who knows only the address from locking a person out for long.
 */
export function signInDelayMs(failures: number): number {
  if (failures < FREE_FAILURES) return 0;
  return Math.min(FIRST_DELAY_MS * 2 ** (failures - FREE_FAILURES), LONGEST_DELAY_MS);
}
