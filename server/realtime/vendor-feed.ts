import type { Tick } from "@/server/contracts/realtime";
import { addDays, tradingDate } from "@/server/domain/calendar/trading-date";
import type { Log } from "@/server/platform/log";
import type { FeedInstrument } from "@/server/services/market/list-feed-instruments";
import type { Feed } from "./feed";
import type { SessionClock, TradingWindow } from "./session-clock";
import { createVendorLine, type LineTick, type OpenLine } from "./vendor-line";

/** A free plan allows so many symbols at once; assumed for every vendor, as none tells its plan. */
const MAX_SYMBOLS = 30;
/** A vendor that is away longer is no longer waited for: made or replayed prices move instead, and say what they are. */
const AWAY_AFTER_MS = 15_000;
const SEND_MS = 250;
/** Longest stretch without a session that is looked through for the session before. */
const LONGEST_PAUSE_DAYS = 10;

export type VendorFeedOptions = { base: Feed; vendor: string; open: OpenLine; clock: SessionClock; now: () => number; log: Log; maxSymbols?: number };

/**
 * Prices of a vendor's stream for what somebody watches while its market is open, over a feed that carries all else and takes over while
 * the vendor is away. Trades outside of the session, in another currency, or older than the last are not shown.
 */
export function createVendorFeed({ base, vendor, open, clock, now, log, maxSymbols = MAX_SYMBOLS }: VendorFeedOptions): Feed {
  const instruments = new Map<string, FeedInstrument>();
  const live = new Map<string, Tick>();
  const pending = new Map<string, Tick>();
  const listeners: ((ticks: readonly Tick[]) => void)[] = [];
  let watched: readonly string[] = [];
  let mayStream = true;
  let running = false;
  let fellBack = false;
  let movedAt: number | null = null;
  let timer: NodeJS.Timeout | null = null;

  const tell = (ticks: readonly Tick[]) => {
    if (ticks.length > 0) for (const listener of listeners) listener(ticks);
  };

  const take = ({ symbol, currency, price, at }: LineTick) => {
    const instrument = instruments.get(symbol);
    const time = Date.parse(at);
    if (!instrument || !line.wants(symbol) || currency !== instrument.currency || !(price > 0)) return;
    const session = clock.sessionAt(instrument.calendar, time);
    if (!session || time < (live.get(symbol)?.time ?? 0)) return;
    const tick: Tick = { symbol, price, previousClose: closeBefore(instrument, session, clock), volume: null, time, basis: "recorded", provider: vendor };
    live.set(symbol, tick);
    pending.set(symbol, tick);
  };
  const line = createVendorLine({ vendor, open, onRow: take, now });

  /** Whether the vendor's word on a symbol still counts against what the base says of it. */
  const outdates = (tick: Tick): boolean => {
    const told = live.get(tick.symbol);
    const instrument = instruments.get(tick.symbol);
    if (!told || !instrument) return false;
    const session = clock.sessionAt(instrument.calendar, now());
    // A stored close is newer once the session that the vendor told of has been stored.
    if (!session) return tick.time <= told.time;
    return !fellBack && line.wants(tick.symbol) && told.time >= session.opensAt;
  };

  const choose = () => {
    const at = now();
    const isOpen = (symbol: string) => {
      const instrument = instruments.get(symbol);
      return instrument !== undefined && (instrument.kind === "EQUITY" || instrument.kind === "ETF") && clock.sessionAt(instrument.calendar, at) !== null;
    };
    line.want(running && mayStream ? watched.filter(isOpen).slice(0, maxSymbols) : []);
  };

  const judge = () => {
    const away = line.awayMs() > AWAY_AFTER_MS;
    if (away === fellBack) return;
    fellBack = away;
    log[away ? "warn" : "info"]({ event: away ? "vendor stream away" : "vendor stream back", vendor, instead: away ? base.id : undefined });
    if (away) tell(base.snapshot().filter(({ symbol }) => live.has(symbol) && line.wants(symbol)));
  };

  const beat = () => {
    judge();
    if (pending.size === 0) return;
    movedAt = now();
    const ticks = [...pending.values()];
    pending.clear();
    tell(ticks);
  };

  base.onTick((ticks) => tell(ticks.filter((tick) => !outdates(tick))));

  return {
    id: `${vendor} over ${base.id}`,
    basis: base.basis,
    sessions: base.sessions,
    load(loaded) {
      instruments.clear();
      for (const instrument of loaded) instruments.set(instrument.symbol, instrument);
      for (const symbol of live.keys()) if (!instruments.has(symbol)) live.delete(symbol);
      base.load(loaded);
    },
    start() {
      running = true;
      timer ??= setInterval(beat, SEND_MS);
      base.start();
    },
    stop() {
      running = false;
      if (timer) clearInterval(timer);
      timer = null;
      line.want([]);
      base.stop();
    },
    onTick: (listener) => void listeners.push(listener),
    snapshot: () => base.snapshot().map((tick) => (outdates(tick) ? live.get(tick.symbol)! : tick)),
    knows: base.knows,
    symbolCount: base.symbolCount,
    watch(symbols) {
      watched = symbols;
      choose();
    },
    mayStream(may) {
      mayStream = may;
      choose();
    },
    streams: () => [{ ...line.status(), fellBack }],
    age: () => {
      const ages = [base.age(), movedAt === null ? null : Math.max(0, now() - movedAt)].filter((age) => age !== null);
      return ages.length === 0 ? null : Math.min(...ages);
    },
  };
}

/** The recorded close of the session before; null when another or none is stored, or the stored ones are made. */
function closeBefore({ isRecorded, calendar, bars }: FeedInstrument, session: TradingWindow, clock: SessionClock): number | null {
  if (!isRecorded) return null;
  for (let back = 1; back <= LONGEST_PAUSE_DAYS; back++) {
    const date = addDays(tradingDate(session.date), -back);
    if (clock.closeOf(calendar, date) !== null) return bars.findLast((bar) => bar.date === date)?.close ?? null;
  }
  return null;
}
