import { spawn } from "node:child_process";
import { createReadStream, existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip, gzipSync } from "node:zlib";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { addDays, tradingDate } from "@/server/domain/calendar/trading-date";
import { simulatePrices } from "@/server/services/market/simulate-prices";
import { aCompany, anInstrument, aSeries, aStatement, uniqueTicker } from "@/server/testing/factories/market-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import type { ImportCtx } from "./import-ctx";
import { importFolder } from "./import-folder";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 4 });
const ctx: ImportCtx = { ...createTestCtx(), pool };
const root = resolve(import.meta.dirname, "../../..");
afterAll(async () => {
  await pool.end();
  await ctx.db.$disconnect();
});

const PRICE_HEADER = "ticker,date,open,high,low,close,volume";
const price = (ticker: string, date: string, rest = "10,12,9,11,100") => `${ticker},${date},${rest}`;

function aFolder(files: Record<string, readonly string[] | Buffer>): string {
  const folder = mkdtempSync(join(tmpdir(), "nexus-import-"));
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.isBuffer(content) ? content : Buffer.from(`${content.join("\n")}\n`);
    writeFileSync(join(folder, name), name.endsWith(".gz") && !Buffer.isBuffer(content) ? gzipSync(bytes) : bytes);
  }
  return folder;
}

const daysFrom = (first: string, count: number) => Array.from({ length: count }, (_, index) => addDays(tradingDate(first), index));
const bars = (instrumentId: string) => ctx.db.priceBar.findMany({ where: { instrumentId }, orderBy: { time: "asc" }, omit: { runId: true } });
const forget = (runIds: string[]) => ctx.db.ingestionRun.deleteMany({ where: { id: { in: runIds } } });
const runIds = (report: Awaited<ReturnType<typeof importFolder>>) => report.files.map(({ runId }) => runId);

