import type { Tick } from "@/server/contracts/realtime";
import { bridgePrice } from "@/server/domain/realtime/bridge-price";
import { sessionVolatility } from "@/server/domain/realtime/session-volatility";
import type { FeedInstrument } from "@/server/services/market/list-feed-instruments";
import type { Feed } from "./feed";
import type { SessionClock } from "./session-clock";
import { createTickBoard } from "./tick-board";

/** Each instrument is asked for a price once in this time; the instruments are spread over its turns. */
const TICK_MS = 1_000;
const TURNS = 4;
/** 2^15 parts of a day are 2.6 s, of a New York session 0.7 s. */
const HALVINGS = 15;
/** Assumed daily volatility where too few closes are stored to estimate it. */
const ASSUMED_VOLATILITY = { CRYPTO: 0.035, FX: 0.005, other: 0.015 };
/** The level of a gauge says by itself how nervous the market is, so none is made up: the stored one stands. */
const GAUGES: ReadonlySet<string> = new Set(["^VIX"]);

type Source = {
  symbol: string;
  calendar: string;
  level: number;
  volatility: number;
  meanVolume: number;
  bars: FeedInstrument["bars"];
  standing: Tick;
};

export type SimulatedFeedOptions = { seed: string; now: () => number; clock: SessionClock };

/** Ticks around the last stored close while an instrument's market is open; while it is closed the stored close stands and says its time. */
export function createSimulatedFeed({ seed, now, clock }: SimulatedFeedOptions): Feed {
  const sources = new Map<string, Source>();
  let turn = 0;

  const isNews = (tick: Tick) => {
    const before = board.newestOf(tick.symbol);
    return !before || before.price !== tick.price || before.basis !== tick.basis || before.previousClose !== tick.previousClose || (tick.basis !== "simulated" && before.time !== tick.time);
  };

  const priceNow = (source: Source, atMs: number): Tick => {
    const session = clock.sessionAt(source.calendar, atMs);
    if (!session || GAUGES.has(source.symbol)) return source.standing;
    const t = Math.min(1, Math.max(0, (atMs - session.opensAt) / (session.closesAt - session.opensAt)));
    const price = bridgePrice({ level: source.level, volatilityPerSession: source.volatility, seed: `${seed}:${source.symbol}:${session.date}`, halvings: HALVINGS }, t);
    return {
      symbol: source.symbol,
      price: roundedPrice(price),
      previousClose: source.bars.findLast((bar) => bar.date < session.date)?.close ?? null,
      volume: Math.round(source.meanVolume * t),
      time: atMs,
      basis: "simulated",
    };
  };

  const tickSome = () => {
    const atMs = now();
    const part = turn++ % TURNS;
    const ticks: Tick[] = [];
    let place = 0;
    for (const source of sources.values()) {
      if (place++ % TURNS === part) ticks.push(priceNow(source, atMs));
    }
    if (ticks.some((tick) => tick.time === atMs)) board.moved(atMs);
    board.publish(ticks.filter(isNews));
  };
  const board = createTickBoard({ now, everyMs: TICK_MS / TURNS, beat: tickSome });

  return {
    ...board.face,
    id: "simulated",
    basis: "simulated",
    sessions: 61,
    load(instruments) {
      const atMs = now();
      board.know(instruments.map(({ symbol }) => symbol));
      sources.clear();
      for (const instrument of instruments) {
        const source = toSource(instrument, clock, atMs);
        if (source) sources.set(instrument.symbol, source);
      }
      board.keepOnly((symbol) => sources.has(symbol));
      board.publish([...sources.values()].map((source) => priceNow(source, atMs)).filter(isNews));
    },
  };
}

function toSource({ symbol, kind, calendar, isRecorded, bars }: FeedInstrument, clock: SessionClock, atMs: number): Source | null {
  const last = bars.at(-1);
  if (!last || !(last.close > 0)) return null;
  const closes = bars.map((bar) => bar.close).filter((close) => close > 0);
  const assumed = kind === "CRYPTO" || kind === "FX" ? ASSUMED_VOLATILITY[kind] : ASSUMED_VOLATILITY.other;
  return {
    symbol,
    calendar,
    level: last.close,
    volatility: sessionVolatility(closes) ?? assumed,
    meanVolume: bars.reduce((sum, bar) => sum + bar.volume, 0) / bars.length,
    bars: bars.slice(-3),
    standing: {
      symbol,
      price: last.close,
      previousClose: bars.at(-2)?.close ?? null,
      volume: last.volume,
      // A close cannot speak of a later instant than now: a day of a 24-hour market may be stored before it is over.
      time: Math.min(atMs, clock.closeOf(calendar, last.date) ?? Date.parse(`${last.date}T00:00:00Z`)),
      basis: isRecorded ? "recorded" : "simulated",
    },
  };
}

/** Quoted steps: hundredths from one unit upwards, finer below it. */
function roundedPrice(price: number): number {
  const digits = price >= 1 ? 2 : price >= 0.01 ? 4 : 8;
  return Math.max(10 ** -digits, Number(price.toFixed(digits)));
}
