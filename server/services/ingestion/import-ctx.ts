import type { ClientBase, Pool } from "pg";
import type { FiguresCtx } from "@/server/services/ctx";

/** An import writes by COPY and in its own transactions, which the ORM does not offer; it gets a pool beside the usual context. */
export type ImportCtx = FiguresCtx & { pool: Pool };

/** What knows one kind of file: takes rows one by one and stores them in batches. */
export type RowSink = {
  /** Told before the first row of a file which run brings it. */
  begin?: (runId: string) => void;
  /** Takes a row with the fields in the order of the file's columns; the reason when it is refused. */
  accept: (fields: readonly string[]) => string | null;
  /**
   * Takes the row that begins at a place of the bytes, if it is of the plain form that nearly all rows of a large file have and nothing is
   * wrong with it, and returns where the next line begins. -1 leaves the row to `accept`. Only asked when the columns stand in order.
   */
  scan?: (bytes: Buffer, at: number) => number;
  /** Hands over what was accepted since the last call, as a write that returns how many rows changed. */
  take: () => (client: ClientBase, runId: string) => Promise<number>;
  /** Forgets what was accepted since the last call, but for its keys: it is stored already. */
  drop: () => void;
};

/** One kind of file of the folder. */
export type FileKind = {
  subject: string;
  columns: readonly string[];
  /** Rows stored in one step, unless the caller says otherwise. */
  batchRows?: number;
  openSink: (ctx: ImportCtx) => Promise<RowSink>;
};
