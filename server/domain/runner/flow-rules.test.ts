import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchIsFull } from "./batch-is-full";
import { claimWithinLimits, type LimitedCall } from "./claim-within-limits";
import { debounceDueMs, replacesDebounced } from "./debounce-due";
import { functionFaults } from "./function-faults";
import { orderByPriority, type PriorityCall } from "./order-by-priority";
import { priorityDelayMs, priorityFactor } from "./priority-factor";
import { hardRate, takeFromRate, throttleRate, type FlowRate } from "./take-from-rate";

/** Today, so that rounding is what it is at work. */
const NOW = Date.parse("2026-11-21T09:00:00Z");

/** Instants, in ms after NOW, at which a rate lets something start when it is asked at each of `asked`. */
function starts(rate: FlowRate, asked: readonly number[]): number[] {
  let arrival: number | null = null;
  return asked.filter((ms) => {
    const answer = takeFromRate(rate, arrival, NOW + ms);
    if (answer.allowed) arrival = answer.arrivalMs;
    return answer.allowed;
  });
}

describe("takeFromRate", () => {
  it("lets limit and burst start at once, then one in each part of the period (2 in 6 s, burst 1)", () => {
    const everySecond = Array.from({ length: 13 }, (_, i) => i * 1_000);
    expect(starts(throttleRate({ limit: 2, periodMs: 6_000, burst: 1 }), [0, 0, 0, 0, ...everySecond.slice(1)])).toEqual([0, 0, 0, 3_000, 6_000, 9_000, 12_000]);
  });

  it("takes one in each part of the period of a rate limit (10 in 60 min: every 6 min, a tenth together)", () => {
    const minutes = Array.from({ length: 60 }, (_, i) => i * 60_000);
    const taken = starts(hardRate({ limit: 10, periodMs: 3_600_000 }), [0, 0, ...minutes]);
    expect(taken.slice(0, 4)).toEqual([0, 0, 6 * 60_000, 12 * 60_000]);
    expect(starts(hardRate({ limit: 1, periodMs: 14_400_000 }), [0, 1, 14_399_000, 14_400_000])).toEqual([0, 14_400_000]);
  });

  it("says from when the next may start", () => {
    const rate = throttleRate({ limit: 1, periodMs: 5_000 });
    const first = takeFromRate(rate, null, NOW);
    expect(first).toEqual({ allowed: true, arrivalMs: NOW + 5_000, freeMs: NOW + 5_000 });
    expect(takeFromRate(rate, first.arrivalMs, NOW + 1_000)).toEqual({ allowed: false, arrivalMs: NOW + 5_000, freeMs: NOW + 5_000 });
    expect(takeFromRate(rate, first.arrivalMs, first.freeMs).allowed).toBe(true);
  });

  it("lets no stretch of time have more than its share, however it is asked, and forgets what is long gone", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 4 }), fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 60 }), (limit, burst, asked) => {
      const rate = throttleRate({ limit, burst, periodMs: 1_000 });
      const taken = starts(rate, asked.sort((a, b) => a - b));
      for (const [i, from] of taken.entries()) for (const [j, to] of taken.entries()) {
        if (j > i) expect(j - i + 1).toBeLessThanOrEqual(rate.atOnce + (to - from + 1) / rate.intervalMs);
      }
      expect(takeFromRate(rate, NOW - 1, NOW)).toEqual(takeFromRate(rate, null, NOW));
    }));
  });

  it("lets all of the limit start at once at every limit, in spite of rounding", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1_000, max: 604_800_000 }), (limit, periodMs) => {
      expect(starts(throttleRate({ limit, periodMs }), Array.from({ length: limit + 1 }, () => 0))).toHaveLength(limit);
    }));
  });
});

describe("debounce", () => {
  it("waits for a quiet period, but not beyond its timeout", () => {
    const burst = { openedMs: NOW, periodMs: 5_000, timeoutMs: 10_000 };
    expect([0, 4_000, 8_000, 30_000].map((ms) => debounceDueMs({ ...burst, nowMs: NOW + ms }) - NOW)).toEqual([5_000, 9_000, 10_000, 30_000]);
    expect(debounceDueMs({ ...burst, timeoutMs: null, nowMs: NOW + 90_000 })).toBe(NOW + 95_000);
  });

  it("keeps the latest event by its own time", () => {
    expect([replacesDebounced(5, 4), replacesDebounced(4, 4), replacesDebounced(3, 4)]).toEqual([true, true, false]);
  });
});

describe("batches", () => {
  it("are full by number or by size", () => {
    expect([batchIsFull({ events: 4, bytes: 100 }, 5), batchIsFull({ events: 5, bytes: 100 }, 5), batchIsFull({ events: 2, bytes: 10 * 1024 * 1024 }, 5)]).toEqual([false, true, true]);
  });
});

