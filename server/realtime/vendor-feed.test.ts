import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CoinTick, StreamStatus, Tick } from "@/server/contracts/realtime";
import { createLog } from "@/server/platform/log";
import type { FeedInstrument } from "@/server/services/market/list-feed-instruments";
import { createChangeBoard } from "./change-board";
import { createCoinLines } from "./coin-lines";
import { createSessionClock } from "./session-clock";
import { createSimulatedFeed } from "./simulated-feed";
import { createVendorFeed } from "./vendor-feed";
import type { LineTick, OpenLine } from "./vendor-line";

const IN_SESSION = new Date("2026-11-20T15:00:00Z");
const bar = (date: string, close: number) => ({ date, open: close, high: close, low: close, close, volume: 1_000 });
const share = (symbol: string, more: Partial<FeedInstrument> = {}): FeedInstrument => ({ symbol, kind: "EQUITY", currency: "USD", calendar: "XNYS", isRecorded: true, bars: [bar("2026-11-18", 98), bar("2026-11-19", 100)], ...more });

/** A vendor's line that the test speaks on by hand. */
function aLine() {
  const subscribed = new Set<string>();
  const state = { phase: "closed" as StreamStatus["phase"], closed: false, opened: 0 };
  let listener: Parameters<OpenLine>[0] | null = null;
  const enter = (phase: StreamStatus["phase"]) => {
    state.phase = phase;
    listener?.onPhase?.(phase);
  };
  const open: OpenLine = (given) => {
    listener = given;
    state.opened++;
    return {
      subscribe(symbols) {
        for (const symbol of symbols) subscribed.add(symbol);
        if (state.phase === "closed") enter("open");
      },
      unsubscribe(symbols) {
        for (const symbol of symbols) subscribed.delete(symbol);
        if (subscribed.size === 0) enter("closed");
      },
      phase: () => state.phase,
      close: () => void (state.closed = true),
    };
  };
  const trade = (symbol: string, price: number, more: Partial<LineTick> = {}) => listener!.onRow({ provider: "finnhub", symbol, currency: "USD", price, at: new Date().toISOString(), ...more });
  return { open, state, subscribed, enter, trade, fault: (reason: string) => listener!.onFault!({ reason }) };
}

function aFeed(instruments: FeedInstrument[], maxSymbols?: number) {
  const clock = createSessionClock();
  const line = aLine();
  const base = createSimulatedFeed({ seed: "test", now: Date.now, clock });
  const feed = createVendorFeed({ base, vendor: "finnhub", open: line.open, clock, now: Date.now, log: createLog("test", "silent"), maxSymbols });
  const shown = new Map<string, Tick>();
  feed.onTick((ticks) => {
    for (const tick of ticks) shown.set(tick.symbol, tick);
  });
  feed.load(instruments);
  feed.start();
  return { feed, line, shown, status: () => feed.streams!()[0]! };
}

