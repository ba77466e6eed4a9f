import { createReadStream } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { createGunzip } from "node:zlib";

const CHUNK_BYTES = 256 * 1024;
/** No table has lines of this length; a file without line ends must not fill the memory. */
const LONGEST_LINE = 1_000_000;

export type LineChunk = { lines: readonly string[]; firstLine: number; bytesRead: number };

/** Lines of a text file, gzipped when its name says so, in chunks; line numbers start at 1. `bytesRead` counts the file as it lies on the disk. */
export async function* csvLines(path: string): AsyncGenerator<LineChunk> {
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const stream = path.endsWith(".gz") ? file.pipe(createGunzip({ chunkSize: CHUNK_BYTES })) : file;
  // `pipe` does not carry an error on.
  if (stream !== file) file.on("error", (cause) => stream.destroy(cause));
  const decoder = new StringDecoder("utf8");
  let rest = "";
  let firstLine = 1;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const lines = (rest + decoder.write(chunk)).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > LONGEST_LINE) {
      lines.push(rest.slice(0, LONGEST_LINE));
      rest = "";
    }
    if (lines.length > 0) yield { lines, firstLine, bytesRead: file.bytesRead };
    firstLine += lines.length;
  }
  rest += decoder.end();
  if (rest !== "") yield { lines: [rest], firstLine, bytesRead: file.bytesRead };
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
