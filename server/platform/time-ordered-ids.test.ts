import { describe, expect, it } from "vitest";
import { timeOrderedIds } from "./time-ordered-ids";

describe("timeOrderedIds", () => {
  const now = new Date("2026-11-21T06:00:00Z");

  it("gives different ids of version 7 that sort as they were given, also past what one millisecond counts", () => {
    const ids = timeOrderedIds(now, 10_000);
    expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
  });

  it("begins with the time", () => {
    expect(Number.parseInt(timeOrderedIds(now, 1)[0]!.replaceAll("-", "").slice(0, 12), 16)).toBe(now.getTime());
  });
});