describe("importFolder", () => {
  it("stores every good row and lists every bad one with its file, line and reason", async () => {
    const share = await anInstrument(ctx.db);
    const t = share.symbol;
    const rows = [
      PRICE_HEADER,
      price(t, "2025-01-02"), price(t, "2025-01-03", "10,8,9,9,100"), price(t, "2025-01-06", "-1,12,-2,11,100"), price("NOBODY9", "2025-01-02"), price(t, "2025-01-02", "1,1,1,1,1"),
      price(t, "2025-02-30"), `${t},2025-01-07,1,1,1`, price(t, "2025-01-08", "ten,12,9,11,100"), price(t, "2025-01-09", "10,12,9,13,100"), price(t, "2025-01-10", "10,12,9,11,-5"),
      price(t, "2025-01-13", "10,12,9,0x11,100"), price(t, "2999-01-03"), `"${t},2025-01-14,1,1,1,1,1`, "", price(t, "2025-01-15", "0,12,0,11,1"), `"${t}","2025-01-16",10,12,9,11,0`,
    ];
    const report = await importFolder(ctx, { folder: aFolder({ "prices_daily.csv.gz": rows }) });
    expect((await bars(share.id)).map(({ time, close }) => [time.toISOString().slice(0, 10), close])).toEqual([["2025-01-02", 11], ["2025-01-16", 11]]);
    const rejects = await ctx.db.importReject.findMany({ where: { runId: { in: runIds(report) } }, orderBy: { line: "asc" } });
    expect(rejects.map(({ line, reason }) => [Number(line), reason])).toEqual([
      [3, "high < low"], [4, "negative price"], [5, "unknown ticker"], [6, "duplicate key"], [7, "bad date"], [8, "wrong column count: 5 instead of 7"], [9, "non-numeric open"],
      [10, "close outside low to high"], [11, "negative volume"], [12, "non-numeric close"], [13, "date in the future"], [14, "open quote"], [16, "zero price"],
    ]);
    expect(rejects.every(({ file, raw }, index) => file === "prices_daily.csv.gz" && raw === rows[Number(rejects[index]!.line) - 1])).toBe(true);
    expect(report.files).toMatchObject([{ status: "imported", received: 15, changed: 2, rejected: 13 }]);
  });

  it("joins nothing to the bars of a vendor: a file does not say what its prices are adjusted for", async () => {
    const share = await anInstrument(ctx.db, { priceOrigin: "RECORDED", barsAdjustedFor: "splits" });
    const report = await importFolder(ctx, { folder: aFolder({ "prices_daily.csv": [PRICE_HEADER, price(share.symbol, "2025-01-02")] }) });
    expect(await bars(share.id)).toEqual([]);
    expect(await ctx.db.importReject.findMany({ where: { runId: { in: runIds(report) } } })).toMatchObject([{ reason: "a vendor's bars are stored, and these may be adjusted otherwise" }]);
  });

  it("changes nothing the second time, by the content's hash, and also when nothing is known of the first run", async () => {
    const share = await anInstrument(ctx.db);
    const folder = aFolder({ "prices_daily.csv": [PRICE_HEADER, ...daysFrom("2024-12-20", 30).map((date) => price(share.symbol, date)), price(share.symbol, "2024-12-25")] });
    const first = await importFolder(ctx, { folder, batchRows: 7 });
    expect(first.files[0]).toMatchObject({ changed: 30, rejected: 1 });
    const stored = await ctx.db.priceBar.findMany({ where: { instrumentId: share.id }, orderBy: { time: "asc" } });

    expect((await importFolder(ctx, { folder })).files[0]).toMatchObject({ status: "unchanged", changed: 0, rejected: 1 });
    await forget(runIds(first));
    const third = await importFolder(ctx, { folder, batchRows: 11 });
    expect(third.files[0]).toMatchObject({ status: "imported", received: 31, changed: 0, rejected: 1 });
    expect(await ctx.db.priceBar.findMany({ where: { instrumentId: share.id }, orderBy: { time: "asc" } })).toEqual(stored);
  });

  it("writes only the rows of a new edition of a file that differ", async () => {
    const share = await anInstrument(ctx.db);
    const lines = daysFrom("2025-03-01", 20).map((date) => price(share.symbol, date));
    await importFolder(ctx, { folder: aFolder({ "prices_daily.csv": [PRICE_HEADER, ...lines] }) });
    const edition = [...lines.with(4, price(share.symbol, "2025-03-05", "10,12,9,10,100")), price(share.symbol, "2025-03-21")];
    expect((await importFolder(ctx, { folder: aFolder({ "prices_daily.csv": [PRICE_HEADER, ...edition] }) })).files[0]).toMatchObject({ received: 21, changed: 2 });
    expect((await bars(share.id))[4]).toMatchObject({ close: 10 });
  });

  it("finds a key that comes twice in any order and across files, also when one of them is stored already", async () => {
    const [a, b] = await Promise.all([anInstrument(ctx.db), anInstrument(ctx.db)]);
    const unsorted = [price(b.symbol, "2025-01-03"), price(a.symbol, "2025-01-02"), price(b.symbol, "2025-01-02"), price(a.symbol, "2025-01-02", "1,1,1,1,1"), price(b.symbol, "2025-01-03", "2,2,2,2,2")];
    const folder = aFolder({ "prices_daily.csv": [PRICE_HEADER, ...unsorted], "prices_daily_rest.csv": [PRICE_HEADER, price(a.symbol, "2025-01-02", "3,3,3,3,3"), price(a.symbol, "2025-01-03")] });
    const report = await importFolder(ctx, { folder, batchRows: 2 });
    expect(report.files.map(({ changed, rejected }) => [changed, rejected])).toEqual([[3, 2], [1, 1]]);
    await forget([report.files[1]!.runId]);
    expect((await importFolder(ctx, { folder })).files.map(({ status, changed, rejected }) => [status, changed, rejected])).toEqual([["unchanged", 0, 2], ["imported", 0, 1]]);
    expect((await bars(a.id)).map(({ close }) => close)).toEqual([11, 11]);
  });

  it("puts recorded bars in the place of simulated ones without a moment of both", async () => {
    const shares = await Promise.all([anInstrument(ctx.db), anInstrument(ctx.db), anInstrument(ctx.db)]);
    await simulatePrices({ ...ctx, now: () => new Date("2024-06-01T00:00:00Z") }, { symbols: shares.map(({ symbol }) => symbol) });
    const lines = shares.flatMap(({ symbol }) => daysFrom("2023-01-01", 200).map((date) => price(symbol, date)));
    const mixes: number[] = [];
    let isDone = false;
    const watching = (async () => {
      while (!isDone) {
        const { rows } = await pool.query<{ origins: string }>("SELECT count(DISTINCT b.origin) + count(*) FILTER (WHERE b.origin <> i.price_origin) AS origins FROM price_bar b JOIN instrument i ON i.id = b.instrument_id WHERE i.id = ANY($1::uuid[]) GROUP BY i.id", [shares.map(({ id }) => id)]);
        mixes.push(...rows.map(({ origins }) => Number(origins)));
      }
    })();
    await importFolder(ctx, { folder: aFolder({ "prices_daily.csv": [PRICE_HEADER, ...lines] }), batchRows: 25 });
    isDone = true;
    await watching;
    expect(mixes.length).toBeGreaterThan(0);
    expect(mixes.every((origins) => origins === 1)).toBe(true);
    for (const { id } of shares) {
      expect(await ctx.db.instrument.findUnique({ where: { id } })).toMatchObject({ priceOrigin: "RECORDED" });
      const stored = await bars(id);
      expect(stored).toHaveLength(200);
      expect(stored.every(({ origin }) => origin === "RECORDED")).toBe(true);
    }
  });

  it("goes on after kill -9 where it stopped and ends with the same rows", async () => {
    const shares = await Promise.all(Array.from({ length: 8 }, () => anInstrument(ctx.db)));
    const lines = shares.flatMap(({ symbol }) => [...daysFrom("2010-01-01", 4_000).map((date) => price(symbol, date)), price(symbol, "2012-02-30")]);
    const folder = aFolder({ "prices_daily.csv": [PRICE_HEADER, ...lines] });
    const home = join(folder, "home");
    mkdirSync(home);
    const child = spawn(process.execPath, ["--import", "tsx", "server/cli/import-data.ts", folder, "--batch", "100"], { cwd: root, env: { ...process.env, DATA_DIR: home, LOG_LEVEL: "silent" }, stdio: "ignore" });
    const ended = new Promise<NodeJS.Signals | null>((done) => child.once("exit", (_code, signal) => done(signal)));
    const ofFolder = { scope: "prices_daily.csv", status: "RUNNING" as const, checkpoint: { gt: 1_000n } };
    const cut = async () => ctx.db.ingestionRun.findFirst({ where: ofFolder, orderBy: { startedAt: "desc" } });
    for (let wait = 0; wait < 2_000 && !(await cut()); wait++) await sleep(10);
    child.kill("SIGKILL");
    expect(await ended).toBe("SIGKILL");

    const run = (await cut())!;
    const storedAtKill = await ctx.db.priceBar.count({ where: { runId: run.id } });
    // What is stored and what the checkpoint says are one: the header and one refused row for each whole share are no bars.
    expect(storedAtKill + run.rejected).toBe(Number(run.checkpoint) - 1);
    expect(storedAtKill).toBeLessThan(32_000);

    // The server notices the dead client when it next writes to it; until then the lock is held.
    let report = null;
    for (let attempt = 0; attempt < 100 && report === null; attempt++) {
      report = await importFolder(ctx, { folder }).catch(async (cause: { code?: string }) => {
        if (cause.code !== "CONFLICT") throw cause;
        await sleep(50);
        return null;
      });
    }
    expect(report!.files[0]).toMatchObject({ status: "imported", runId: run.id, resumedAfterLine: Number(run.checkpoint), received: 32_008, changed: 32_000 - storedAtKill, rejected: 8 });
    expect(await ctx.db.priceBar.count({ where: { instrumentId: { in: shares.map(({ id }) => id) } } })).toBe(32_000);
    expect(await ctx.db.importReject.count({ where: { runId: run.id } })).toBe(8);
    expect((await importFolder(ctx, { folder })).files[0]).toMatchObject({ status: "unchanged" });
  });

  it("names what is wrong with a folder and touches nothing", async () => {
    const share = await anInstrument(ctx.db);
    const before = await ctx.db.ingestionRun.count();
    const good = gzipSync([PRICE_HEADER, ...daysFrom("2010-01-01", 3_000).map((date) => price(share.symbol, date))].join("\n"));
    const failure = (folder: string) => importFolder(ctx, { folder });
    await expect(failure("/no/such/folder")).rejects.toMatchObject({ code: "NOT_FOUND", details: { field: "folder" } });
    await expect(failure(aFolder({ "readme.txt": ["hello"] }))).rejects.toMatchObject({ code: "INVALID_INPUT", details: { field: "folder" } });
    await expect(failure(aFolder({ "macro.csv": ["series_id,date,value"] }))).rejects.toMatchObject({ code: "INVALID_INPUT", details: { file: "macro_series.csv" } });
    await expect(failure(aFolder({ "prices_daily.csv.gz": good.subarray(0, good.length / 2) }))).rejects.toMatchObject({ code: "INVALID_INPUT", details: { file: "prices_daily.csv.gz" } });
    await expect(failure(aFolder({ "prices_daily.csv.gz": Buffer.from("no gzip") }))).rejects.toMatchObject({ code: "INVALID_INPUT", details: { file: "prices_daily.csv.gz" } });
    expect(await ctx.db.ingestionRun.count()).toBe(before);
    await expect(failure(aFolder({ "prices_daily.csv": ["ticker,date,open"] }))).rejects.toMatchObject({ code: "INVALID_INPUT", details: { missing: ["high", "low", "close", "volume"] } });
    await expect(failure(aFolder({ "prices_daily.csv": Buffer.alloc(0) }))).rejects.toMatchObject({ code: "INVALID_INPUT" });
    expect(await bars(share.id)).toEqual([]);
  });

  it("lets one import run at a time", async () => {
    const share = await anInstrument(ctx.db);
    const folder = () => aFolder({ "prices_daily.csv": [PRICE_HEADER, ...daysFrom("2010-01-01", 2_000).map((date) => price(share.symbol, date))] });
    const results = await Promise.allSettled([importFolder(ctx, { folder: folder(), batchRows: 50 }), importFolder(ctx, { folder: folder(), batchRows: 50 })]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(results.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "CONFLICT" } });
  });

  it("adds companies and series, fills profiles, and leaves what the product was delivered with", async () => {
    const [fresh, coin] = [uniqueTicker("U"), `${uniqueTicker("C")}USDT`];
    const bundled = await aCompany(ctx.db, { name: "Kept Name", provider: "sec-filing", industry: "Kept", cik: null });
    const known = await aSeries(ctx.db, [["2025-01-01", 4], ["2025-02-01", 5]], { name: "Kept series" });
    const unknown = uniqueTicker("M");
    const stranger = uniqueTicker("X");
    const folder = aFolder({
      "universe.csv": ["ticker,name,kind,sector5,gics_sector,gics_sub_industry,price_source", `${fresh},"Fresh, Inc.",stock,,Utilities,Gas,vendor`, `${bundled.ticker},Other Name,stock,BANKING,,Else,vendor`, `${coin},,crypto,CRYPTO,,,binance`, "bad ticker,x,stock,,,,", `${fresh},Twice,stock,,,,`],
      "constituents.csv": ["symbol,gics_sub_industry,headquarters,cik,founded", `${bundled.ticker},Else,"Omaha, Nebraska",123,1900`, `${stranger},,,,`, "no ticker,,,,"],
      "macro_series.csv": ["series_id,name,unit,frequency,source", `${known.code},Other,Percent,monthly,pull 2026-08-21`, `${unknown},10-year Treasury yield,Percent,monthly,FRED-MD vintage 2025-12`],
      "macro.csv": ["series_id,date,value", `${known.code},2025-01-01,4`, `${known.code},2025-02-01,5.5`, `${unknown},2025-01-01,1e-2`, `${unknown},2025-01-01,7`, `${unknown},2025-13-01,7`, `${unknown},2025-02-01,.`, "NOSERIES,2025-01-01,1"],
      "news.csv": ["published_at,source,title,url,tickers", `2025-03-04T10:00:00Z,Wire,${unknown} profit rises,https://wire.example/${unknown},${bundled.ticker} NOBODY9`, `2025-03-04,Wire,${unknown} stays flat,,`, "yesterday,Wire,No date,,", "2025-03-04,Wire,,https://wire.example/x,"],
    });
    const report = await importFolder(ctx, { folder });
    expect(report.files.map(({ received, changed, rejected }) => [received, changed, rejected])).toEqual([[5, 4, 2], [3, 2, 1], [2, 1, 0], [7, 2, 4], [4, 2, 2]]);

    expect(await ctx.db.company.findUnique({ where: { ticker: fresh }, include: { sector: true, node: true, instruments: true } })).toMatchObject({ name: "Fresh, Inc.", provider: "import", sector: { code: "OTHER" }, node: { key: `company:${fresh}` }, instruments: [{ symbol: fresh, provider: "vendor" }] });
    expect(await ctx.db.company.findUnique({ where: { ticker: bundled.ticker } })).toMatchObject({ name: "Kept Name", industry: "Kept", cik: "0000000123", headquarters: "Omaha, Nebraska", founded: "1900" });
    expect(await ctx.db.instrument.findUnique({ where: { symbol: coin } })).toMatchObject({ kind: "CRYPTO", currency: "USDT", calendar: "24/7", name: coin });
    expect(await ctx.db.macroSeries.findUnique({ where: { code: known.code } })).toMatchObject({ name: "Kept series" });
    expect(await ctx.db.macroSeries.findUnique({ where: { code: unknown }, include: { observations: true } })).toMatchObject({ category: "rates", observations: [{ value: 0.01, knownAt: new Date("2025-12-31") }] });
    expect(await ctx.db.macroObservation.count({ where: { series: { code: known.code } } })).toBe(3);
    expect((await ctx.db.indexMember.findMany({ where: { symbol: { in: [bundled.ticker, stranger] } } })).map(({ index }) => index)).toEqual(["SP500", "SP500"]);
    const articles = await ctx.db.article.findMany({ where: { title: { startsWith: unknown } }, orderBy: { hasTime: "desc" }, include: { source: true, tags: { where: { kind: "TICKER" } } } });
    expect(articles).toMatchObject([{ hasTime: true, source: { key: "wire", kind: "IMPORT" }, tags: [{ value: bundled.ticker }] }, { hasTime: false, url: null, publishedAt: new Date("2025-03-04T00:00:00Z") }]);

    await forget(runIds(report));
    expect((await importFolder(ctx, { folder })).files.map(({ changed }) => changed)).toEqual([0, 0, 0, 0, 0]);
  });

  it("never writes statements of a worse source over better ones", async () => {
    const company = await aCompany(ctx.db);
    await aStatement(ctx.db, company.id, { end: "2025-09-27", revenue: 100 });
    const header = "ticker,fiscal_year,fiscal_period,period_end,revenue,operating_income,net_income,interest_expense,total_assets,total_liabilities,total_debt,equity,cash,eps_basic,eps_diluted,shares_diluted_avg,shares_outstanding,operating_cash_flow,free_cash_flow,source,note";
    const row = (year: number, period: string, end: string, revenue: string, source: string) => `${company.ticker},${year},${period},${end},${revenue},,,,,,,,,,,,,50,20,${source},`;
    const folder = aFolder({ "fundamentals.csv": [header, row(2025, "Q3", "2025-09-30", "99", "yahoo_quarterly"), row(2025, "Q2", "2025-06-30", "80", "yahoo_quarterly"), row(2024, "FY", "2024-12-31", "300", "nyse_fundamentals"), row(2025, "FY", "2024-12-28", "301", "sec_companyfacts"), row(2025, "Q1", "2025-03-31", "many", "yahoo_quarterly")] });
    const report = await importFolder(ctx, { folder });
    expect(report.files[0]).toMatchObject({ received: 5, changed: 2, rejected: 1 });
    const stored = await ctx.db.financialStatement.findMany({ where: { companyId: company.id }, orderBy: { periodEnd: "asc" } });
    expect(stored.map(({ periodEnd, revenue, provider, capex, netIncome }) => [periodEnd.toISOString().slice(0, 10), Number(revenue), provider, capex === null ? null : Number(capex), netIncome])).toEqual([
      ["2024-12-28", 301, "sec_companyfacts", 30, null], ["2025-06-30", 80, "yahoo_quarterly", 30, null], ["2025-09-27", 100, "sec-filing", null, null],
    ]);
    await forget(runIds(report));
    expect((await importFolder(ctx, { folder })).files[0]).toMatchObject({ changed: 0 });
  });
});

