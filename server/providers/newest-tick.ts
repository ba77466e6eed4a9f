import type { StreamListener, TickRow } from "./capabilities";

/** A symbol's ticks in the order of their time: what is older than the last, or the same again, is not heard. For prices, not for trades. */
export function newestTick(listener: StreamListener<TickRow>): StreamListener<TickRow> {
  const last = new Map<string, TickRow>();
  return {
    ...listener,
    onRow(row) {
      const before = last.get(row.symbol);
      // Both are as `toISOString` writes them, so that text sorts as time does.
      if (before && (row.at < before.at || (row.at === before.at && row.price === before.price && row.volume === before.volume))) return;
      last.set(row.symbol, row);
      listener.onRow(row);
    },
  };
}
