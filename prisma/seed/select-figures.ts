/**
 * Chooses and re-expresses the bundled figures from a folder of recorded public data. Run by hand when the record grows:
 *
 *     npx tsx prisma/seed/select-figures.ts <data folder> [stress-test history.csv]
 *
 * Nothing of the folder is needed to install, seed or test: what it yields is kept in `figures/`.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { selectCompanies } from "./select-companies";
import { selectReturnBetas } from "./select-return-betas";
import { selectMacro } from "./select-macro";
import { selectStatements } from "./select-statements";

export type CsvRow = Record<string, string>;

const [dataFolder, stressHistory] = process.argv.slice(2);
if (!dataFolder) throw new Error("Usage: tsx prisma/seed/select-figures.ts <data folder> [stress-test history.csv]");

const out = join(import.meta.dirname, "figures");

function readCsv(path: string): CsvRow[] {
  const bytes = readFileSync(path);
  return parse(path.endsWith(".gz") ? gunzipSync(bytes) : bytes, { columns: true, skip_empty_lines: true }) as CsvRow[];
}

function write(name: string, rows: readonly unknown[]): void {
  writeFileSync(join(out, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  console.log(`${name}: ${rows.length} lines`);
}

const inFolder = (name: string) => join(dataFolder, name);
const payload = (ticker: string): unknown => {
  const path = inFolder(`payloads/sec/companyfacts_${ticker}.json`);
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : null;
};

/** Closes by ticker. The price files are read line by line: their fields are never quoted, and as objects they would fill the memory. */
function readCloses(path: string): Map<string, { date: string; close: number }[]> {
  const closes = new Map<string, { date: string; close: number }[]>();
  for (const line of gunzipSync(readFileSync(path)).toString("utf8").split("\n").slice(1)) {
    const [ticker, date, , , , close] = line.split(",");
    if (!ticker || !date || !close) continue;
    if (!closes.has(ticker)) closes.set(ticker, []);
    closes.get(ticker)!.push({ date, close: Number(close) });
  }
  return closes;
}

const macro = selectMacro({
  meta: readCsv(inFolder("macro_series.csv")),
  observations: readCsv(inFolder("macro.csv.gz")),
  stressHistory: stressHistory ? readCsv(stressHistory) : [],
});
write("macro.jsonl", macro);
const { companies, instruments } = selectCompanies({ universe: readCsv(inFolder("universe.csv")), constituents: readCsv(inFolder("constituents.csv")) });
const statements = selectStatements({ fundamentals: readCsv(inFolder("fundamentals.csv")), companies, companyFacts: payload, report: (line) => console.log(line) });
write("companies.jsonl", companies.filter(({ ticker }) => statements.some((entry) => entry.ticker === ticker) || ["HOOD", "MSTR", "IBKR"].includes(ticker)));
write("instruments.jsonl", instruments);
write("statements.jsonl", statements);
write("return-betas.jsonl", selectReturnBetas({
  closes: new Map([...readCloses(inFolder("prices_daily_sp500_rest.csv.gz")), ...readCloses(inFolder("prices_daily.csv.gz"))]),
  macro,
  companies,
  instruments,
}));
