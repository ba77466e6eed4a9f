import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";

const CHUNK_BYTES = 256 * 1024;
const LINE_FEED = 10;
/** No table has lines of this length; a file without line ends must not fill the memory. */
const LONGEST_LINE = 1_000_000;

export type LineChunk = { bytes: Buffer; bytesRead: number };

/**
 * Whole lines of a text file, gzipped when its name says so, as chunks of bytes. The end of a chunk is the end of a line, also where no line
 * feed stands there. `bytesRead` counts the file as it lies on the disk.
 */
export async function* csvLines(path: string): AsyncGenerator<LineChunk> {
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const stream = path.endsWith(".gz") ? file.pipe(createGunzip({ chunkSize: CHUNK_BYTES })) : file;
  // `pipe` does not carry an error on.
  if (stream !== file) file.on("error", (cause) => stream.destroy(cause));
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let from = 0;
    if (rest.length > 0) {
      // Only the line that was cut is put together; the rest of the chunk stays where it is.
      from = chunk.indexOf(LINE_FEED) + 1 || chunk.length;
      rest = Buffer.concat([rest, chunk.subarray(0, from)]);
      if (rest.at(-1) !== LINE_FEED && rest.length <= LONGEST_LINE) continue;
      yield { bytes: rest, bytesRead: file.bytesRead };
    }
    const end = Math.max(from, chunk.lastIndexOf(LINE_FEED) + 1);
    if (end > from) yield { bytes: chunk.subarray(from, end), bytesRead: file.bytesRead };
    rest = chunk.subarray(end);
  }
  if (rest.length > 0) yield { bytes: rest, bytesRead: file.bytesRead };
}

/** The fields of one line; null when a quote is left open. Quotes are doubled inside quoted fields (RFC 4180); fields do not span lines. */
export function csvFields(line: string): string[] | null {
  const text = line.endsWith("\r") ? line.slice(0, -1) : line;
  if (!text.includes('"')) return text.split(",");
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (text[at] !== '"') {
      const end = text.indexOf(",", at);
      fields.push(end === -1 ? text.slice(at) : text.slice(at, end));
      if (end === -1) return fields;
      at = end + 1;
      continue;
    }
    let field = "";
    for (at += 1; ; ) {
      const quote = text.indexOf('"', at);
      if (quote === -1) return null;
      field += text.slice(at, quote);
      at = quote + 1;
      if (text[at] !== '"') break;
      field += '"';
      at += 1;
    }
    fields.push(field);
    if (at >= text.length) return fields;
    if (text[at] !== ",") return null;
    at += 1;
  }
}
