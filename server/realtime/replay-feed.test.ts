import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Tick } from "@/server/contracts/realtime";
import type { FeedInstrument } from "@/server/services/market/list-feed-instruments";
import { createReplayFeed } from "./replay-feed";
import { createSessionClock } from "./session-clock";

const bars = [
  { date: "2026-11-17", open: 9, high: 11, low: 8, close: 10, volume: 400 },
  { date: "2026-11-18", open: 10, high: 14, low: 9, close: 13, volume: 800 },
];
const recorded: FeedInstrument = { symbol: "ACME", kind: "EQUITY", currency: "USD", calendar: "XNYS", isRecorded: true, bars };
const simulated: FeedInstrument = { ...recorded, symbol: "MADE", isRecorded: false };

describe("replay feed", () => {
  beforeEach(() => void vi.useFakeTimers({ now: 0 }));
  afterEach(() => void vi.useRealTimers());

  it("plays the prices of the stored bars in order, at their own time, and starts again", () => {
    const feed = createReplayFeed({ now: Date.now, clock: createSessionClock(), msPerSession: 4_000 });
    const seen: Tick[] = [];
    feed.onTick((ticks) => seen.push(...ticks));
    feed.load([recorded]);
    feed.start();
    vi.advanceTimersByTime(8_000);
    expect(seen.map((tick) => tick.price)).toEqual([9, 8, 11, 10, 10, 9, 14, 13, 9]);
    expect(seen.map((tick) => tick.previousClose)).toEqual([null, null, null, null, 10, 10, 10, 10, null]);
    expect(seen[4]).toMatchObject({ time: Date.parse("2026-11-18T21:00:00Z"), volume: 200, basis: "replay" });
    feed.stop();
    vi.advanceTimersByTime(8_000);
    expect(seen).toHaveLength(9);
  });

  it("calls only recorded bars a replay", () => {
    const feed = createReplayFeed({ now: Date.now, clock: createSessionClock() });
    feed.load([recorded, simulated]);
    expect(Object.fromEntries(feed.snapshot().map((tick) => [tick.symbol, tick.basis]))).toEqual({ ACME: "replay", MADE: "simulated" });
  });

  it("stands still without stored bars", () => {
    const feed = createReplayFeed({ now: Date.now, clock: createSessionClock() });
    feed.load([{ ...recorded, bars: [] }]);
    feed.start();
    vi.advanceTimersByTime(60_000);
    expect(feed.snapshot()).toEqual([]);
    expect(feed.age()).toBeNull();
    expect(feed.knows("ACME")).toBe(true);
    feed.stop();
  });
});
