import type { ClientBase } from "pg";
import { AppError } from "@/server/domain/app-error";
import { parseTradingDate, utcDate, yearOf, type TradingDate } from "@/server/domain/calendar/trading-date";
import { barFault } from "@/server/domain/market/bar-fault";
import { plainNumber } from "@/server/domain/market/plain-number";
import { copyRows } from "@/server/platform/copy-rows";
import { BarScanner } from "./bar-scanner";
import { BAR_COLUMNS, barTemplate, BinaryBars, binaryTime, Pages, writeRunId, type BarNumbers, type BinaryTime } from "./binary-bars";
import { PROVIDER } from "./import-file";
import type { FileKind, ImportCtx, RowSink } from "./import-ctx";

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(1900, 0, 1) / DAY_MS;
const DAYS = 75_000;
/** A batch is split by year, and each part is a statement of its own; many rows make those few. */
const BATCH_ROWS = 150_000;

type Held = { id: string; symbol: string; origin: "SIMULATED" | "RECORDED"; provider: string; hasRecorded: boolean; isVendors: boolean };
type Day = { text: TradingDate; year: number; index: number; time: BinaryTime };

/** One instrument as the import sees it: the fixed part of its binary row, and the days it has had in these files. */
type Target = { id: string; isSimulated: boolean; isFresh: boolean; isVendors: boolean; row: Buffer; seen: Uint8Array };

/** Rows of one batch: those of instruments without recorded bars by year, the others together. */
type Batch = { memory: Pages; fresh: Map<number, BinaryBars>; freshIds: Set<string>; known: BinaryBars; knownIds: Set<string>; from: TradingDate | null; to: TradingDate | null; replacedIds: Set<string> };

const emptyBatch = (memory: Pages): Batch => ({ memory, fresh: new Map(), freshIds: new Set(), known: new BinaryBars(memory), knownIds: new Set(), from: null, to: null, replacedIds: new Set() });

function clearBatch(batch: Batch): void {
  for (const bars of batch.fresh.values()) bars.clear();
  batch.known.clear();
  for (const ids of [batch.freshIds, batch.knownIds, batch.replacedIds]) ids.clear();
  batch.from = batch.to = null;
}

/**
 * Bars of instruments that have none: straight to the partition of their year. Through the parent table PostgreSQL stores them one by one,
 * as long as a trigger there reads what arrived; into a partition it stores them page by page, in 60 % of the time. What that trigger
 * guarantees is asked here once for each instrument instead of each row: the instruments are recorded and stay so until these bars are in.
 */
async function storeFresh(client: ClientBase, { fresh, freshIds }: Batch, years: ReadonlySet<number>): Promise<number> {
  const { rows } = await client.query<{ recorded: number }>(
    "SELECT count(*)::int AS recorded FROM (SELECT price_origin FROM instrument WHERE id = ANY($1::uuid[]) ORDER BY id FOR SHARE) held WHERE price_origin = 'RECORDED'",
    [[...freshIds]],
  );
  if (rows[0]?.recorded !== freshIds.size) throw new AppError("CONFLICT", "Instruments were changed while their prices were imported; run the import again", { field: "folder" });
  let copied = 0;
  for (const [year, bars] of fresh) {
    if (bars.count > 0) copied += await copyRows(client, `COPY ${years.has(year) ? `price_bar_${year}` : "price_bar"} (${BAR_COLUMNS}) FROM STDIN (FORMAT binary)`, bars.chunks());
  }
  return copied;
}

