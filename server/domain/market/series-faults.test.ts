import { describe, expect, it } from "vitest";
import { sessionDates } from "@/server/domain/calendar/session-on";
import { tradingDate, utcDate, type TradingDate } from "@/server/domain/calendar/trading-date";
import { createPrng, type Prng } from "@/server/domain/shared/prng";
import type { TimedBar } from "./resample-bars";
import { robustZ, SERIES_FAULTS, seriesFaults, type SeriesFaultKind, type SeriesToCheck } from "./series-faults";

const DATES = sessionDates("XNYS", tradingDate("2023-01-03"), tradingDate("2024-12-31"));
const NOW = new Date("2025-01-01T12:00:00Z");
const SERIES = 120;

/**
 * Daily bars as shares have them: returns with fat tails that come in clusters, results that move the price for good by 5 to 25 %, and for every fourth series one crash
 * of 30 to 60 %. None of that is a fault.
 */
function soundBars({ normal, uniform }: Prng, hasCrash: boolean): TimedBar[] {
  const crashAt = hasCrash ? 60 + Math.floor(uniform() * 380) : -1;
  let close = 20 + 200 * uniform();
  let scale = 0.012;
  const cents = (price: number) => Math.max(0.01, Math.round(price * 100) / 100);
  return DATES.map((date, t): TimedBar => {
    scale = Math.min(0.05, Math.sqrt(2e-5 + 0.86 * scale ** 2 + 0.08 * (scale * normal()) ** 2));
    const tail = uniform() < 0.04 ? 2.5 : 1;
    const isResult = t % 63 === 40;
    const jump = t === crashAt ? Math.log(0.4 + 0.3 * uniform()) : isResult ? (uniform() < 0.5 ? -1 : 1) * (0.05 + 0.2 * uniform()) : 0;
    const open = close * Math.exp(jump * (0.5 + 0.4 * uniform()) + 0.3 * scale * normal());
    const next = close * Math.exp(jump + tail * scale * normal());
    const reach = () => Math.exp(Math.abs(scale * normal()) * (jump === 0 ? 0.6 : 2));
    const [o, c] = [cents(open), cents(next)];
    close = c;
    return { time: Date.parse(`${date}T00:00:00Z`), open: o, close: c, high: cents(Math.max(o, c) * reach()), low: cents(Math.min(o, c) / reach()), volume: Math.round(1e6 * Math.exp(0.4 * normal() + (jump === 0 ? 0 : 1.2))) };
  }).map((bar) => ({ ...bar, high: Math.max(bar.high, bar.open, bar.close), low: Math.min(bar.low, bar.open, bar.close) }));
}

type Planted = { kind: SeriesFaultKind; day: TradingDate };
type Case = { series: SeriesToCheck; planted: Planted[] };

const dayOf = (bar: TimedBar) => utcDate(new Date(bar.time));

/** One of ten ways to spoil a series; two series of twelve stay as they are. */
function spoil(prng: Prng, k: number): Case {
  const bars = soundBars(prng, k % 4 === 0);
  const at = 80 + Math.floor(prng.uniform() * 340);
  const bar = bars[at]!;
  const plain: SeriesToCheck = { calendar: "XNYS", currency: "USD", bars, now: NOW, isDaily: true };
  const one = (kind: SeriesFaultKind, more: Partial<SeriesToCheck> = {}, day = dayOf(bar)): Case => ({ series: { ...plain, ...more }, planted: [{ kind, day }] });
  const scaled = (from: number, to: number, factor: number) => bars.map((b, t) => (t >= from && t < to ? { ...b, open: b.open * factor, high: b.high * factor, low: b.low * factor, close: b.close * factor } : b));
  switch (k % 12) {
    case 0: return one("spike", { bars: scaled(at, at + 1, prng.uniform() < 0.5 ? 1.35 : 0.7) });
    case 1: return one("spike", { bars: scaled(at, at + 1, prng.uniform() < 0.5 ? 100 : 0.1) });
    case 2: return one("spike", { bars: bars.map((b, t) => (t === at ? { ...b, high: b.high * 1.6 } : b)) });
    case 3: return one("splitNotApplied", { bars: scaled(0, at, 1 / [1.5, 2, 3, 4, 10, 0.1][k % 6]!) });
    case 4: return one("splitNotApplied", { bars: scaled(0, at, 1.25), splits: new Map([[dayOf(bar), 0.8]]) });
    case 5: return one("gap", { bars: bars.filter((_, t) => t < at || t >= at + 1 + (k % 5)) });
    case 6: return one("duplicate", { bars: bars.map((b, t) => (t === at ? { ...bars[at - 1]!, time: b.time } : b)) });
    case 7: return one("zeroVolume", { bars: bars.map((b, t) => (t >= at && t < at + 5 + (k % 8) ? { ...b, volume: 0 } : b)) });
    case 8: return one("stale", { bars: bars.slice(0, -3 - (k % 20)) }, dayOf(bars.at(-4 - (k % 20))!));
    case 9: return k % 24 === 9
      ? one("negativeSpread", { quote: { at: NOW.getTime(), currency: "USD", bid: 10.2, ask: 10.1 } }, utcDate(NOW))
      : one("currencyMismatch", { quote: { at: NOW.getTime(), currency: "GBp", bid: 10, ask: 10.1 } }, utcDate(NOW));
    // A split that every bar is adjusted for already, and a series that nothing is known of.
    case 10: return { series: { ...plain, splits: new Map([[dayOf(bar), 0.25]]), quote: { at: NOW.getTime(), currency: "USD", bid: 10, ask: 10 } }, planted: [] };
    default: return { series: plain, planted: [] };
  }
}