describe("vendor feed", () => {
  beforeEach(() => void vi.useFakeTimers({ now: IN_SESSION }));
  afterEach(() => void vi.useRealTimers());

  it("streams only what somebody watches and only while its market is open", async () => {
    const { feed, line, status } = aFeed([share("AAPL"), share("MSFT"), share("FUND", { kind: "ETF" }), share("^GSPC", { kind: "INDEX" })], 2);
    expect([line.state.opened, status().phase]).toEqual([0, "closed"]);
    feed.watch!(["^GSPC", "AAPL", "NOWHERE", "FUND", "MSFT"]);
    expect([...line.subscribed]).toEqual(["AAPL", "FUND"]);
    feed.watch!(["MSFT"]);
    expect([...line.subscribed]).toEqual(["MSFT"]);
    feed.mayStream!(false);
    expect([...line.subscribed]).toEqual([]);
    feed.mayStream!(true);
    vi.setSystemTime(new Date("2026-11-20T21:30:00Z"));
    feed.watch!(["MSFT"]);
    expect([[...line.subscribed], status().phase]).toEqual([[], "closed"]);
    vi.setSystemTime(new Date("2026-11-26T15:00:00Z"));
    feed.watch!(["MSFT"]);
    expect([...line.subscribed]).toEqual([]);
    feed.stop();
  });

  it("shows the vendor's prices under its name against the close before, once each quarter of a second, and the base's for all else", async () => {
    const { feed, line, shown } = aFeed([share("AAPL"), share("OLD", { bars: [bar("2026-11-18", 9)] }), share("MADE", { isRecorded: false }), share("OTHER")]);
    feed.watch!(["AAPL", "OLD", "MADE"]);
    for (let price = 101; price <= 150; price++) line.trade("AAPL", price);
    line.trade("OLD", 10);
    line.trade("MADE", 11);
    expect(shown.get("AAPL")?.provider).toBeUndefined();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(shown.get("AAPL")).toMatchObject({ price: 150, previousClose: 100, volume: null, basis: "recorded", provider: "finnhub", time: IN_SESSION.getTime() });
    // The close before is not stored, or is a made one: no change is told.
    expect([shown.get("OLD")?.previousClose, shown.get("MADE")?.previousClose]).toEqual([null, null]);
    expect(shown.get("OTHER")?.basis).toBe("simulated");
    expect(feed.snapshot().find(({ symbol }) => symbol === "AAPL")?.price).toBe(150);
    feed.stop();
  });

  it("hears no price in another currency, outside of the session, of nobody's symbol, or older than the last", async () => {
    const { feed, line, shown } = aFeed([share("AAPL"), share("OTHER")]);
    feed.watch!(["AAPL"]);
    line.trade("AAPL", 120, { at: "2026-11-20T14:59:00.000Z" });
    line.trade("AAPL", 1, { at: "2026-11-20T14:58:00.000Z" });
    line.trade("AAPL", 2, { currency: "EUR" });
    line.trade("AAPL", 3, { at: "2026-11-20T13:00:00.000Z" });
    line.trade("AAPL", 0);
    line.trade("OTHER", 4);
    await vi.advanceTimersByTimeAsync(300);
    expect(shown.get("AAPL")?.price).toBe(120);
    expect(shown.get("OTHER")?.provider).toBeUndefined();
    feed.stop();
  });

  it("lets the base take over, labelled as what it is, once the vendor was away, and says so; then the vendor again", async () => {
    const { feed, line, shown, status } = aFeed([share("AAPL")]);
    feed.watch!(["AAPL"]);
    line.trade("AAPL", 120);
    await vi.advanceTimersByTimeAsync(300);
    line.enter("waiting");
    line.fault("closed");
    await vi.advanceTimersByTimeAsync(10_000);
    expect([shown.get("AAPL")?.price, status().fellBack]).toEqual([120, false]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(shown.get("AAPL")).toMatchObject({ basis: "simulated" });
    expect(shown.get("AAPL")?.provider).toBeUndefined();
    expect(status()).toMatchObject({ vendor: "finnhub", phase: "waiting", symbols: 1, faults: 1, lastFault: "closed", fellBack: true });
    line.enter("open");
    line.trade("AAPL", 121);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(shown.get("AAPL")).toMatchObject({ price: 121, provider: "finnhub" });
    expect(status().fellBack).toBe(false);
    feed.stop();
  });

  it("keeps the last price after the close until the session itself is stored", async () => {
    vi.setSystemTime(new Date("2026-11-20T20:59:58Z"));
    const { feed, line, shown } = aFeed([share("AAPL")]);
    feed.watch!(["AAPL"]);
    line.trade("AAPL", 120);
    await vi.advanceTimersByTimeAsync(10_000);
    feed.watch!(["AAPL"]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(shown.get("AAPL")).toMatchObject({ price: 120, provider: "finnhub" });
    feed.load([share("AAPL", { bars: [bar("2026-11-19", 100), bar("2026-11-20", 119)] })]);
    expect(shown.get("AAPL")).toMatchObject({ price: 119, previousClose: 100, basis: "recorded" });
    feed.stop();
  });
});

describe("coin lines", () => {
  beforeEach(() => void vi.useFakeTimers({ now: IN_SESSION }));
  afterEach(() => void vi.useRealTimers());

  it("stream each exchange's markets while somebody looks at the board, and lay newer won prices on it", async () => {
    const board = createChangeBoard<CoinTick>();
    const coin = (exchange: "upbit" | "bithumb", price: number): CoinTick => ({ id: `${exchange}:KRW-BTC`, exchange, market: "KRW-BTC", coin: "BTC", price, change24h: 0.1, value24h: 5, premium: 0.02, premiumAt: 1, time: IN_SESSION.getTime() });
    for (const exchange of ["upbit", "bithumb"] as const) board.set(`${exchange}:KRW-BTC`, coin(exchange, 100));
    const line = aLine();
    const lines = createCoinLines({ board, openers: { upbit: line.open }, now: Date.now });
    lines.start();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(line.state.opened).toBe(0);
    board.countWhole(1);
    await vi.advanceTimersByTimeAsync(500);
    expect([...line.subscribed]).toEqual(["KRW-BTC"]);
    line.trade("KRW-BTC", 110, { currency: "KRW" });
    line.trade("KRW-NEW", 5, { currency: "KRW" });
    await vi.advanceTimersByTimeAsync(500);
    expect(board.cell("upbit:KRW-BTC").value).toMatchObject({ price: 110, premium: 0.02 });
    expect(board.cell("bithumb:KRW-BTC").value?.price).toBe(100);
    line.trade("KRW-BTC", 90, { currency: "KRW", at: "2026-11-20T10:00:00.000Z" });
    await vi.advanceTimersByTimeAsync(500);
    expect(board.cell("upbit:KRW-BTC").value?.price).toBe(110);
    line.enter("waiting");
    await vi.advanceTimersByTimeAsync(20_000);
    expect(lines.streams()).toMatchObject([{ vendor: "upbit", fellBack: true }]);
    board.countWhole(-1);
    await vi.advanceTimersByTimeAsync(500);
    expect([...line.subscribed]).toEqual([]);
    lines.stop();
    expect(line.state.closed).toBe(true);
  });
});
