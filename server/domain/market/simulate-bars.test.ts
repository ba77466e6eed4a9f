import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { sessionDates, type Calendar } from "@/server/domain/calendar/session-on";
import { tradingDate } from "@/server/domain/calendar/trading-date";
import { ASSUMED, createBarSimulator, type SimulatedInstrument, type SimulatedKind } from "./simulate-bars";

const dates = sessionDates("XNYS", tradingDate("2023-01-03"), tradingDate("2025-12-31"));
const share: SimulatedInstrument = { symbol: "AAA", kind: "EQUITY", group: "BANKING", calendar: "XNYS" };
const kinds = Object.keys(ASSUMED) as SimulatedKind[];
const anInstrument = fc.record({ symbol: fc.stringMatching(/^[A-Z]{1,5}$/), kind: fc.constantFrom(...kinds), group: fc.constantFrom("BANKING", "CRYPTO", null), calendar: fc.constantFrom<Calendar>("XNYS", "24/7", "FX") });

const logReturns = (closes: readonly number[]) => closes.slice(1).map((close, index) => Math.log(close / closes[index]!));
const volatilityPerYear = (returns: readonly number[]) => Math.sqrt((returns.reduce((sum, r) => sum + r * r, 0) / returns.length) * 252);
function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number) => x.reduce((sum, value, index) => sum + (value - mx) * (y[index]! - my), 0);
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb));
}
const closes = (seed: string, instrument: SimulatedInstrument) => createBarSimulator(seed)(instrument, { dates, previousClose: null }).map(({ close }) => close);

describe("createBarSimulator", () => {
  it("gives the same bars for the same seed, and others for another seed or symbol", () => {
    expect(closes("a", share)).toEqual(closes("a", share));
    expect(closes("b", share)).not.toEqual(closes("a", share));
    expect(closes("a", { ...share, symbol: "AAB" })).not.toEqual(closes("a", share));
  });

  it("repeats a shorter range to the digit, in whatever pieces it is extended", () => {
    fc.assert(fc.property(anInstrument, fc.integer({ min: 1, max: 60 }), (instrument, cut) => {
      const some = dates.slice(0, 90);
      const whole = createBarSimulator("s")(instrument, { dates: some, previousClose: null });
      const first = createBarSimulator("s")(instrument, { dates: some.slice(0, cut), previousClose: null });
      const rest = createBarSimulator("s")(instrument, { dates: some.slice(cut), previousClose: first.at(-1)!.close });
      expect([...first, ...rest]).toEqual(whole);
    }), { numRuns: 40 });
  });

  it("keeps every bar consistent", () => {
    fc.assert(fc.property(anInstrument, (instrument) => {
      for (const { open, high, low, close, volume } of createBarSimulator("s")(instrument, { dates: dates.slice(0, 200), previousClose: null })) {
        expect(low).toBeGreaterThan(0);
        expect(Math.min(open, close)).toBeGreaterThanOrEqual(low);
        expect(Math.max(open, close)).toBeLessThanOrEqual(high);
        expect(Number.isInteger(volume) && volume >= 0).toBe(true);
      }
    }), { numRuns: 40 });
  });

  it("starts near 100 and moves about as much as assumed", () => {
    const index = closes("s", { symbol: "^IDX", kind: "INDEX", group: null, calendar: "XNYS" });
    expect(Math.abs(index[0]! / 100 - 1)).toBeLessThan(0.06);
    expect(volatilityPerYear(logReturns(index))).toBeGreaterThan(0.14);
    expect(volatilityPerYear(logReturns(index))).toBeLessThan(0.18);
  });

  it("moves shares of a sector together more than shares of two sectors", () => {
    const [a, b, other] = [share, { ...share, symbol: "BBB" }, { ...share, symbol: "CCC", group: "REALESTATE" }].map((instrument) => logReturns(closes("s", instrument)));
    expect(correlation(a!, b!)).toBeGreaterThan(correlation(a!, other!));
    expect(correlation(a!, other!)).toBeGreaterThan(0.1);
  });

  it("refuses dates that do not ascend and a close that is no price", () => {
    const simulate = createBarSimulator("s");
    expect(() => simulate(share, { dates: ["2025-01-03", "2025-01-02"], previousClose: null })).toThrow(AppError);
    for (const previousClose of [0, -1, Number.NaN]) expect(() => simulate(share, { dates: ["2025-01-02"], previousClose })).toThrow(AppError);
    expect(simulate(share, { dates: [], previousClose: null })).toEqual([]);
  });
});
