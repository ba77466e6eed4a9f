const FIELDS = 11;
const RUN_ID_BYTES = 16;
const PAGE_BYTES = 1 << 17;
/** Binary timestamps count microseconds from here. */
const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1);
const TWO_TO_32 = 0x1_0000_0000;
const COPY_HEADER = Buffer.concat([Buffer.from("PGCOPY\n\u00ff\r\n\0", "latin1"), Buffer.alloc(8)]);
const COPY_END = Buffer.from([0xff, 0xff]);
/** Where the numbers of a row begin: field count, instrument, interval, then the sizes of what follows. */
const TIME_AT = 2 + 20 + 6 + 4;
const OPEN_AT = TIME_AT + 8 + 4;
const NEXT_NUMBER = 12;

/** Columns in the order in which a binary row has them. */
export const BAR_COLUMNS = "instrument_id, interval, time, open, high, low, close, volume, origin, provider, run_id";

/** Midnight UTC of a day as the two halves of a binary timestamp. */
export type BinaryTime = { high: number; low: number };

export function binaryTime(ms: number): BinaryTime {
  const micros = (ms - POSTGRES_EPOCH_MS) * 1_000;
  const high = Math.floor(micros / TWO_TO_32);
  return { high, low: micros - high * TWO_TO_32 };
}

const uuidBytes = (id: string) => Buffer.from(id.replaceAll("-", ""), "hex");
const field = (bytes: Buffer) => {
  const size = Buffer.alloc(4);
  size.writeInt32BE(bytes.length);
  return Buffer.concat([size, bytes]);
};

/** A whole binary row with empty numbers; every row of an instrument is a copy of it. */
export function barTemplate(instrumentId: string, provider: string): Buffer {
  const count = Buffer.alloc(2);
  count.writeInt16BE(FIELDS);
  const number = field(Buffer.alloc(8));
  return Buffer.concat([count, field(uuidBytes(instrumentId)), field(Buffer.from("D1")), ...Array<Buffer>(6).fill(number), field(Buffer.from("RECORDED")), field(Buffer.from(provider)), field(Buffer.alloc(RUN_ID_BYTES))]);
}

/** Names the run that brings the rows; its id stands at the end of each. */
export const writeRunId = (template: Buffer, runId: string): void => void uuidBytes(runId).copy(template, template.length - RUN_ID_BYTES);

export type BarNumbers = { open: number; high: number; low: number; close: number; volume: number };

type Page = { bytes: Buffer; view: DataView; used: number };

/** Memory for rows, used again and again: megabytes outside the heap are slow to be noticed by the collector. */
export class Pages {
  private readonly free: Page[] = [];

  take(leastBytes: number): Page {
    const page = leastBytes <= PAGE_BYTES ? this.free.pop() : undefined;
    if (page) return page;
    const bytes = Buffer.allocUnsafe(Math.max(PAGE_BYTES, leastBytes));
    return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), used: 0 };
  }

  giveBack(pages: readonly Page[]): void {
    for (const page of pages) {
      page.used = 0;
      if (page.bytes.length === PAGE_BYTES) this.free.push(page);
    }
  }
}

/** Bars in the server's binary form, page by page. */
export class BinaryBars {
  count = 0;
  private pages: Page[] = [];
  private page: Page | null = null;

  constructor(private readonly memory: Pages) {}

  add(template: Buffer, time: BinaryTime, { open, high, low, close, volume }: BarNumbers): void {
    const page = this.page !== null && this.page.used + template.length <= this.page.bytes.length ? this.page : this.nextPage(template.length);
    const { bytes, view, used } = page;
    bytes.set(template, used);
    view.setInt32(used + TIME_AT, time.high);
    view.setUint32(used + TIME_AT + 4, time.low);
    const at = used + OPEN_AT;
    view.setFloat64(at, open);
    view.setFloat64(at + NEXT_NUMBER, high);
    view.setFloat64(at + 2 * NEXT_NUMBER, low);
    view.setFloat64(at + 3 * NEXT_NUMBER, close);
    view.setFloat64(at + 4 * NEXT_NUMBER, volume);
    page.used = used + template.length;
    this.count += 1;
  }

  /** All that a binary COPY expects. */
  *chunks(): Generator<Buffer> {
    yield COPY_HEADER;
    for (const { bytes, used } of this.pages) yield bytes.subarray(0, used);
    yield COPY_END;
  }

  clear(): void {
    this.memory.giveBack(this.pages);
    this.pages = [];
    this.page = null;
    this.count = 0;
  }

  private nextPage(leastBytes: number): Page {
    const page = this.memory.take(leastBytes);
    this.page = page;
    this.pages.push(page);
    return page;
  }
}
