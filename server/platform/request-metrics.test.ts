import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRequestMetrics } from "./request-metrics";

const since = new Date("2026-11-21T00:00:00Z");

describe("createRequestMetrics", () => {
  it("gives the nearest-rank percentiles of 1 to 100 ms", () => {
    const metrics = createRequestMetrics(since);
    for (let ms = 100; ms >= 1; ms -= 1) metrics.record("a.b", ms, "ok");
    expect(metrics.read()).toEqual({ since, procedures: [{ name: "a.b", calls: 100, refused: 0, failed: 0, p50Ms: 50, p95Ms: 95, p99Ms: 99 }] });
  });

  it("counts what was refused and what failed, each procedure apart", () => {
    const metrics = createRequestMetrics(since);
    metrics.record("a", 1, "refused");
    metrics.record("a", 1, "failed");
    metrics.record("b", 1, "ok");
    expect(metrics.read().procedures.map(({ name, calls, refused, failed }) => [name, calls, refused, failed])).toEqual([["a", 2, 1, 1], ["b", 1, 0, 0]]);
  });

  it("keeps percentiles in order and within the last 512 durations", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 1_500 }), (durations) => {
        const metrics = createRequestMetrics(since);
        for (const ms of durations) metrics.record("a", ms, "ok");
        const [{ p50Ms, p95Ms, p99Ms } = { p50Ms: null, p95Ms: null, p99Ms: null }] = metrics.read().procedures;
        const last = durations.slice(-512);
        expect(last).toContain(p50Ms);
        expect(p50Ms! <= p95Ms! && p95Ms! <= p99Ms! && p99Ms! <= Math.max(...last)).toBe(true);
      }),
    );
  });
});
