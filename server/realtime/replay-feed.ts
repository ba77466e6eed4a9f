import type { Tick } from "@/server/contracts/realtime";
import { replayedPrice, replayMoment } from "@/server/domain/realtime/replay-moment";
import type { DailyBar } from "@/server/services/market/list-feed-instruments";
import type { Feed } from "./feed";
import type { SessionClock } from "./session-clock";

const SESSIONS = 120;
const MS_PER_SESSION = 8_000;

type Track = { symbol: string; calendar: string; basis: Tick["basis"]; byDate: Map<string, { bar: DailyBar; previousClose: number | null }> };

export type ReplayFeedOptions = { now: () => number; clock: SessionClock; msPerSession?: number };

/**
 * Plays the last stored sessions again and again, all instruments on the same date. Every price shown is one of the bar's four, and its time
 * is that session's. Bars that were simulated stay simulated: only recorded ones are called a replay.
 */
export function createReplayFeed({ now, clock, msPerSession = MS_PER_SESSION }: ReplayFeedOptions): Feed {
  const tracks = new Map<string, Track>();
  const newest = new Map<string, Tick>();
  const known = new Set<string>();
  const listeners: ((ticks: readonly Tick[]) => void)[] = [];
  let dates: string[] = [];
  let played = "";
  let movedAt: number | null = null;
  let timer: NodeJS.Timeout | null = null;

  const play = () => {
    const atMs = now();
    const moment = replayMoment({ timeMs: atMs, sessions: dates.length, msPerSession });
    const place = moment && `${moment.session}:${moment.step}`;
    if (!moment || place === played) return;
    played = place!;
    const date = dates[moment.session]!;
    const ticks: Tick[] = [];
    for (const { symbol, calendar, basis, byDate } of tracks.values()) {
      const entry = byDate.get(date);
      if (!entry) continue;
      const volume = Math.round((entry.bar.volume * (moment.step + 1)) / 4);
      const time = clock.closeOf(calendar, date) ?? Date.parse(`${date}T00:00:00Z`);
      const tick: Tick = { symbol, price: replayedPrice(entry.bar, moment.step), previousClose: entry.previousClose, volume, time, basis };
      newest.set(symbol, tick);
      ticks.push(tick);
    }
    if (ticks.length === 0) return;
    movedAt = atMs;
    for (const listener of listeners) listener(ticks);
  };

  return {
    id: "replay",
    basis: "replay",
    sessions: SESSIONS + 1,
    load(instruments) {
      known.clear();
      tracks.clear();
      newest.clear();
      const all = new Set<string>();
      for (const { symbol, calendar, isRecorded, bars } of instruments) {
        known.add(symbol);
        const byDate: Track["byDate"] = new Map();
        bars.slice(-SESSIONS).forEach((bar, i, kept) => {
          const before = kept[i - 1] ?? (bars.length > SESSIONS ? bars[bars.length - SESSIONS - 1] : undefined);
          byDate.set(bar.date, { bar, previousClose: before?.close ?? null });
          all.add(bar.date);
        });
        if (byDate.size > 0) tracks.set(symbol, { symbol, calendar, basis: isRecorded ? "replay" : "simulated", byDate });
      }
      dates = [...all].sort().slice(-SESSIONS);
      played = "";
      play();
    },
    start() {
      timer ??= setInterval(play, msPerSession / 8);
    },
    stop() {
      if (timer) clearInterval(timer);
      timer = null;
    },
    onTick: (listener) => void listeners.push(listener),
    snapshot: () => [...newest.values()],
    knows: (symbol) => known.has(symbol),
    symbolCount: () => known.size,
    age: () => (movedAt === null ? null : Math.max(0, now() - movedAt)),
  };
}
