import { describe, expect, it } from "vitest";
import { digestSince, isDigestDue } from "./digest-period";

const due = (rhythm: "DAILY" | "WEEKLY", last: string | null, now: string, timeZone = "Asia/Seoul") => isDigestDue({ rhythm, lastSentAt: last === null ? null : new Date(last), now: new Date(now), timeZone });

describe("isDigestDue", () => {
  it("is so once a day, from eight in the morning on the person's clock", () => {
    // 23:00 UTC is 08:00 in Seoul.
    expect(due("DAILY", "2026-11-19T23:07:00Z", "2026-11-20T22:59:00Z")).toBe(false);
    expect(due("DAILY", "2026-11-19T23:07:00Z", "2026-11-20T23:00:00Z")).toBe(true);
    expect(due("DAILY", "2026-11-20T23:00:00Z", "2026-11-21T05:00:00Z")).toBe(false);
  });

  it("is so once a week, from Monday on", () => {
    // Monday, 16 November 2026, 08:00 in Seoul is Sunday 23:00 UTC.
    expect(due("WEEKLY", "2026-11-08T23:07:00Z", "2026-11-15T22:00:00Z")).toBe(false);
    expect(due("WEEKLY", "2026-11-08T23:07:00Z", "2026-11-15T23:00:00Z")).toBe(true);
    expect(due("WEEKLY", "2026-11-15T23:07:00Z", "2026-11-20T23:00:00Z")).toBe(false);
    expect(due("WEEKLY", "2026-11-15T23:07:00Z", "2026-11-22T23:00:00Z")).toBe(true);
  });

  it("is so at once for those who never had one, and never twice at one instant", () => {
    expect(due("DAILY", null, "2026-11-20T03:00:00Z")).toBe(true);
    expect(due("DAILY", "2026-11-20T23:00:00Z", "2026-11-20T23:00:00Z")).toBe(false);
  });

  it("keeps to the wall clock when the hour changes", () => {
    // Berlin changes on 25 October 2026: 08:00 is 06:00 UTC before and 07:00 UTC after.
    expect(due("DAILY", "2026-10-24T06:00:00Z", "2026-10-25T06:30:00Z", "Europe/Berlin")).toBe(false);
    expect(due("DAILY", "2026-10-24T06:00:00Z", "2026-10-25T07:00:00Z", "Europe/Berlin")).toBe(true);
  });
});

describe("digestSince", () => {
  it("goes on where the last one ended, and never reaches far back", () => {
    const now = new Date("2026-11-20T23:00:00Z");
    expect(digestSince({ rhythm: "DAILY", lastSentAt: new Date("2026-11-20T10:00:00Z"), now })).toEqual(new Date("2026-11-20T10:00:00Z"));
    expect(digestSince({ rhythm: "DAILY", lastSentAt: new Date("2026-09-01T00:00:00Z"), now })).toEqual(new Date("2026-11-18T23:00:00Z"));
    expect(digestSince({ rhythm: "WEEKLY", lastSentAt: null, now })).toEqual(new Date("2026-11-13T23:00:00Z"));
  });
});
