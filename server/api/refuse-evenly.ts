import { setTimeout as wait } from "node:timers/promises";

/** Several times what the slowest refusal takes on an idle machine. */
const NO_SOONER_MS = 400;

/**
 * Lets a refusal go no sooner than others: an account that exists costs the database a count and a line of the log more than one that does not,
 * and who measures that would learn which addresses have one. What succeeds does not wait.
 */
export async function refuseEvenly<T>(work: () => Promise<T>, noSoonerMs = NO_SOONER_MS): Promise<T> {
  const earliest = performance.now() + noSoonerMs;
  try {
    return await work();
  } catch (error) {
    await wait(Math.max(0, earliest - performance.now()));
    throw error;
  }
}
