import { describe, expect, it } from "vitest";
import { createSessionClock } from "./session-clock";

const clock = createSessionClock();
const at = (text: string) => Date.parse(text);

describe("session clock", () => {
  it("opens New York for the session only, half days included", () => {
    expect(clock.sessionAt("XNYS", at("2026-11-20T14:29:59Z"))).toBeNull();
    expect(clock.sessionAt("XNYS", at("2026-11-20T14:30:00Z"))?.date).toBe("2026-11-20");
    expect(clock.sessionAt("XNAS", at("2026-11-20T20:59:59Z"))?.date).toBe("2026-11-20");
    expect(clock.sessionAt("XNYS", at("2026-11-20T21:00:00Z"))).toBeNull();
    expect(clock.sessionAt("XNYS", at("2026-11-27T18:30:00Z"))).toBeNull();
    expect(clock.sessionAt("XNYS", at("2026-11-26T16:00:00Z"))).toBeNull();
    expect(clock.sessionAt("XNYS", at("2026-11-21T16:00:00Z"))).toBeNull();
  });

  it("never closes coins", () => {
    expect(clock.sessionAt("24/7", at("2026-11-21T00:00:00Z"))?.date).toBe("2026-11-21");
    expect(clock.sessionAt("24/7", at("2026-12-25T23:59:59Z"))?.date).toBe("2026-12-25");
  });

  it("says when a stored session closed", () => {
    expect(clock.closeOf("XNYS", "2026-11-20")).toBe(at("2026-11-20T21:00:00Z"));
    expect(clock.closeOf("XNYS", "2026-11-21")).toBeNull();
  });

  it("claims no session where no calendar is kept", () => {
    expect(clock.sessionAt("XXXX", at("2026-11-20T16:00:00Z"))).toBeNull();
    expect(clock.sessionAt("XNYS", at("2150-01-05T16:00:00Z"))).toBeNull();
    expect(clock.closeOf("XNYS", "yesterday")).toBeNull();
  });
});
