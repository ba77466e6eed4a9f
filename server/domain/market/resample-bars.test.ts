import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sessionOn, sessionDates } from "@/server/domain/calendar/session-on";
import { tradingDate } from "@/server/domain/calendar/trading-date";
import { BAR_LENGTHS, resampleBars, type BarLength, type TimedBar } from "./resample-bars";

const MINUTE_MS = 60_000;
const LATER = new Date("2030-01-01T00:00:00Z");
const at = (text: string) => Date.parse(text);
const bar = (time: string, open: number, high: number, low: number, close: number, volume: number): TimedBar => ({ time: at(time), open, high, low, close, volume });
const times = (bars: readonly TimedBar[]) => bars.map(({ time }) => new Date(time).toISOString());

/** Some minutes of a few sessions, with gaps, of an exchange (one of the days is a half day) or of a coin. */
const someMinutes = fc.record({ calendar: fc.constantFrom("XNYS" as const, "24/7" as const), minutes: fc.uniqueArray(fc.integer({ min: 0, max: 6 * 1_440 - 1 }), { minLength: 1, maxLength: 200 }) }).chain(({ calendar, minutes }) => {
  const inside = minutes.sort((a, b) => a - b).map((minute) => at("2025-11-26T00:00:00Z") + minute * MINUTE_MS).filter((time) => {
    const session = sessionOn(calendar, tradingDate(new Date(time).toISOString().slice(0, 10)));
    return session && time >= session.opensAt.getTime() && time < session.closesAt.getTime();
  });
  return fc.tuple(...inside.map((time) => fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 1_000_000 })).map(([low, up, down, volume]): TimedBar => ({ time, low, open: low + up, close: low + down, high: low + Math.max(up, down) + (volume % 3), volume })))).map((bars) => ({ calendar, bars }));
});

