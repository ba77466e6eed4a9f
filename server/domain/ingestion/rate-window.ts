/** So many calls in any stretch of time of that length. */
export type RateWindow = { limit: number; windowMs: number };

/** `takenAtMs` holds the newest calls, oldest first; until `pausedUntilMs` the vendor asked to be left alone. */
export type RateWindowState = { takenAtMs: readonly number[]; pausedUntilMs: number };

export const UNUSED_RATE_WINDOW: RateWindowState = { takenAtMs: [], pausedUntilMs: 0 };

/**
 * Takes one call out of all the windows of a vendor, or says how long to wait (ms) for the first that is free.
 *
 * Convention: exact in any window, unlike a bucket of tokens, which lets nearly twice the limit pass across a refill. A clock that was put
 * back makes no room: calls that seem to lie ahead count as of now.
 */
export function takeCall(state: RateWindowState, windows: readonly RateWindow[], nowMs: number): { taken: true; state: RateWindowState } | { taken: false; waitMs: number } {
  const takenAtMs = state.takenAtMs.map((at) => Math.min(at, nowMs));
  const waits = windows.map(({ limit, windowMs }) => {
    const oldestThatCounts = takenAtMs[takenAtMs.length - limit];
    return oldestThatCounts === undefined ? 0 : oldestThatCounts + windowMs - nowMs;
  });
  const waitMs = Math.max(0, state.pausedUntilMs - nowMs, ...waits);
  if (waitMs > 0) return { taken: false, waitMs };
  const kept = Math.max(0, ...windows.map(({ limit }) => limit));
  return { taken: true, state: { ...state, takenAtMs: kept === 0 ? [] : [...takenAtMs, nowMs].slice(-kept) } };
}

/** Leaves the vendor alone until then; an earlier and longer pause stays. */
export const pauseUntil = (state: RateWindowState, untilMs: number): RateWindowState => ({ ...state, pausedUntilMs: Math.max(state.pausedUntilMs, untilMs) });

/** Calls that may still be made now; null when the vendor has no window. */
export function callsLeft(state: RateWindowState, windows: readonly RateWindow[], nowMs: number): number | null {
  if (windows.length === 0) return null;
  if (state.pausedUntilMs > nowMs) return 0;
  return Math.min(...windows.map(({ limit, windowMs }) => Math.max(0, limit - state.takenAtMs.filter((at) => at + windowMs > nowMs).length)));
}