/** Bars of instruments that may have some stored: only those that are new or differ are written, the others are not touched. */
async function storeDiffering(client: ClientBase, { known, knownIds, from, to }: Batch, runId: string): Promise<number> {
  await client.query("CREATE TEMP TABLE IF NOT EXISTS arrived_bar (LIKE price_bar) ON COMMIT DELETE ROWS");
  await copyRows(client, `COPY arrived_bar (${BAR_COLUMNS}) FROM STDIN (FORMAT binary)`, known.chunks());
  // A set difference reads each side once; a join would be planned without knowing how many rows have arrived.
  const { rowCount } = await client.query(
    `INSERT INTO price_bar (${BAR_COLUMNS})
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
    [[...knownIds], runId, from, to],
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
           price_origin = 'RECORDED' AND EXISTS (SELECT FROM price_bar b WHERE b.instrument_id = i.id AND b.interval = 'D1') AS "hasRecorded",
           bars_adjusted_for IS NOT NULL AS "isVendors"
    FROM instrument i`;
  const named = (provider: string) => (provider === "" || provider === "nexus-seed" || provider === "simulator" ? PROVIDER : provider);
  return new Map(held.map(({ id, symbol, origin, provider, hasRecorded, isVendors }) => [symbol, { id, isSimulated: origin === "SIMULATED", isFresh: !hasRecorded, isVendors, row: barTemplate(id, named(provider)), seen: new Uint8Array(DAYS >> 3) }]));
}

/** Years that have a partition; bars of others find their place through the parent table. */
async function loadYears(ctx: ImportCtx): Promise<Set<number>> {
  const partitions = await ctx.db.$queryRaw<{ name: string }[]>`SELECT c.relname::text AS name FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhrelid WHERE h.inhparent = 'price_bar'::regclass`;
  return new Set(partitions.flatMap(({ name }) => /^price_bar_(\d{4})$/.exec(name)?.[1] ?? []).map(Number));
}

function toDay(text: string, today: string): Day | string {
  const date = parseTradingDate(text);
  if (date === null) return "bad date";
  if (date > today) return "date in the future";
  const ms = Date.parse(`${date}T00:00:00Z`);
  const index = ms / DAY_MS - FIRST_DAY;
  return index < 0 ? "bad date" : { text: date, year: yearOf(date), index, time: binaryTime(ms) };
}

const isSeen = ({ seen }: Target, { index }: Day) => (seen[index >> 3]! & (1 << (index & 7))) !== 0;

function addTo(batch: Batch, target: Target, day: Day, bar: BarNumbers): void {
  target.seen[day.index >> 3]! |= 1 << (day.index & 7);
  if (target.isSimulated) batch.replacedIds.add(target.id);
  if (target.isFresh) {
    let bars = batch.fresh.get(day.year);
    if (!bars) batch.fresh.set(day.year, (bars = new BinaryBars(batch.memory)));
    bars.add(target.row, day.time, bar);
    batch.freshIds.add(target.id);
    return;
  }
  batch.known.add(target.row, day.time, bar);
  batch.knownIds.add(target.id);
  if (batch.from === null || day.text < batch.from) batch.from = day.text;
  if (batch.to === null || day.text > batch.to) batch.to = day.text;
}

/** Daily bars. One sink serves all price files of a folder, so that a key that comes twice is found across files and in any order. */
async function openSink(ctx: ImportCtx): Promise<RowSink> {
  const [targets, years] = await Promise.all([loadTargets(ctx), loadYears(ctx)]);
  const today = utcDate(ctx.now());
  const days = new Map<string, Day>();
  const daysByNumber = new Map<number, Day>();
  const memory = new Pages();
  const spare: Batch[] = [];
  const scanner = new BarScanner();
  let batch = emptyBatch(memory);

  const dayOf = (text: string): Day | string => {
    const day = days.get(text) ?? toDay(text, today);
    // Rubbish must not fill the memory.
    if (typeof day !== "string") days.set(text, day);
    return day;
  };
  const scannedDay = ({ year, month, day }: BarScanner): Day | null => {
    const number = (year * 100 + month) * 100 + day;
    const known = daysByNumber.get(number);
    if (known) return known;
    const found = dayOf(`${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`);
    if (typeof found === "string") return null;
    daysByNumber.set(number, found);
    return found;
  };

  return {
    begin(runId) {
      for (const { row } of targets.values()) writeRunId(row, runId);
    },
    scan(bytes, at) {
      const next = scanner.read(bytes, at);
      if (next === -1) return -1;
      const target = targets.get(scanner.ticker);
      const day = scannedDay(scanner);
      // What is wrong with a row is worded in one place only, below.
      if (!target || target.isVendors || !day || barFault(scanner) !== null || isSeen(target, day)) return -1;
      addTo(batch, target, day, scanner);
      return next;
    },
    accept(fields) {
      const target = targets.get(fields[0]!);
      if (!target) return "unknown ticker";
      // The rule of domain/market/join-levels: a file tells nothing of what its prices are adjusted for.
      if (target.isVendors) return "a vendor's bars are stored, and these may be adjusted otherwise";
      const day = dayOf(fields[1]!);
      if (typeof day === "string") return day;
      const bar = { open: plainNumber(fields[2]!), high: plainNumber(fields[3]!), low: plainNumber(fields[4]!), close: plainNumber(fields[5]!), volume: plainNumber(fields[6]!) };
      const fault = barFault(bar);
      if (fault !== null) return fault;
      if (isSeen(target, day)) return "duplicate key";
      addTo(batch, target, day, bar);
      return null;
    },
    take() {
      const taken = batch;
      batch = spare.pop() ?? emptyBatch(memory);
      return async (client, runId) => {
        const { replacedIds } = taken;
        if (replacedIds.size > 0) {
          await replaceSimulated(client, [...replacedIds]);
          for (const target of targets.values()) if (replacedIds.has(target.id)) target.isSimulated = false;
        }
        const copied = taken.freshIds.size === 0 ? 0 : await storeFresh(client, taken, years);
        const differing = taken.known.count === 0 ? 0 : await storeDiffering(client, taken, runId);
        clearBatch(taken);
        spare.push(taken);
        return copied + differing;
      };
    },
    drop: () => clearBatch(batch),
  };
}

export const PRICE_FILES: FileKind = { subject: "prices", columns: ["ticker", "date", "open", "high", "low", "close", "volume"], batchRows: BATCH_ROWS, openSink };
