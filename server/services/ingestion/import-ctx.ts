import type { ClientBase, Pool } from "pg";
import type { FiguresCtx } from "@/server/services/ctx";

/** An import writes by COPY and in its own transactions, which the ORM does not offer; it gets a pool beside the usual context. */
export type ImportCtx = FiguresCtx & { pool: Pool };

/** What knows one kind of file: takes rows one by one and stores them in batches. */
export type RowSink = {
  /** Takes a row with the fields in the order of the file's columns; the reason when it is refused. */
  accept: (fields: readonly string[]) => string | null;
  /** Hands over what was accepted since the last call, as a write that returns how many rows changed. */
  take: () => (client: ClientBase, runId: string) => Promise<number>;
};

/** One kind of file of the folder. */
export type FileKind = {
  subject: string;
  columns: readonly string[];
  openSink: (ctx: ImportCtx) => Promise<RowSink>;
};
