/** When a vendor's capability is left alone, and for how long. */
export type BreakerRule = {
  /** Failures in a row that open it. */
  consecutiveFailures: number;
  /** Or this share of failures, a fraction, among the last `window` calls, once there were `minimumCalls` of them. */
  failureRate: number;
  window: number;
  minimumCalls: number;
  /** First time-out; it doubles with each probe that fails, up to `openMsMax`. */
  openMs: number;
  openMsMax: number;
  /** A probe that has not ended by then is given up and another is let through. */
  probeMs: number;
};

export type BreakerPhase = "closed" | "open" | "half-open";

export type BreakerState = {
  phase: BreakerPhase;
  /** The last calls while closed, oldest first; true is a success. */
  outcomes: readonly boolean[];
  openedAtMs: number | null;
  openForMs: number;
  probeStartedAtMs: number | null;
  /** Counts the phases and probes: what an earlier one set going does not decide about this one. */
  generation: number;
};

export type CallOutcome = "success" | "failure" | "neutral";

export const DEFAULT_BREAKER_RULE: BreakerRule = { consecutiveFailures: 5, failureRate: 0.5, window: 20, minimumCalls: 10, openMs: 15_000, openMsMax: 600_000, probeMs: 60_000 };

export const CLOSED_BREAKER: BreakerState = { phase: "closed", outcomes: [], openedAtMs: null, openForMs: 0, probeStartedAtMs: null, generation: 0 };

export type Admission = { admitted: true; state: BreakerState; generation: number } | { admitted: false; state: BreakerState; retryInMs: number };

/** Whether a call may go out now. After the time-out one probe goes, and everything else waits for how it ends. */
export function admitCall(state: BreakerState, rule: BreakerRule, nowMs: number): Admission {
  if (state.phase === "closed") return { admitted: true, state, generation: state.generation };
  if (state.phase === "open") {
    // A clock that was put back must not keep it open for longer than the time-out.
    const openedAtMs = Math.min(state.openedAtMs ?? nowMs, nowMs);
    const retryInMs = openedAtMs + state.openForMs - nowMs;
    if (retryInMs > 0) return { admitted: false, state: { ...state, openedAtMs }, retryInMs };
    return probe({ ...state, openedAtMs }, nowMs);
  }
  const startedAtMs = state.probeStartedAtMs === null ? null : Math.min(state.probeStartedAtMs, nowMs);
  const retryInMs = startedAtMs === null ? 0 : startedAtMs + rule.probeMs - nowMs;
  return retryInMs > 0 ? { admitted: false, state: { ...state, probeStartedAtMs: startedAtMs }, retryInMs } : probe(state, nowMs);
}

function probe(state: BreakerState, nowMs: number): Admission {
  const generation = state.generation + 1;
  return { admitted: true, state: { ...state, phase: "half-open", probeStartedAtMs: nowMs, generation }, generation };
}

/** Takes in how a call ended. `neutral` says nothing about the vendor: the caller gave up, or our own budget was used up. */
export function settleCall(state: BreakerState, rule: BreakerRule, { outcome, generation, nowMs }: { outcome: CallOutcome; generation: number; nowMs: number }): BreakerState {
  if (generation !== state.generation) return state;
  if (state.phase === "half-open") {
    if (outcome === "success") return { ...CLOSED_BREAKER, generation: generation + 1 };
    // A probe that told nothing frees the place for the next one.
    if (outcome === "neutral") return { ...state, probeStartedAtMs: null };
    return opened(state, Math.min(rule.openMsMax, state.openForMs * 2), nowMs);
  }
  if (outcome === "neutral" || state.phase === "open") return state;
  const outcomes = [...state.outcomes, outcome === "success"].slice(-rule.window);
  const next = { ...state, outcomes };
  return trips(outcomes, rule) ? opened(next, Math.min(rule.openMs, rule.openMsMax), nowMs) : next;
}

function trips(outcomes: readonly boolean[], { consecutiveFailures, failureRate, minimumCalls }: BreakerRule): boolean {
  const newest = outcomes.slice(-consecutiveFailures);
  if (newest.length === consecutiveFailures && newest.every((success) => !success)) return true;
  const failures = outcomes.filter((success) => !success).length;
  return outcomes.at(-1) === false && outcomes.length >= minimumCalls && failures / outcomes.length >= failureRate;
}

const opened = (state: BreakerState, openForMs: number, nowMs: number): BreakerState => ({ phase: "open", outcomes: state.outcomes, openedAtMs: nowMs, openForMs, probeStartedAtMs: null, generation: state.generation + 1 });
