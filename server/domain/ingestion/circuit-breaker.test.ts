import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { admitCall, CLOSED_BREAKER, settleCall, type BreakerRule, type BreakerState, type CallOutcome } from "./circuit-breaker";

const RULE: BreakerRule = { consecutiveFailures: 3, failureRate: 0.5, window: 10, minimumCalls: 6, openMs: 1_000, openMsMax: 5_000, probeMs: 2_000 };

function call(state: BreakerState, outcome: CallOutcome, nowMs: number): BreakerState {
  const answer = admitCall(state, RULE, nowMs);
  return answer.admitted ? settleCall(answer.state, RULE, { outcome, generation: answer.generation, nowMs }) : answer.state;
}

const after = (outcomes: readonly CallOutcome[], nowMs = 0) => outcomes.reduce((state, outcome) => call(state, outcome, nowMs), CLOSED_BREAKER);

describe("circuit breaker", () => {
  it("opens at so many failures in a row, and not before", () => {
    expect(after(["failure", "failure"]).phase).toBe("closed");
    expect(after(["failure", "failure", "success", "failure", "failure"]).phase).toBe("closed");
    expect(after(["failure", "failure", "failure"])).toMatchObject({ phase: "open", openForMs: 1_000, openedAtMs: 0 });
  });

  it("opens at a share of failures that never come three in a row, only once there were enough calls", () => {
    expect(after(["failure", "success", "failure", "success", "failure"]).phase).toBe("closed");
    expect(after(["failure", "success", "failure", "success", "success", "failure"]).phase).toBe("open");
  });

  it("does not open on a success, however bad the calls before were", () => {
    expect(after(["failure", "failure", "success", "failure", "failure", "success"]).phase).toBe("closed");
  });

  it("lets one probe through after the time-out while everybody else is told to wait", () => {
    const open = after(["failure", "failure", "failure"]);
    expect(admitCall(open, RULE, 400)).toMatchObject({ admitted: false, retryInMs: 600 });
    const probe = admitCall(open, RULE, 1_000);
    expect(probe.admitted).toBe(true);
    expect(admitCall(probe.state, RULE, 1_001)).toMatchObject({ admitted: false, retryInMs: 1_999 });
  });

  it("closes when the probe succeeds and forgets what was", () => {
    const closed = call(after(["failure", "failure", "failure"]), "success", 1_000);
    expect(closed).toMatchObject({ phase: "closed", outcomes: [] });
    expect(call(call(closed, "failure", 1_001), "failure", 1_002).phase).toBe("closed");
  });

  it("doubles the time-out with each probe that fails, up to the cap, and starts small again after a recovery", () => {
    let state = after(["failure", "failure", "failure"]);
    const waits: number[] = [];
    let nowMs = 0;
    for (let n = 0; n < 5; n++) {
      waits.push(state.openForMs);
      nowMs += state.openForMs;
      state = call(state, "failure", nowMs);
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 5_000, 5_000]);
    state = call(state, "success", nowMs + state.openForMs);
    for (let n = 0; n < 3; n++) state = call(state, "failure", nowMs + 6_000);
    expect(state.openForMs).toBe(1_000);
  });

  it("gives the place of a probe that told nothing, or never ended, to the next", () => {
    const open = after(["failure", "failure", "failure"]);
    const neutral = call(open, "neutral", 1_000);
    expect(admitCall(neutral, RULE, 1_001).admitted).toBe(true);
    const lost = admitCall(open, RULE, 1_000).state;
    expect(admitCall(lost, RULE, 3_000).admitted).toBe(true);
  });

  it("does not let calls that set out before it opened close or prolong it", () => {
    const early = admitCall(CLOSED_BREAKER, RULE, 0);
    const open = after(["failure", "failure", "failure"]);
    expect(early.admitted && settleCall(open, RULE, { outcome: "success", generation: early.generation, nowMs: 10 })).toBe(open);
    expect(early.admitted && settleCall(open, RULE, { outcome: "failure", generation: early.generation, nowMs: 10 })).toBe(open);
  });

  it("is open for no longer than its time-out when the clock is put back", () => {
    const open = after(["failure", "failure", "failure"], 1_000_000);
    const refused = admitCall(open, RULE, 5_000);
    expect(refused).toMatchObject({ admitted: false, retryInMs: 1_000 });
    expect(admitCall(refused.state, RULE, 6_000).admitted).toBe(true);
  });

  it("never has two probes under way, and always lets one through in the end", () => {
    const aStep = fc.record({ wait: fc.nat(3_000), outcome: fc.constantFrom<CallOutcome>("success", "failure", "neutral"), settles: fc.boolean() });
    fc.assert(fc.property(fc.array(aStep, { maxLength: 60 }), (steps) => {
      let [state, nowMs, probing]: [BreakerState, number, number] = [after(["failure", "failure", "failure"]), 0, Number.NEGATIVE_INFINITY];
      for (const { wait, outcome, settles } of steps) {
        nowMs += wait;
        const answer = admitCall(state, RULE, nowMs);
        state = answer.state;
        if (!answer.admitted) continue;
        if (state.phase === "half-open") expect(nowMs - probing).toBeGreaterThanOrEqual(RULE.probeMs);
        probing = state.phase === "half-open" ? nowMs : Number.NEGATIVE_INFINITY;
        if (!settles) continue;
        state = settleCall(state, RULE, { outcome, generation: answer.generation, nowMs });
        probing = Number.NEGATIVE_INFINITY;
      }
      expect(admitCall(state, RULE, nowMs + RULE.openMsMax + RULE.probeMs).admitted).toBe(true);
    }));
  });
});