const recorded = resolve(root, "../shared/data/prices_daily.csv.gz");

describe.runIf(existsSync(recorded))("importFolder on recorded prices (skipped when ../shared/data/prices_daily.csv.gz is absent)", () => {
  it("takes the first rows of the real file without refusing one", async () => {
    const own = new Map<string, { symbol: string; id: string }>();
    const lines: string[] = [PRICE_HEADER];
    for await (const line of createInterface({ input: createReadStream(recorded).pipe(createGunzip()) })) {
      if (line.startsWith("ticker,")) continue;
      if (lines.length > 6_000) break;
      const ticker = line.slice(0, line.indexOf(","));
      const share = own.get(ticker) ?? (await anInstrument(ctx.db));
      own.set(ticker, share);
      lines.push(line.replace(ticker, share.symbol));
    }
    const report = await importFolder(ctx, { folder: aFolder({ "prices_daily.csv.gz": lines }) });
    expect(report.files[0]).toMatchObject({ received: 6_000, changed: 6_000, rejected: 0 });
    const [first] = await bars([...own.values()][0]!.id);
    expect(`${first!.time.toISOString().slice(0, 10)},${first!.open},${first!.high},${first!.low},${first!.close},${first!.volume}`).toBe(lines[1]!.slice(lines[1]!.indexOf(",") + 1));
  });
});
