import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Tick } from "@/server/contracts/realtime";
import type { FeedInstrument } from "@/server/services/market/list-feed-instruments";
import { createSessionClock } from "./session-clock";
import { createSimulatedFeed } from "./simulated-feed";

const bar = (date: string, close: number) => ({ date, open: close, high: close, low: close, close, volume: 1_000 });
const equity: FeedInstrument = { symbol: "ACME", kind: "EQUITY", currency: "USD", calendar: "XNYS", isRecorded: true, bars: [bar("2026-11-18", 98), bar("2026-11-19", 100)] };
const coin: FeedInstrument = { symbol: "COIN-USD", kind: "CRYPTO", currency: "USD", calendar: "24/7", isRecorded: false, bars: [bar("2026-11-18", 51), bar("2026-11-19", 50)] };
const empty: FeedInstrument = { symbol: "NOBARS", kind: "EQUITY", currency: "USD", calendar: "XNYS", isRecorded: false, bars: [] };

const OPEN = new Date("2026-11-20T16:00:00Z");
const CLOSED = new Date("2026-11-21T12:00:00Z");

function feedAt(time: Date, seed = "test") {
  vi.setSystemTime(time);
  const feed = createSimulatedFeed({ seed, now: Date.now, clock: createSessionClock() });
  const seen: Tick[] = [];
  feed.onTick((ticks) => seen.push(...ticks));
  return { feed, seen };
}

const priceOf = (ticks: readonly Tick[], symbol: string) => ticks.find((tick) => tick.symbol === symbol)!;

describe("simulated feed", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("lets shares tick only while their exchange is open, coins always", () => {
    const { feed, seen } = feedAt(CLOSED);
    feed.load([equity, coin, empty]);
    feed.start();
    seen.length = 0;
    vi.advanceTimersByTime(60_000);
    expect(seen.length).toBeGreaterThan(5);
    expect(new Set(seen.map((tick) => tick.symbol))).toEqual(new Set(["COIN-USD"]));
    feed.stop();
  });

  it("lets the stored close stand while the market is closed, with its own time and basis", () => {
    const { feed } = feedAt(CLOSED);
    feed.load([equity]);
    expect(feed.snapshot()).toEqual([{ symbol: "ACME", price: 100, previousClose: 98, volume: 1_000, time: Date.parse("2026-11-19T21:00:00Z"), basis: "recorded" }]);
    expect(feed.age()).toBeNull();
  });

  it("never calls a moving price recorded, though the instrument's bars are", () => {
    const { feed, seen } = feedAt(OPEN);
    feed.load([equity]);
    feed.start();
    vi.advanceTimersByTime(120_000);
    expect(seen.length).toBeGreaterThan(10);
    expect(new Set(seen.map((tick) => tick.basis))).toEqual(new Set(["simulated"]));
    expect(seen.every((tick) => tick.previousClose === 100)).toBe(true);
    feed.stop();
  });

  it("goes back to the stored close when the session ends", () => {
    const { feed } = feedAt(new Date("2026-11-20T20:59:58Z"));
    feed.load([equity]);
    feed.start();
    expect(priceOf(feed.snapshot(), "ACME").basis).toBe("simulated");
    vi.advanceTimersByTime(4_000);
    expect(priceOf(feed.snapshot(), "ACME")).toMatchObject({ price: 100, basis: "recorded", time: Date.parse("2026-11-19T21:00:00Z") });
    feed.stop();
  });

  it("is at the same price after a restart, and on another path with another seed", () => {
    const first = feedAt(OPEN).feed;
    first.load([equity, coin]);
    const again = feedAt(OPEN).feed;
    again.load([coin, equity]);
    expect(priceOf(again.snapshot(), "ACME")).toEqual(priceOf(first.snapshot(), "ACME"));
    const other = feedAt(OPEN, "other").feed;
    other.load([equity, coin]);
    expect(priceOf(other.snapshot(), "ACME").price).not.toBe(priceOf(first.snapshot(), "ACME").price);
  });

  it("compares with the close before the session when that session is stored already", () => {
    const { feed } = feedAt(OPEN);
    feed.load([{ ...equity, bars: [...equity.bars, bar("2026-11-20", 103)] }]);
    expect(priceOf(feed.snapshot(), "ACME").previousClose).toBe(100);
  });

  it("takes over newly stored figures and forgets instruments that are gone", () => {
    const { feed, seen } = feedAt(CLOSED);
    feed.load([equity, coin]);
    feed.load([{ ...equity, bars: [...equity.bars, bar("2026-11-20", 120)] }]);
    expect(seen.at(-1)).toMatchObject({ symbol: "ACME", price: 120, previousClose: 100 });
    expect(feed.snapshot()).toHaveLength(1);
    expect(feed.knows("COIN-USD")).toBe(false);
  });

  it("makes up no level of a gauge", () => {
    const { feed } = feedAt(OPEN);
    feed.load([{ ...equity, symbol: "^VIX", kind: "INDEX" }]);
    feed.start();
    vi.advanceTimersByTime(60_000);
    expect(feed.snapshot()).toMatchObject([{ symbol: "^VIX", price: 100, basis: "recorded" }]);
    feed.stop();
  });

  it("knows an instrument without bars but claims no price for it", () => {
    const { feed } = feedAt(OPEN);
    feed.load([empty]);
    expect(feed.knows("NOBARS")).toBe(true);
    expect(feed.snapshot()).toEqual([]);
  });
});
