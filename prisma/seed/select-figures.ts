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

write("macro.jsonl", selectMacro({
  meta: readCsv(inFolder("macro_series.csv")),
  observations: readCsv(inFolder("macro.csv.gz")),
  stressHistory: stressHistory ? readCsv(stressHistory) : [],
}));
const { companies, instruments } = selectCompanies({ universe: readCsv(inFolder("universe.csv")), constituents: readCsv(inFolder("constituents.csv")) });
const statements = selectStatements({ fundamentals: readCsv(inFolder("fundamentals.csv")), companies, companyFacts: payload, report: (line) => console.log(line) });
write("companies.jsonl", companies.filter(({ ticker }) => statements.some((entry) => entry.ticker === ticker) || ["HOOD", "MSTR", "IBKR"].includes(ticker)));
write("instruments.jsonl", instruments);
write("statements.jsonl", statements);
