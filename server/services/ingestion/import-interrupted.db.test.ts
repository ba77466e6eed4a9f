import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { addDays, tradingDate } from "@/server/domain/calendar/trading-date";
import { anInstrument } from "@/server/testing/factories/market-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { closeAllInterruptedRuns, RUN_LOCKS } from "./close-interrupted-runs";
import type { ImportCtx } from "./import-ctx";
import { importFolder } from "./import-folder";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 4 });
const ctx: ImportCtx = { ...createTestCtx(), pool };
const root = resolve(import.meta.dirname, "../../..");
afterAll(async () => {
  await pool.end();
  await ctx.db.$disconnect();
});

const HEADER = "ticker,date,open,high,low,close,volume";
const DAYS = 4_000;

async function aPriceFolder(shares: number): Promise<{ folder: string; ids: string[] }> {
  const instruments = await Promise.all(Array.from({ length: shares }, () => anInstrument(ctx.db)));
  const days = Array.from({ length: DAYS }, (_, index) => addDays(tradingDate("2010-01-01"), index));
  const lines = instruments.flatMap(({ symbol }) => days.map((date) => `${symbol},${date},10,12,9,11,100`));
  const folder = mkdtempSync(join(tmpdir(), "nexus-import-"));
  writeFileSync(join(folder, "prices_daily.csv"), `${[HEADER, ...lines].join("\n")}\n`);
  return { folder, ids: instruments.map(({ id }) => id) };
}

/** Ends the sessions of this database whose last statement looks like this; none of this file's own. */
async function endSessions(statement: string): Promise<number> {
  const { rowCount } = await pool.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND query ~ $1", [statement]);
  return rowCount ?? 0;
}

const storedBars = (ids: string[]) => ctx.db.priceBar.count({ where: { instrumentId: { in: ids } } });
const runOf = (scope: string) => ctx.db.ingestionRun.findFirstOrThrow({ where: { scope }, orderBy: { startedAt: "desc" } });

async function untilStored(rows: bigint): Promise<void> {
  const isUnderWay = () => ctx.db.ingestionRun.findFirst({ where: { scope: "prices_daily.csv", status: "RUNNING", checkpoint: { gt: rows } } });
  for (let wait = 0; wait < 3_000 && !(await isUnderWay()); wait++) await sleep(5);
}

describe("an import whose connection is ended", () => {
  it("says so in one sentence, fails, and goes on the next time with nothing lost and nothing twice", async () => {
    const { folder, ids } = await aPriceFolder(6);
    const child = spawn(process.execPath, ["--import", "tsx", "server/cli/import-data.ts", folder, "--batch", "100"], { cwd: root, env: { ...process.env, DATA_DIR: folder, LOG_LEVEL: "silent" }, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (text: Buffer) => (said += text.toString()));
    const ended = new Promise<number | null>((done) => child.once("exit", (code) => done(code)));
    await untilStored(1_000n);
    expect(await endSessions("^(BEGIN|COMMIT|COPY price_bar|UPDATE ingestion_run SET checkpoint|SELECT count)")).toBeGreaterThan(0);
    expect(await ended).toBe(1);

    const { id, checkpoint, status } = await runOf("prices_daily.csv");
    expect(said.trim()).toBe(`UPSTREAM_UNAVAILABLE: The connection to the database was lost; prices_daily.csv is stored up to line ${checkpoint}. Nothing is lost or half stored: run the same command again and it goes on from there.`);
    expect(status).toBe("FAILED");
    expect(await storedBars(ids)).toBe(Number(checkpoint) - 1);

    const report = await importFolder(ctx, { folder });
    expect(report.files[0]).toMatchObject({ status: "imported", runId: id, resumedAfterLine: Number(checkpoint), received: ids.length * DAYS, rejected: 0 });
    expect(await storedBars(ids)).toBe(ids.length * DAYS);
    expect((await importFolder(ctx, { folder })).files[0]).toMatchObject({ status: "unchanged" });
  });

  it("stops as well when it loses the session that keeps other imports away", async () => {
    const { folder, ids } = await aPriceFolder(6);
    const importing = importFolder(ctx, { folder, batchRows: 100 });
    const outcome = importing.then(() => null, (cause: unknown) => cause);
    await untilStored(500n);
    expect(await endSessions("^UPDATE ingestion_run SET status")).toBe(1);
    expect(await outcome).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", details: { component: "database" } });
    expect(await storedBars(ids)).toBeLessThan(ids.length * DAYS);
    await importFolder(ctx, { folder });
    expect(await storedBars(ids)).toBe(ids.length * DAYS);
  });
});

describe("runs that a killed process left open", () => {
  const open = (provider: string, scope: string) => ctx.db.ingestionRun.create({ data: { provider, subject: "prices", scope } });
  const statusOf = async (id: string) => (await ctx.db.ingestionRun.findUniqueOrThrow({ where: { id } })).status;

  it("are closed by the next import, those of imports only", async () => {
    const [cut, other] = [await open("import", "prices_daily_gone.csv"), await open("vendor", "somewhere")];
    const { folder } = await aPriceFolder(1);
    await importFolder(ctx, { folder });
    const closed = await ctx.db.ingestionRun.findUniqueOrThrow({ where: { id: cut.id } });
    expect(closed).toMatchObject({ status: "FAILED", error: "Interrupted: the process ended before the run did." });
    expect(closed.finishedAt).not.toBeNull();
    expect(await statusOf(other.id)).toBe("RUNNING");
  });

  it("are closed at a start, unless their kind is at work", async () => {
    const [seed, simulation, imported] = [await open("sec-filing", "seed: statements"), await open("simulator", "simulated daily bars"), await open("import", "macro.csv")];
    const [holder, client] = await Promise.all([pool.connect(), pool.connect()]);
    try {
      await holder.query("SELECT pg_advisory_lock($1)", [RUN_LOCKS.import]);
      expect(await closeAllInterruptedRuns(client, new Date())).toBe(2);
      expect(await Promise.all([seed, simulation, imported].map(({ id }) => statusOf(id)))).toEqual(["FAILED", "FAILED", "RUNNING"]);
      await holder.query("SELECT pg_advisory_unlock($1)", [RUN_LOCKS.import]);
      expect(await closeAllInterruptedRuns(client, new Date())).toBe(1);
    } finally {
      holder.release();
      client.release();
    }
  });
});

describe("bars of years without a partition", () => {
  it("are stored as well, with those of other years in one file", async () => {
    const share = await anInstrument(ctx.db);
    const folder = mkdtempSync(join(tmpdir(), "nexus-import-"));
    const dates = ["1985-06-03", "1999-12-31", "2000-01-03", "2026-01-02"];
    writeFileSync(join(folder, "prices_daily.csv"), [HEADER, ...dates.map((date) => `${share.symbol},${date},10,12,9,11,100`)].join("\r\n"));
    expect((await importFolder(ctx, { folder })).files[0]).toMatchObject({ changed: 4, rejected: 0 });
    const { rows } = await pool.query<{ place: string }>("SELECT tableoid::regclass::text AS place FROM price_bar WHERE instrument_id = $1 ORDER BY time", [share.id]);
    expect(rows.map(({ place }) => place)).toEqual(["price_bar_default", "price_bar_default", "price_bar_2000", "price_bar_2026"]);
  });
});
