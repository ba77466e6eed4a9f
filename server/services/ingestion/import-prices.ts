import type { ClientBase } from "pg";
import { parseTradingDate, utcDate } from "@/server/domain/calendar/trading-date";
import { barFault } from "@/server/domain/market/bar-fault";
import { plainNumber } from "@/server/domain/market/plain-number";
import { copyRows } from "@/server/platform/copy-rows";
import { PROVIDER } from "./import-file";
import type { FileKind, ImportCtx, RowSink } from "./import-ctx";

const COLUMNS = "instrument_id, interval, time, open, high, low, close, volume, origin, provider, run_id";
const DAY_MS = 86_400_000;
/** Binary timestamps count microseconds from here. */
const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1);
const FIRST_DAY = Date.UTC(1900, 0, 1) / DAY_MS;
const DAYS = 75_000;
const TWO_TO_32 = 0x1_0000_0000;
const COPY_HEADER = Buffer.concat([Buffer.from("PGCOPY\n\u00ff\r\n\0", "latin1"), Buffer.alloc(8)]);
const COPY_END = Buffer.from([0xff, 0xff]);
const FIELDS = 11;

type Held = { id: string; symbol: string; origin: "SIMULATED" | "RECORDED"; provider: string; hasRecorded: boolean };
type Day = { text: string; index: number; high: number; low: number };

/** One instrument as the import sees it: the fixed part of its binary row, and the days it has had in these files. */
type Target = { id: string; isSimulated: boolean; isFresh: boolean; row: Buffer; seen: Uint8Array };

const field = (bytes: Buffer) => {
  const size = Buffer.alloc(4);
  size.writeInt32BE(bytes.length);
  return Buffer.concat([size, bytes]);
};
const uuidBytes = (id: string) => Buffer.from(id.replaceAll("-", ""), "hex");
const RUN_ID_BYTES = 16;
/** Where the numbers of a row begin: field count, instrument, interval, then the sizes of what follows. */
const TIME_AT = 2 + 20 + 6 + 4;
const OPEN_AT = TIME_AT + 8 + 4;
const NEXT_NUMBER = 12;

/** A whole binary row with empty numbers; every row of an instrument is a copy of it. The run's id comes last, so that it is filled in when the batch is written. */
function rowTemplate(id: string, provider: string): Buffer {
  const count = Buffer.alloc(2);
  count.writeInt16BE(FIELDS);
  const number = field(Buffer.alloc(8));
  return Buffer.concat([count, field(uuidBytes(id)), field(Buffer.from("D1")), ...Array<Buffer>(6).fill(number), field(Buffer.from("RECORDED")), field(Buffer.from(provider)), field(Buffer.alloc(RUN_ID_BYTES))]);
}

const viewOf = (bytes: Buffer) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Buffers of written batches, used again: megabytes outside the heap are slow to be noticed by the collector. */
type Spare = Buffer[];

/** Rows of one batch in the server's binary form. */
class BinaryRows {
  private bytes: Buffer;
  private view: DataView;
  private used = 0;
  private readonly runIdAt: number[] = [];
  readonly instruments = new Set<string>();
  firstDay = "9999-12-31";
  lastDay = "0000-01-01";

  constructor(private readonly spare: Spare) {
    this.bytes = spare.pop() ?? Buffer.allocUnsafe(1 << 20);
    this.view = viewOf(this.bytes);
  }

  get count() {
    return this.runIdAt.length;
  }

  add({ id, row: template }: Target, day: Day, figures: readonly number[]): void {
    this.instruments.add(id);
    if (day.text < this.firstDay) this.firstDay = day.text;
    if (day.text > this.lastDay) this.lastDay = day.text;
    const end = this.used + template.length;
    if (end > this.bytes.length) {
      const larger = Buffer.allocUnsafe(this.bytes.length * 2);
      this.bytes.copy(larger, 0, 0, this.used);
      this.bytes = larger;
      this.view = viewOf(larger);
    }
    template.copy(this.bytes, this.used);
    this.view.setInt32(this.used + TIME_AT, day.high);
    this.view.setUint32(this.used + TIME_AT + 4, day.low);
    for (let index = 0; index < figures.length; index++) this.view.setFloat64(this.used + OPEN_AT + index * NEXT_NUMBER, figures[index]!);
    this.runIdAt.push(end - RUN_ID_BYTES);
    this.used = end;
  }

  chunks(runId: string): Buffer[] {
    const id = uuidBytes(runId);
    for (const at of this.runIdAt) id.copy(this.bytes, at);
    return [COPY_HEADER, this.bytes.subarray(0, this.used), COPY_END];
  }

  release(): void {
    this.spare.push(this.bytes);
  }
}

