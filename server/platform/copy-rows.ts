import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ClientBase } from "pg";
import { from as copyFrom } from "pg-copy-streams";

/** Sends what a `COPY … FROM STDIN` statement expects and returns how many rows arrived. */
export async function copyRows(client: ClientBase, statement: string, chunks: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<number> {
  const target = client.query(copyFrom(statement));
  await pipeline(Readable.from(chunks, { objectMode: false, highWaterMark: 1 << 20 }), target);
  return target.rowCount;
}