describe("seriesFaults", () => {
  it("finds planted faults and little else: precision and recall by kind", { timeout: 60_000 }, () => {
    const prng = createPrng("faults planted after the limits were set");
    const cases = Array.from({ length: SERIES }, (_, k) => spoil(prng, k));
    const counts = new Map(SERIES_FAULTS.map((kind) => [kind, { planted: 0, found: 0, hit: 0 }]));
    for (const { series, planted } of cases) {
      const found = seriesFaults(series);
      for (const { kind } of found) counts.get(kind)!.found += 1;
      for (const { kind, day } of planted) {
        counts.get(kind)!.planted += 1;
        if (found.some((fault) => fault.kind === kind && utcDate(new Date(fault.time)) === day)) counts.get(kind)!.hit += 1;
      }
    }
    const table = Object.fromEntries([...counts].map(([kind, { planted, found, hit }]) => [kind, { planted, found, precision: Number((hit / found).toFixed(2)), recall: Number((hit / planted).toFixed(2)) }]));
    expect(Object.entries(table).map(([kind, { planted, found, precision, recall }]) => `${kind}: ${planted} planted, ${found} found, precision ${precision}, recall ${recall}`)).toMatchInlineSnapshot(`
      [
        "stale: 10 planted, 10 found, precision 1, recall 1",
        "gap: 10 planted, 10 found, precision 1, recall 1",
        "spike: 30 planted, 30 found, precision 1, recall 1",
        "splitNotApplied: 20 planted, 19 found, precision 1, recall 0.95",
        "duplicate: 10 planted, 10 found, precision 1, recall 1",
        "zeroVolume: 10 planted, 10 found, precision 1, recall 1",
        "negativeSpread: 5 planted, 5 found, precision 1, recall 1",
        "currencyMismatch: 5 planted, 5 found, precision 1, recall 1",
      ]
    `);
    for (const [kind, { precision, recall }] of Object.entries(table)) {
      expect({ kind, precise: precision >= 0.9 }).toEqual({ kind, precise: true });
      expect({ kind, complete: recall >= 0.9 }).toEqual({ kind, complete: true });
    }
  });

  it("takes a fall that stays for a price, however deep, and one that comes back for a spike", () => {
    const bars = soundBars(createPrng("one"), false);
    const series = { calendar: "XNYS" as const, currency: "USD", now: NOW, isDaily: true };
    const halved = (from: number, to: number) => bars.map((b, t) => (t >= from && t < to ? { ...b, open: t === from ? b.open * 0.8 : b.open * 0.55, high: b.high * (t === from ? 0.85 : 0.55), low: b.low * 0.55, close: b.close * 0.55 } : b));
    expect(seriesFaults({ ...series, bars: halved(200, bars.length) })).toEqual([]);
    expect(seriesFaults({ ...series, bars: halved(200, 201) }).map(({ kind }) => kind)).toEqual(["spike"]);
  });

  it("excuses a session whose bar is in quarantine, and does not call the weekend stale", () => {
    const bars = soundBars(createPrng("two"), false);
    const series = { calendar: "XNYS" as const, currency: "USD", isDaily: true, now: new Date("2025-01-04T12:00:00Z") };
    expect(seriesFaults({ ...series, bars: bars.filter((_, t) => t !== 100), excused: [DATES[100]!] })).toEqual([]);
    expect(seriesFaults({ ...series, bars: [] })).toEqual([]);
    expect(seriesFaults({ ...series, bars, now: new Date("2025-01-08T12:00:00Z") })).toMatchObject([{ kind: "stale", count: 4 }]);
  });

  it("looks at bars within sessions by session", () => {
    const minutes = (date: string) => Array.from({ length: 30 }, (_, k): TimedBar => ({ time: Date.parse(`${date}T15:00:00Z`) + k * 60_000, open: 10 + k / 100, high: 10.1 + k / 100, low: 9.9 + k / 100, close: 10 + k / 100, volume: 100 + k }));
    const bars = ["2024-12-26", "2024-12-30", "2024-12-31"].flatMap(minutes);
    expect(seriesFaults({ calendar: "XNYS", currency: "USD", bars, now: NOW, isDaily: false })).toMatchObject([{ kind: "gap", time: Date.parse("2024-12-27T00:00:00Z"), count: 1 }]);
  });
});

describe("robustZ", () => {
  it("is 0 where nothing moves, and does not know the unit of time", () => {
    expect(robustZ([0, 0, 0, 0])).toEqual([0, 0, 0, 0]);
    expect(robustZ([])).toEqual([]);
    const returns = soundBars(createPrng("three"), false).map(({ close }) => Math.log(close));
    const z = robustZ(returns);
    robustZ(returns.map((r) => 3 * r)).forEach((scaled, t) => expect(scaled).toBeCloseTo(z[t]!, 6));
  });
});
