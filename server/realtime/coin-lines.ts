import type { CoinTick, StreamStatus } from "@/server/contracts/realtime";
import { KRW_EXCHANGES, type KrwExchange } from "@/server/contracts/coin";
import type { ChangeBoard } from "./change-board";
import { createVendorLine, type LineTick, type OpenLine } from "./vendor-line";

const BEAT_MS = 500;
const AWAY_AFTER_MS = 15_000;

export type CoinLines = { start: () => void; stop: () => void; streams: () => StreamStatus[] };

/** Streams of the exchanges onto the board of coins, while somebody looks at it. While one is away its stored prices stand, with their time. */
export function createCoinLines({ board, openers, now }: { board: ChangeBoard<CoinTick>; openers: Readonly<Partial<Record<KrwExchange, OpenLine>>>; now: () => number }): CoinLines {
  const pending = new Map<string, LineTick>();
  const lines = KRW_EXCHANGES.flatMap((exchange) => {
    const open = openers[exchange];
    return open ? [{ exchange, line: createVendorLine({ vendor: exchange, open, now, onRow: (tick) => void pending.set(`${exchange}:${tick.symbol}`, tick) }) }] : [];
  });
  let timer: NodeJS.Timeout | null = null;

  const beat = () => {
    const isWatched = board.watched().whole > 0;
    const rows = isWatched ? [...board.cells()].flatMap(({ value }) => (value ? [value] : [])) : [];
    for (const { exchange, line } of lines) line.want(rows.filter((row) => row.exchange === exchange).map(({ market }) => market));
    for (const [id, { price, currency, at }] of pending) {
      const shown = board.cell(id).value;
      const time = Date.parse(at);
      // Only markets that are stored stand on the board, and a price in time order.
      if (shown && currency === "KRW" && price > 0 && time >= shown.time && price !== shown.price) board.set(id, { ...shown, price, time });
    }
    pending.clear();
  };

  return {
    start() {
      timer ??= setInterval(beat, BEAT_MS);
    },
    stop() {
      if (timer) clearInterval(timer);
      timer = null;
      for (const { line } of lines) line.close();
    },
    streams: () => lines.map(({ line }) => ({ ...line.status(), fellBack: line.awayMs() > AWAY_AFTER_MS })),
  };
}
