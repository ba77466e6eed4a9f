import type { ClientBase } from "pg";
import type { RowSink } from "./import-ctx";

/** A sink that gathers rows as objects and stores a batch with one function; for files of thousands of rows, not of millions. */
export function queuedRows<Row>(parse: (fields: readonly string[]) => Row | string, store: (client: ClientBase, runId: string, rows: readonly Row[]) => Promise<number>): RowSink {
  let queue: Row[] = [];
  return {
    accept(fields) {
      const row = parse(fields);
      if (typeof row === "string") return row;
      queue.push(row);
      return null;
    },
    take() {
      const rows = queue;
      queue = [];
      return (client, runId) => (rows.length === 0 ? Promise.resolve(0) : store(client, runId, rows));
    },
    drop() {
      queue = [];
    },
  };
}

/** True once for each key; the set lives as long as the file. */
export function onceEach(): (key: string) => boolean {
  const seen = new Set<string>();
  return (key) => {
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
}
