import { addDays, utcDate, type TradingDate } from "@/server/domain/calendar/trading-date";
import { lastClosedSession, sessionDates, type Calendar } from "@/server/domain/calendar/session-on";
import { median } from "@/server/domain/shared/statistics";
import { missingSessions } from "./missing-sessions";
import type { TimedBar } from "./resample-bars";
import { isSplitOf } from "./split-factor";

export const SERIES_FAULTS = ["stale", "gap", "spike", "splitNotApplied", "duplicate", "zeroVolume", "negativeSpread", "currencyMismatch"] as const;
export type SeriesFaultKind = (typeof SERIES_FAULTS)[number];

export type SeriesFault = {
  kind: SeriesFaultKind;
  /** First and last bar concerned, in milliseconds UTC. */
  time: number;
  lastTime: number;
  /** Bars or sessions concerned. */
  count: number;
  /** Of a spike its robust z, of a split the factor, of a spread (ask - bid) / mid; null otherwise. */
  measure: number | null;
  /** The currency that was found. */
  note: string | null;
};

export type SeriesToCheck = {
  calendar: Calendar;
  currency: string;
  /** Oldest first. */
  bars: readonly TimedBar[];
  now: Date;
  /** Whether the bars are days; bars within sessions are looked at by session for gaps and age. */
  isDaily: boolean;
  /** Splits known, as factors of prices before them, by ex date. */
  splits?: ReadonlyMap<TradingDate, number>;
  /** The newest quote: null where none is known. */
  quote?: { at: number; currency: string; bid: number | null; ask: number | null } | null;
  /** Days that have no bar for a known reason, as one in quarantine. */
  excused?: readonly TradingDate[];
};

/** The limits of every rule; assumed, and held by the planted faults of the test. */
export const FAULT_LIMITS = {
  /** Closed sessions without a bar after the last one. */
  staleSessions: 2,
  /** Returns to either side that a return is compared with. */
  window: 20,
  spikeZ: 8,
  /** What is left of a spike after the next bar: prices that were really paid do not come back that exactly. */
  spikeRest: 0.25,
  /** A high or low beyond opening and close: so many times the usual distance, and at least this logarithm. */
  wickTimes: 15,
  wickLeast: 0.08,
  splitZ: 8,
  /** Intraday range of the ex date over the usual one: a fall of as much moves more within its day. */
  splitRange: 3,
  zeroVolumeRun: 5,
} as const;

/** Factors that splits have as a rule, and their reverses. */
const USUAL_SPLITS = [1.5, 2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 30, 40, 50].flatMap((times) => [1 / times, times]);
/** 1 / 0.6745 of the median absolute deviation is the standard deviation of normal values. */
const NORMAL_MAD = 0.6745;

const fault = (kind: SeriesFaultKind, first: TimedBar, more: Partial<SeriesFault> = {}): SeriesFault => ({ kind, time: first.time, lastTime: first.time, count: 1, measure: null, note: null, ...more });

const deviation = (values: readonly number[]) => {
  const middle = median(values) ?? 0;
  return { middle, spread: median(values.map((value) => Math.abs(value - middle))) ?? 0 };
};

/**
 * Robust z of each return against those around it.
 *
 *     z[t] = 0.6745 (r[t] - median(N)) / max(MAD(N), MAD(r) / 2)
 *
 * @param returns  r: log returns, oldest first, finite
 * @returns one each, dimensionless; 0 where nothing moves
 *
 * Convention: N are the 20 returns to either side without r[t] and its two neighbours, since a bad price makes two returns; half of the whole series' MAD is the least
 * scale, so that a quiet week does not make an ordinary move an outlier.
 * Source: Iglewicz and Hoaglin, "How to Detect and Handle Outliers", ASQC, 1993: the modified z-score.
 */
export function robustZ(returns: readonly number[]): number[] {
  const whole = deviation(returns).spread;
  return returns.map((r, t) => {
    const around = [...returns.slice(Math.max(0, t - FAULT_LIMITS.window - 1), Math.max(0, t - 1)), ...returns.slice(t + 2, t + 2 + FAULT_LIMITS.window)];
    const { middle, spread } = deviation(around);
    const scale = Math.max(spread, whole / 2);
    return scale > 0 ? (NORMAL_MAD * (r - middle)) / scale : 0;
  });
}

/** Prices that leave and come back with the next bar, and highs or lows far from anything else of their bar. */
function spikes(bars: readonly TimedBar[], returns: readonly number[], z: readonly number[]): SeriesFault[] {
  const found = new Map<number, SeriesFault>();
  for (let t = 0; t + 1 < returns.length; t++) {
    const [into, out] = [returns[t]!, returns[t + 1]!];
    const isSpike = Math.abs(z[t]!) >= FAULT_LIMITS.spikeZ && Math.abs(z[t + 1]!) >= FAULT_LIMITS.spikeZ / 2 && into * out < 0 && Math.abs(into + out) <= FAULT_LIMITS.spikeRest * Math.abs(into);
    if (!isSpike || found.has(bars[t]!.time)) continue;
    found.set(bars[t + 1]!.time, fault("spike", bars[t + 1]!, { measure: z[t]! }));
  }
  const wicks = bars.map(({ open, high, low, close }) => Math.max(Math.log(high / Math.max(open, close)), Math.log(Math.min(open, close) / low)));
  const usual = median(wicks) ?? 0;
  bars.forEach((bar, t) => {
    const wick = wicks[t]!;
    if (usual > 0 && wick >= FAULT_LIMITS.wickLeast && wick >= FAULT_LIMITS.wickTimes * usual && !found.has(bar.time)) found.set(bar.time, fault("spike", bar, { measure: wick / usual }));
  });
  return [...found.values()];
}