describe("resampleBars", () => {
  it("gives the worked example of its docstring", () => {
    const made = resampleBars([bar("2025-03-01T00:03:00Z", 10, 12, 9, 11, 5), bar("2025-03-01T00:04:00Z", 11, 15, 11, 14, 7)], { calendar: "24/7", from: "1m", to: "5m", asOf: LATER });
    expect(made).toEqual([{ ...bar("2025-03-01T00:00:00Z", 10, 15, 9, 14, 12), isPartial: false }]);
  });

  it("counts from the opening of the session, in winter and in summer, and ends with it on a half day", () => {
    const hours = (first: string, minutes: number) => {
      const bars = Array.from({ length: minutes }, (_, k): TimedBar => ({ ...bar(first, 1, 1, 1, 1, 1), time: at(first) + k * MINUTE_MS }));
      return resampleBars(bars, { calendar: "XNYS", from: "1m", to: "1h", asOf: LATER });
    };
    expect(times(hours("2025-01-02T14:30:00Z", 390))).toEqual(["14", "15", "16", "17", "18", "19", "20"].map((hour) => `2025-01-02T${hour}:30:00.000Z`));
    expect(times(hours("2025-07-02T13:30:00Z", 390)).at(0)).toBe("2025-07-02T13:30:00.000Z");
    // The Friday after Thanksgiving closes at 13:00 New York time; what comes later is not of the session.
    expect(hours("2025-11-28T14:30:00Z", 390).map(({ volume }) => volume)).toEqual([60, 60, 60, 30]);
  });

  it("leaves out what was traded outside of the session, and on days without one", () => {
    const early = bar("2025-01-02T14:29:00Z", 1, 9, 1, 1, 50);
    const closed = bar("2025-01-04T15:00:00Z", 1, 9, 1, 1, 50);
    expect(resampleBars([early, bar("2025-01-02T14:30:00Z", 2, 2, 2, 2, 1), closed], { calendar: "XNYS", from: "1m", to: "1d", asOf: LATER })).toEqual([{ ...bar("2025-01-02T00:00:00Z", 2, 2, 2, 2, 1), isPartial: false }]);
  });

  it("says of the last bar that it is not over, by the exchange's clock", () => {
    const isPartial = (time: string, from: BarLength, to: BarLength, asOf: string) => resampleBars([bar(time, 1, 1, 1, 1, 1)], { calendar: "XNYS", from, to, asOf: new Date(asOf) }).at(-1)?.isPartial;
    expect(isPartial("2025-01-02T20:40:00Z", "1m", "1h", "2025-01-02T20:59:00Z")).toBe(true);
    // The last hour of a session has thirty minutes.
    expect(isPartial("2025-01-02T20:40:00Z", "1m", "1h", "2025-01-02T21:00:00Z")).toBe(false);
    expect(isPartial("2025-01-02T20:40:00Z", "1m", "1d", "2025-01-02T20:59:00Z")).toBe(true);
    expect(isPartial("2025-01-02T20:40:00Z", "1m", "1d", "2025-01-02T21:00:00Z")).toBe(false);
    // Good Friday 2025 is 18 April: the week is over on Thursday.
    expect(isPartial("2025-04-14T00:00:00Z", "1d", "1w", "2025-04-17T19:59:00Z")).toBe(true);
    expect(isPartial("2025-04-14T00:00:00Z", "1d", "1w", "2025-04-17T20:00:00Z")).toBe(false);
    expect(isPartial("2025-05-05T00:00:00Z", "1d", "1mo", "2025-05-30T19:59:00Z")).toBe(true);
    expect(isPartial("2025-05-05T00:00:00Z", "1d", "1mo", "2025-05-30T20:00:00Z")).toBe(false);
  });

  it("begins weeks on Monday and months on the first, across a year's end", () => {
    const days = sessionDates("XNYS", tradingDate("2024-12-27"), tradingDate("2025-01-07")).map((date) => bar(`${date}T00:00:00Z`, 1, 1, 1, 1, 1));
    const make = (to: BarLength) => resampleBars(days, { calendar: "XNYS", from: "1d", to, asOf: LATER });
    expect(times(make("1w"))).toEqual(["2024-12-23T00:00:00.000Z", "2024-12-30T00:00:00.000Z", "2025-01-06T00:00:00.000Z"]);
    expect(make("1mo").map(({ time, volume }) => [new Date(time).toISOString().slice(0, 10), volume])).toEqual([["2024-12-01", 3], ["2025-01-01", 4]]);
  });

  it("keeps the volume, stays between the lowest and the highest, and opens and closes with the first and the last", () => {
    fc.assert(fc.property(someMinutes, fc.constantFrom(...BAR_LENGTHS), ({ calendar, bars }, to) => {
      const made = resampleBars(bars, { calendar, from: "1m", to, asOf: LATER });
      expect(made.reduce((sum, { volume }) => sum + volume, 0)).toBe(bars.reduce((sum, { volume }) => sum + volume, 0));
      for (const { open, high, low, close } of made) expect(low <= Math.min(open, close) && high >= Math.max(open, close)).toBe(true);
      if (bars.length === 0) return;
      expect(Math.max(...made.map(({ high }) => high))).toBe(Math.max(...bars.map(({ high }) => high)));
      expect(Math.min(...made.map(({ low }) => low))).toBe(Math.min(...bars.map(({ low }) => low)));
      expect([made[0]!.open, made.at(-1)!.close]).toEqual([bars[0]!.open, bars.at(-1)!.close]);
    }));
  });

  it("gives the same through any lengths between, and what it gave again", () => {
    fc.assert(fc.property(someMinutes, fc.subarray([...BAR_LENGTHS], { minLength: 1 }), ({ calendar, bars }, lengths) => {
      const to = lengths.at(-1)!;
      let step: readonly TimedBar[] = bars;
      let from: BarLength = "1m";
      for (const next of [...lengths, to]) {
        step = resampleBars(step, { calendar, from, to: next, asOf: LATER });
        from = next;
      }
      expect(step).toEqual(resampleBars(bars, { calendar, from: "1m", to, asOf: LATER }));
    }));
  });

  it("refuses to make shorter bars, and bars out of order", () => {
    const day = bar("2025-01-02T00:00:00Z", 1, 1, 1, 1, 1);
    expect(() => resampleBars([day], { calendar: "XNYS", from: "1d", to: "1h", asOf: LATER })).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }));
    expect(() => resampleBars([day, day], { calendar: "XNYS", from: "1d", to: "1w", asOf: LATER })).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }));
  });
});
