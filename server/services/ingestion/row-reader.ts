import { AppError } from "@/server/domain/app-error";
import { csvFields } from "@/server/platform/csv-lines";
import type { RowSink } from "./import-ctx";

const LINE_FEED = 10;

type Header = { order: readonly number[]; isInOrder: boolean; columns: number };

/** Reads a table line by line and shows its rows to a sink. What the last line was stands in its fields, so that no object is made for each of millions. */
export class RowReader {
  /** Number of the last line read; the header is line 1. */
  line = 0;
  /** Whether the last line was a row at all: the header and empty lines are none. */
  isRow = false;
  /** Why the last row was refused, and its text; null when it was taken. */
  reason: string | null = null;
  raw = "";
  private header: Header | null = null;

  constructor(private readonly file: string, private readonly wanted: readonly string[], private readonly sink: RowSink) {}

  /** Reads the line that begins at `at` and returns where the next one begins. */
  read(bytes: Buffer, at: number): number {
    this.line += 1;
    if (this.header?.isInOrder && this.sink.scan) {
      const next = this.sink.scan(bytes, at);
      if (next !== -1) {
        this.isRow = true;
        this.reason = null;
        return next;
      }
    }
    const feed = bytes.indexOf(LINE_FEED, at);
    const end = feed === -1 ? bytes.length : feed;
    this.readText(bytes.toString("utf8", at, end));
    return end + 1;
  }

  /** To be called after the last line: a table without a header has none of the columns. */
  end(): void {
    this.header ??= readHeader("", this.wanted, this.file);
  }

  private readText(raw: string): void {
    this.isRow = false;
    if (this.header === null) {
      this.header = readHeader(raw, this.wanted, this.file);
      return;
    }
    if (raw === "" || raw === "\r") return;
    const { order, isInOrder, columns } = this.header;
    const fields = csvFields(raw);
    this.isRow = true;
    this.raw = raw;
    if (fields === null) this.reason = "open quote";
    // A row that is refused for its columns holds no key.
    else if (fields.length !== columns) this.reason = `wrong column count: ${fields.length} instead of ${columns}`;
    else this.reason = this.sink.accept(isInOrder ? fields : order.map((index) => fields[index]!));
  }
}

/** The place of each wanted column in the file. */
function readHeader(text: string, wanted: readonly string[], file: string): Header {
  const names = (csvFields(text.replace(/^\uFEFF/, "")) ?? []).map((name) => name.trim());
  const missing = wanted.filter((name) => !names.includes(name));
  if (missing.length > 0) throw new AppError("INVALID_INPUT", `${file} lacks the column${missing.length > 1 ? "s" : ""} ${missing.join(", ")}`, { field: "folder", file, missing });
  const order = wanted.map((name) => names.indexOf(name));
  return { order, isInOrder: order.length === names.length && order.every((place, index) => place === index), columns: names.length };
}
