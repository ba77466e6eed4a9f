import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { callsLeft, pauseUntil, takeCall, UNUSED_RATE_WINDOW, type RateWindow, type RateWindowState } from "./rate-window";

const TWO_PER_SECOND: RateWindow[] = [{ limit: 2, windowMs: 1_000 }];

/** Asks at each time and returns those at which a call was let through. */
function admittedAt(windows: readonly RateWindow[], times: readonly number[]): number[] {
  let state: RateWindowState = UNUSED_RATE_WINDOW;
  return times.filter((at) => {
    const answer = takeCall(state, windows, at);
    if (answer.taken) state = answer.state;
    return answer.taken;
  });
}

describe("takeCall", () => {
  it("lets the limit pass and names the wait for the next", () => {
    expect(admittedAt(TWO_PER_SECOND, [0, 100, 200, 999, 1_000, 1_050, 1_100])).toEqual([0, 100, 1_000, 1_100]);
    expect(takeCall({ takenAtMs: [0, 100], pausedUntilMs: 0 }, TWO_PER_SECOND, 200)).toEqual({ taken: false, waitMs: 800 });
  });

  it("never lets more than the limit pass in any window, whenever it is asked", () => {
    const aWindow = fc.record({ limit: fc.integer({ min: 1, max: 6 }), windowMs: fc.integer({ min: 1, max: 500 }) });
    fc.assert(fc.property(fc.array(aWindow, { minLength: 1, maxLength: 3 }), fc.array(fc.nat(40), { maxLength: 80 }), (windows, gaps) => {
      let at = 0;
      const passed = admittedAt(windows, gaps.map((gap) => (at += gap)));
      for (const { limit, windowMs } of windows) {
        for (const start of passed) expect(passed.filter((time) => time >= start && time < start + windowMs).length).toBeLessThanOrEqual(limit);
      }
    }));
  });

  it("lets a call pass after exactly the wait that it named", () => {
    fc.assert(fc.property(fc.array(fc.nat(300), { minLength: 1, maxLength: 40 }), (gaps) => {
      let [state, at]: [RateWindowState, number] = [UNUSED_RATE_WINDOW, 0];
      for (const gap of gaps) {
        at += gap;
        const first = takeCall(state, TWO_PER_SECOND, at);
        if (!first.taken) at += first.waitMs;
        const answer = first.taken ? first : takeCall(state, TWO_PER_SECOND, at);
        expect(answer.taken).toBe(true);
        if (answer.taken) state = answer.state;
      }
    }));
  });

  it("makes no room when the clock is put back", () => {
    expect(takeCall({ takenAtMs: [9_000, 9_100], pausedUntilMs: 0 }, TWO_PER_SECOND, 5_000)).toEqual({ taken: false, waitMs: 1_000 });
  });

  it("waits for the end of a pause, and a shorter pause does not end a longer one", () => {
    const paused = pauseUntil(pauseUntil(UNUSED_RATE_WINDOW, 5_000), 2_000);
    expect(takeCall(paused, TWO_PER_SECOND, 1_000)).toEqual({ taken: false, waitMs: 4_000 });
    expect(callsLeft(paused, TWO_PER_SECOND, 1_000)).toBe(0);
    expect(takeCall(paused, TWO_PER_SECOND, 5_000).taken).toBe(true);
  });

  it("has no limit without a window", () => {
    expect(admittedAt([], [0, 0, 0])).toHaveLength(3);
    expect(callsLeft(UNUSED_RATE_WINDOW, [], 0)).toBeNull();
  });
});

describe("callsLeft", () => {
  it("counts by the tightest window", () => {
    const windows = [{ limit: 5, windowMs: 10_000 }, { limit: 2, windowMs: 1_000 }];
    expect(callsLeft({ takenAtMs: [0, 100], pausedUntilMs: 0 }, windows, 200)).toBe(0);
    expect(callsLeft({ takenAtMs: [0, 100], pausedUntilMs: 0 }, windows, 2_000)).toBe(2);
    expect(callsLeft({ takenAtMs: [0, 100, 500, 900], pausedUntilMs: 0 }, windows, 3_000)).toBe(1);
  });
});
