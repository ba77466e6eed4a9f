import { TRPCClientError } from "@trpc/client";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { retryDelay, shouldRetry, shownError } from "./wire-error";

const failed = (httpStatus: number, code: string, details: Record<string, unknown> = {}) =>
  TRPCClientError.from({ error: { code: -32000, message: "said", data: { code, httpStatus, error: { code, message: "said", details, requestId: "request-1" } } } } as never);

describe("errors from the server", () => {
  it("carries code, field and suggestions to the page", () => {
    expect(shownError(failed(404, "NOT_FOUND", { field: "ticker", suggestions: ["AAPL", 7] }))).toMatchObject({ code: "NOT_FOUND", status: 404, field: "ticker", suggestions: ["AAPL"], requestId: "request-1", lost: false });
  });

  it("does not repeat a request that was at fault", () => {
    for (const status of [400, 404, 409, 422, 429]) expect(shouldRetry(0, failed(status, "INVALID_INPUT"))).toBe(false);
  });

  it("repeats one that a lost server did not answer, three times", () => {
    expect([0, 1, 2, 3].map((count) => shouldRetry(count, failed(503, "UPSTREAM_UNAVAILABLE")))).toEqual([true, true, true, false]);
    expect(shownError(TRPCClientError.from(new TypeError("Failed to fetch")))).toMatchObject({ code: "UNREACHABLE", lost: true });
  });

  it("waits longer each time and never longer than 15 s and a quarter", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 60 }), (attempt) => {
      const delay = retryDelay(attempt);
      expect(delay).toBeGreaterThanOrEqual(Math.min(500 * 2 ** attempt, 15_000));
      expect(delay).toBeLessThanOrEqual(18_750);
    }));
  });
});