/** Levels that change overnight by the factor of a split, and stay: a known one, or one of the usual factors on a day that was quiet in itself. */
function splitsNotApplied(bars: readonly TimedBar[], z: readonly number[], { splits, spikeTimes }: { splits: ReadonlyMap<TradingDate, number>; spikeTimes: ReadonlySet<number> }): SeriesFault[] {
  const ranges = bars.map(({ high, low }) => Math.log(high / low));
  const usualRange = median(ranges) ?? 0;
  return bars.flatMap((bar, t) => {
    const before = bars[t - 1];
    // The way back from a spike is none.
    if (!before || spikeTimes.has(before.time)) return [];
    const overnight = bar.open / before.close;
    const level = (median(bars.slice(t, t + 4).map(({ close }) => close)) ?? bar.close) / before.close;
    const known = splits.get(utcDate(new Date(bar.time)));
    if (known !== undefined) return Math.abs(Math.log(known)) > 0.05 && isSplitOf(overnight, known, Math.abs(Math.log(known)) / 3) ? [fault("splitNotApplied", bar, { measure: known })] : [];
    if (Math.abs(z[t - 1]!) < FAULT_LIMITS.splitZ || ranges[t]! > FAULT_LIMITS.splitRange * usualRange) return [];
    const usual = USUAL_SPLITS.find((factor) => isSplitOf(overnight, factor, 0.03) && isSplitOf(level, factor, 0.1));
    return usual === undefined ? [] : [fault("splitNotApplied", bar, { measure: usual })];
  });
}

/** Bars one after another of which `is` holds, as runs of at least some. */
function runsOf(bars: readonly TimedBar[], kind: SeriesFaultKind, least: number, is: (bar: TimedBar, before: TimedBar | undefined) => boolean): SeriesFault[] {
  const runs: SeriesFault[] = [];
  let open: SeriesFault | null = null;
  bars.forEach((bar, t) => {
    if (!is(bar, bars[t - 1])) open = null;
    else if (open) Object.assign(open, { lastTime: bar.time, count: open.count + 1 });
    else runs.push((open = fault(kind, bar)));
  });
  return runs.filter(({ count }) => count >= least);
}

const isSame = (a: TimedBar, b: TimedBar | undefined) => b !== undefined && a.volume > 0 && a.open === b.open && a.high === b.high && a.low === b.low && a.close === b.close && a.volume === b.volume;

/** Sessions that are missing within the series and after it. */
function missing({ calendar, bars, now, isDaily, excused = [] }: SeriesToCheck): SeriesFault[] {
  const [first, last] = [bars[0]!, bars.at(-1)!];
  const dateOf = ({ time }: TimedBar) => utcDate(new Date(time));
  const midnight = (date: TradingDate) => Date.parse(`${date}T00:00:00Z`);
  const runs = missingSessions(calendar, [...bars.map(dateOf), ...excused], { from: dateOf(first), to: dateOf(last) });
  const gaps = runs.map(({ from, to, sessions }): SeriesFault => ({ kind: "gap", time: midnight(from), lastTime: midnight(to), count: sessions, measure: null, note: null }));
  const closed = lastClosedSession(calendar, now).date;
  const since = dateOf(last) < closed ? sessionDates(calendar, addDays(dateOf(last), 1), closed).length : 0;
  const isStale = since > (isDaily ? FAULT_LIMITS.staleSessions : FAULT_LIMITS.staleSessions + 1);
  return isStale ? [...gaps, { kind: "stale", time: last.time, lastTime: midnight(closed), count: since, measure: null, note: null }] : gaps;
}

/**
 * What is wrong with stored bars, as far as they show it by themselves. Nothing here says that a price was not paid: a person decides.
 *
 * @returns faults by kind and then by time; empty for no bars
 */
export function seriesFaults(series: SeriesToCheck): SeriesFault[] {
  const { bars, currency, quote = null, splits = new Map<TradingDate, number>() } = series;
  const last = bars.at(-1);
  if (!last) return [];
  const returns = bars.slice(1).map(({ close }, t) => Math.log(close / bars[t]!.close));
  const z = robustZ(returns);
  const hasVolume = (median(bars.map(({ volume }) => volume)) ?? 0) > 0;
  const spiked = spikes(bars, returns, z);
  const found = [
    ...missing(series),
    ...spiked,
    ...(series.isDaily ? splitsNotApplied(bars, z, { splits, spikeTimes: new Set(spiked.map(({ time }) => time)) }) : []),
    ...runsOf(bars, "duplicate", 1, isSame),
    ...(hasVolume ? runsOf(bars, "zeroVolume", FAULT_LIMITS.zeroVolumeRun, ({ volume }) => volume === 0) : []),
  ];
  if (quote) {
    const { at, bid, ask } = quote;
    const ofQuote = (kind: SeriesFaultKind, more: Partial<SeriesFault>): SeriesFault => ({ kind, time: at, lastTime: at, count: 1, measure: null, note: null, ...more });
    if (bid !== null && ask !== null && bid > ask) found.push(ofQuote("negativeSpread", { measure: (2 * (ask - bid)) / (ask + bid) }));
    if (quote.currency !== currency) found.push(ofQuote("currencyMismatch", { note: quote.currency }));
  }
  return found.sort((a, b) => SERIES_FAULTS.indexOf(a.kind) - SERIES_FAULTS.indexOf(b.kind) || a.time - b.time);
}
