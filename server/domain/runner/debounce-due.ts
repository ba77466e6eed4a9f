type Burst = { nowMs: number; /** When its first event came. */ openedMs: number; periodMs: number; timeoutMs: number | null };

/** When a burst of events that got one more now may start its function: after a quiet period, or at the latest when its time is over. */
export const debounceDueMs = ({ nowMs, openedMs, periodMs, timeoutMs }: Burst): number =>
  Math.max(nowMs, timeoutMs === null ? nowMs + periodMs : Math.min(nowMs + periodMs, openedMs + timeoutMs));

/** Whether an event takes the place of the one that waits. One that is older and came late changes nothing, not even the wait. */
export const replacesDebounced = (ts: number, waitingTs: number): boolean => ts >= waitingTs;
