export type Cell<T> = { value: T | null; version: number; readers: number };

/**
 * The newest value of each key with the version at which it changed. A reader remembers the version it has read up to: however far behind
 * it falls, it gets each key once with the newest value, and nothing is queued for it meanwhile.
 */
export type ChangeBoard<T> = {
  set: (key: string, value: T) => void;
  /** The key's cell, made empty when nobody has set it yet; it stays the same object. */
  cell: (key: string) => Cell<T>;
  cells: () => Iterable<Cell<T>>;
  version: () => number;
  /** Forgets the values of other keys; whoever follows one of them follows it still. */
  keepOnly: (isKept: (key: string) => boolean) => void;
  /** One reader more or less of the whole board. */
  countWhole: (by: 1 | -1) => void;
  /** How many follow the whole board, and the keys that are followed one by one. */
  watched: () => { whole: number; keys: string[] };
};

export function createChangeBoard<T>(): ChangeBoard<T> {
  const cells = new Map<string, Cell<T>>();
  let version = 0;
  let whole = 0;
  const cell = (key: string): Cell<T> => {
    const known = cells.get(key);
    if (known) return known;
    const made: Cell<T> = { value: null, version: 0, readers: 0 };
    cells.set(key, made);
    return made;
  };
  return {
    set(key, value) {
      const target = cell(key);
      target.value = value;
      target.version = ++version;
    },
    cell,
    cells: () => cells.values(),
    version: () => version,
    keepOnly(isKept) {
      for (const [key, held] of cells) {
        if (isKept(key)) continue;
        if (held.readers > 0) held.value = null;
        else cells.delete(key);
      }
    },
    countWhole: (by) => void (whole += by),
    watched: () => ({ whole, keys: [...cells].flatMap(([key, { readers }]) => (readers > 0 ? [key] : [])) }),
  };
}
