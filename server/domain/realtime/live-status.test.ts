import { describe, expect, it } from "vitest";
import { liveStatus, OFFLINE_AFTER_MS } from "./live-status";

describe("liveStatus", () => {
  it.each([
    [true, true, 0, "live"],
    [true, false, 0, "connecting"],
    [false, false, 0, "connecting"],
    [false, false, 10_000, "offline"],
    [false, true, 0, "stale"],
    [false, true, OFFLINE_AFTER_MS - 1, "stale"],
    [false, true, OFFLINE_AFTER_MS, "offline"],
  ] as const)("connected %s, data %s, %d ms without connection: %s", (connected, hasData, withoutConnectionMs, status) => {
    expect(liveStatus({ connected, hasData, withoutConnectionMs })).toBe(status);
  });
});
