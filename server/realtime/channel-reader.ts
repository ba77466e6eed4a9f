import type { Cell, ChangeBoard } from "./change-board";

export type ReaderFrame<T> = { kind: "snapshot" | "delta"; seq: number; values: T[] };

/**
 * One client's place in one channel: what it asked for and how far it has read. Its memory is bounded by the symbols it follows, whatever
 * the pace of the feed, for it holds cells of the board and no values.
 */
export type ChannelReader<T> = {
  /** Adds keys and asks for their snapshot; without keys the whole board is followed. */
  join: (keys: readonly string[] | "all") => void;
  /** Gives keys up; true when nothing is followed any more. */
  leave: (keys: readonly string[]) => boolean;
  follows: (key: string) => boolean;
  size: () => number;
  /** Nobody reads here any more: what it followed is no longer watched on its behalf. */
  close: () => void;
  /** What the client has not seen yet, or null. Call it only when the frame can be sent, for it counts as read. */
  next: () => ReaderFrame<T> | null;
};

export function createChannelReader<T>(board: ChangeBoard<T>): ChannelReader<T> {
  const followed = new Map<string, Cell<T>>();
  const fresh = new Set<Cell<T>>();
  let everything = false;
  let snapshotDue = false;
  let since = 0;
  let seq = 0;

  return {
    join(keys) {
      snapshotDue = true;
      if (keys === "all") {
        if (!everything) board.countWhole(1);
        everything = true;
        since = 0;
        return;
      }
      for (const key of keys) {
        const cell = followed.get(key) ?? board.cell(key);
        if (!followed.has(key)) cell.readers++;
        followed.set(key, cell);
        fresh.add(cell);
      }
    },
    leave(keys) {
      for (const key of keys) {
        const cell = followed.get(key);
        if (!cell) continue;
        cell.readers--;
        followed.delete(key);
        fresh.delete(cell);
      }
      return followed.size === 0;
    },
    follows: (key) => followed.has(key),
    size: () => followed.size,
    close() {
      if (everything) board.countWhole(-1);
      everything = false;
      for (const cell of followed.values()) cell.readers--;
      followed.clear();
      fresh.clear();
    },
    next() {
      const newest = board.version();
      if (!snapshotDue && newest === since) return null;
      const values: T[] = [];
      for (const cell of everything ? board.cells() : followed.values()) {
        if (cell.value !== null && (cell.version > since || fresh.has(cell))) values.push(cell.value);
      }
      const kind = snapshotDue ? "snapshot" : "delta";
      since = newest;
      snapshotDue = false;
      fresh.clear();
      if (kind === "delta" && values.length === 0) return null;
      return { kind, seq: ++seq, values };
    },
  };
}