/** Bars of instruments that may have some stored: only those that are new or differ are written, the others are not touched. */
async function storeDiffering(client: ClientBase, rows: BinaryRows, runId: string): Promise<number> {
  await client.query("CREATE TEMP TABLE IF NOT EXISTS arrived_bar (LIKE price_bar) ON COMMIT DELETE ROWS");
  await copyRows(client, `COPY arrived_bar (${COLUMNS}) FROM STDIN (FORMAT binary)`, rows.chunks(runId));
  // A set difference reads each side once; a join would be planned without knowing how many rows have arrived.
  const { rowCount } = await client.query(
    `INSERT INTO price_bar (${COLUMNS})
     SELECT instrument_id, interval, time, open, high, low, close, volume, 'RECORDED', p.provider, $2
     FROM (
       SELECT instrument_id, interval, time, open, high, low, close, volume FROM arrived_bar
       EXCEPT
       SELECT instrument_id, interval, time, open, high, low, close, volume FROM price_bar
       WHERE instrument_id = ANY($1::uuid[]) AND interval = 'D1' AND time BETWEEN ($3::date::timestamp AT TIME ZONE 'UTC') AND ($4::date::timestamp AT TIME ZONE 'UTC')
     ) differing
     JOIN (SELECT DISTINCT instrument_id, provider FROM arrived_bar) p USING (instrument_id)
     ON CONFLICT (instrument_id, interval, time) DO UPDATE
       SET open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close, volume = excluded.volume, provider = excluded.provider, run_id = excluded.run_id`,
    [[...rows.instruments], runId, rows.firstDay, rows.lastDay],
  );
  return rowCount ?? 0;
}

/** The first recorded bars of an instrument take the place of all its simulated ones in the same transaction, so nobody ever reads a mix. */
async function replaceSimulated(client: ClientBase, ids: readonly string[]): Promise<void> {
  await client.query("SELECT FROM instrument WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE", [ids]);
  await client.query("DELETE FROM price_bar WHERE instrument_id = ANY($1::uuid[]) AND origin = 'SIMULATED'", [ids]);
  await client.query("UPDATE instrument SET price_origin = 'RECORDED' WHERE id = ANY($1::uuid[]) AND price_origin <> 'RECORDED'", [ids]);
}

async function loadTargets(ctx: ImportCtx): Promise<Map<string, Target>> {
  const held = await ctx.db.$queryRaw<Held[]>`
    SELECT id::text AS id, symbol, price_origin::text AS origin, provider,
           price_origin = 'RECORDED' AND EXISTS (SELECT FROM price_bar b WHERE b.instrument_id = i.id AND b.interval = 'D1') AS "hasRecorded"
    FROM instrument i`;
  const named = (provider: string) => (provider === "" || provider === "nexus-seed" || provider === "simulator" ? PROVIDER : provider);
  return new Map(held.map(({ id, symbol, origin, provider, hasRecorded }) => [symbol, { id, isSimulated: origin === "SIMULATED", isFresh: !hasRecorded, row: rowTemplate(id, named(provider)), seen: new Uint8Array(DAYS >> 3) }]));
}

function toDay(text: string, today: string): Day | string {
  const date = parseTradingDate(text);
  if (date === null) return "bad date";
  if (date > today) return "date in the future";
  const ms = Date.parse(`${date}T00:00:00Z`);
  const index = ms / DAY_MS - FIRST_DAY;
  if (index < 0) return "bad date";
  const micros = (ms - POSTGRES_EPOCH_MS) * 1_000;
  const high = Math.floor(micros / TWO_TO_32);
  return { text, index, high, low: micros - high * TWO_TO_32 };
}

/** Daily bars. One sink serves all price files of a folder, so that a key that comes twice is found across files and in any order. */
async function openSink(ctx: ImportCtx): Promise<RowSink> {
  const targets = await loadTargets(ctx);
  const today = utcDate(ctx.now());
  const days = new Map<string, Day | string>();
  const spare: Spare = [];
  let fresh = new BinaryRows(spare);
  let known = new BinaryRows(spare);
  let replaced = new Set<string>();

  const dayOf = (text: string) => {
    const day = days.get(text) ?? toDay(text, today);
    // Rubbish must not fill the memory.
    if (typeof day !== "string") days.set(text, day);
    return day;
  };

  return {
    accept(fields) {
      const target = targets.get(fields[0]!);
      if (!target) return "unknown ticker";
      const day = dayOf(fields[1]!);
      if (typeof day === "string") return day;
      const figures = [plainNumber(fields[2]!), plainNumber(fields[3]!), plainNumber(fields[4]!), plainNumber(fields[5]!), plainNumber(fields[6]!)] as const;
      const fault = barFault({ open: figures[0], high: figures[1], low: figures[2], close: figures[3], volume: figures[4] });
      if (fault !== null) return fault;
      const bit = 1 << (day.index & 7);
      if (target.seen[day.index >> 3]! & bit) return "duplicate key";
      target.seen[day.index >> 3]! |= bit;
      (target.isFresh ? fresh : known).add(target, day, figures);
      if (target.isSimulated) replaced.add(target.id);
      return null;
    },
    take() {
      const batch = { fresh, known, replaced };
      fresh = new BinaryRows(spare);
      known = new BinaryRows(spare);
      replaced = new Set();
      return async (client, runId) => {
        if (batch.replaced.size > 0) {
          await replaceSimulated(client, [...batch.replaced]);
          for (const target of targets.values()) if (batch.replaced.has(target.id)) target.isSimulated = false;
        }
        const copied = batch.fresh.count === 0 ? 0 : await copyRows(client, `COPY price_bar (${COLUMNS}) FROM STDIN (FORMAT binary)`, batch.fresh.chunks(runId));
        const differing = batch.known.count === 0 ? 0 : await storeDiffering(client, batch.known, runId);
        batch.fresh.release();
        batch.known.release();
        return copied + differing;
      };
    },
  };
}

export const PRICE_FILES: FileKind = { subject: "prices", columns: ["ticker", "date", "open", "high", "low", "close", "volume"], openSink };
