import { describe, expect, it } from "vitest";
import { sessionDates } from "@/server/domain/calendar/session-on";
import { tradingDate } from "@/server/domain/calendar/trading-date";
import { missingSessions } from "./missing-sessions";

const [from, to] = [tradingDate("2025-06-30"), tradingDate("2025-07-11")];

describe("missingSessions", () => {
  it("is nothing for a full stretch: weekends and holidays are no gaps", () => {
    for (const calendar of ["XNYS", "24/7", "FX"] as const) expect(missingSessions(calendar, sessionDates(calendar, from, to), { from, to })).toEqual([]);
  });

  it("joins sessions across a weekend and a holiday into one run", () => {
    const present = sessionDates("XNYS", from, to).filter((date) => date < "2025-07-03" || date > "2025-07-07");
    expect(missingSessions("XNYS", present.filter((date) => date !== "2025-07-10"), { from, to })).toEqual([
      { from: "2025-07-03", to: "2025-07-07", sessions: 2 },
      { from: "2025-07-10", to: "2025-07-10", sessions: 1 },
    ]);
  });

  it("knows nothing of an exchange's days before its holidays are known", () => {
    expect(missingSessions("XNYS", [], { from: tradingDate("1998-01-01"), to: tradingDate("1999-12-31") })).toEqual([]);
  });
});
