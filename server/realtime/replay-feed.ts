import type { Tick } from "@/server/contracts/realtime";
import { replayedPrice, replayMoment } from "@/server/domain/realtime/replay-moment";
import type { DailyBar } from "@/server/services/market/list-feed-instruments";
import type { Feed } from "./feed";
import type { SessionClock } from "./session-clock";
import { createTickBoard } from "./tick-board";

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
  let dates: string[] = [];
  let played = "";

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
      ticks.push({ symbol, price: replayedPrice(entry.bar, moment.step), previousClose: entry.previousClose, volume, time, basis });
    }
    if (ticks.length > 0) board.moved(atMs);
    board.publish(ticks);
  };
  const board = createTickBoard({ now, everyMs: msPerSession / 8, beat: play });

  return {
    ...board.face,
    id: "replay",
    basis: "replay",
    sessions: SESSIONS + 1,
    load(instruments) {
      board.know(instruments.map(({ symbol }) => symbol));
      tracks.clear();
      board.keepOnly(() => false);
      const all = new Set<string>();
      for (const { symbol, calendar, isRecorded, bars } of instruments) {
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
  };
}