describe("priority", () => {
  it("is a whole number of seconds from -600 to 600", () => {
    expect([120n, 120, -30, 5_000n, -5_000, 1.5, "120", null, NaN].map(priorityFactor)).toEqual([120, 120, -30, 600, -600, 0, 0, 0, 0]);
    expect([priorityDelayMs(120), priorityDelayMs(-30)]).toEqual([0, 30_000]);
  });

  const call = (id: string, functionId: string, runAtMs: number, priority = 0): PriorityCall => ({ id, functionId, runAtMs, priority });

  it("moves a call before those of its function that were queued less than so many seconds earlier", () => {
    const calls = [call("1", "f", 0), call("2", "f", 100_000), call("3", "f", 150_000, 120), call("4", "f", 151_000, -60)];
    expect(orderByPriority(calls, [calls[2]!]).map(({ id }) => id)).toEqual(["1", "3", "2", "4"]);
  });

  it("does not overtake other functions, and finds calls beyond the end of the list", () => {
    const firstCome = [call("1", "f", 0), call("2", "g", 1), call("3", "f", 2)];
    expect(orderByPriority(firstCome, [call("9", "f", 50_000, 600), firstCome[0]!]).map(({ id }) => id)).toEqual(["9", "2", "1", "3"]);
  });

  it("loses no call, doubles none, and leaves the turns of each function where they were", () => {
    const aCall = fc.record({ functionId: fc.constantFrom("f", "g", "h"), runAtMs: fc.nat(1_000_000), priority: fc.integer({ min: -600, max: 600 }) });
    fc.assert(fc.property(fc.array(aCall, { maxLength: 20 }), (drawn) => {
      const calls = drawn.map((one, i) => ({ ...one, id: String(i) })).sort((a, b) => a.runAtMs - b.runAtMs);
      const ordered = orderByPriority(calls, calls.filter(({ functionId }) => functionId !== "h"));
      expect(ordered.map(({ id }) => id).sort()).toEqual(calls.map(({ id }) => id).sort());
      expect(ordered.map(({ functionId }) => functionId)).toEqual(calls.map(({ functionId }) => functionId));
      expect(ordered.filter(({ functionId }) => functionId === "h")).toEqual(calls.filter(({ functionId }) => functionId === "h"));
    }));
  });
});

describe("claimWithinLimits with throttles", () => {
  const rate = throttleRate({ limit: 1, periodMs: 1_000 });
  const throttled = (key: string, ...limitKeys: string[]): LimitedCall => ({ limitKeys, limitSizes: limitKeys.map(() => 1), throttle: { key, rate } });
  const claim = (waiting: LimitedCall[], options: Partial<Parameters<typeof claimWithinLimits>[1]> = {}) => claimWithinLimits(waiting, { running: [], capacity: 100, arrivals: new Map(), nowMs: NOW, ...options });

  it("takes one of a key and lets the others and nobody else wait", () => {
    const [a, again, b] = [throttled("a"), throttled("a"), throttled("b")];
    const { calls, throttles } = claim([a, again, b]);
    expect(calls).toEqual([a, b]);
    expect(throttles).toEqual(new Map([["a", { arrivalMs: NOW + 1_000, freeMs: NOW + 1_000 }], ["b", { arrivalMs: NOW + 1_000, freeMs: NOW + 1_000 }]]));
    expect(claim([a], { arrivals: new Map([["a", NOW + 500]]) }).calls).toEqual([]);
  });

  it("spends nothing of a throttle on a call that waits for something else, nor beyond the capacity", () => {
    expect(claim([throttled("a", "full")], { running: [{ limitKeys: ["full"], limitSizes: [1] }] })).toEqual({ calls: [], throttles: new Map() });
    expect([...claim([throttled("a"), throttled("b")], { capacity: 1 }).throttles.keys()]).toEqual(["a"]);
    const [held, next] = [throttled("a"), throttled("b", "k")];
    expect(claim([held, throttled("a", "k"), next]).calls).toEqual([held, next]);
  });
});

describe("functionFaults", () => {
  it("takes what an Inngest server takes", () => {
    expect(functionFaults({})).toEqual([]);
    expect(functionFaults({ debounce: { period: "5m", timeout: "10m", key: "event.data.id" }, throttle: { limit: 1, period: "7d" }, rateLimit: { limit: 10, period: "24h" }, priority: { run: "120" }, timeouts: { start: "10s", finish: "1h" } })).toEqual([]);
    expect(functionFaults({ batchEvents: { maxSize: 100, timeout: "5s" }, concurrency: [{ limit: 2 }, { limit: 5, scope: "account", key: '"x"' }] })).toEqual([]);
  });

  it("names what it refuses", () => {
    expect(functionFaults({ batchEvents: { maxSize: 0, timeout: "soon" }, debounce: { period: "8d" }, priority: { run: "1" }, cancel: [{}] })).toHaveLength(6);
    expect(functionFaults({ throttle: { limit: 0, period: "1ms" }, rateLimit: { limit: 0, period: "25h" }, timeouts: { start: "x" } })).toHaveLength(5);
    expect(functionFaults({ concurrency: [{ limit: 1, scope: "env" }, { limit: 1 }, { limit: 1 }], cancel: [1, 2, 3, 4, 5, 6] })).toEqual(["more than 5 cancellations", "more than 2 concurrency limits", "a concurrency limit beyond the function needs a key"]);
  });
});
