export type LiveStatus = "connecting" | "live" | "stale" | "offline";

/** Past this, values of a lost connection are no longer called merely stale. */
export const OFFLINE_AFTER_MS = 60_000;
const FIRST_TRY_MS = 10_000;

/**
 * How a screen may call what it shows: `live` while the connection stands, `stale` while it is lost and earlier values are still on show,
 * `offline` when it has been lost for a minute or could not be made at all, `connecting` before that.
 */
export function liveStatus(state: { connected: boolean; hasData: boolean; withoutConnectionMs: number }): LiveStatus {
  if (state.connected) return state.hasData ? "live" : "connecting";
  if (state.hasData) return state.withoutConnectionMs < OFFLINE_AFTER_MS ? "stale" : "offline";
  return state.withoutConnectionMs < FIRST_TRY_MS ? "connecting" : "offline";
}
