import type { MACRO_CATEGORIES } from "@/server/contracts/macro";
import type { FileKind, RowSink } from "./import-ctx";
import { PROVIDER } from "./import-file";
import { onceEach, queuedRows } from "./queued-rows";

type Category = (typeof MACRO_CATEGORIES)[number];
type Row = { code: string; name: string; unit: string; frequency: string; agency: string; category: Category; vintage: string };

const FREQUENCIES: Readonly<Record<string, string>> = { daily: "DAILY", weekly: "WEEKLY", monthly: "MONTHLY", quarterly: "QUARTERLY", annual: "ANNUAL" };

/** The file has no category; words of the name decide, in this order, and what fits nowhere is `global`. */
const CATEGORY_WORDS: readonly (readonly [Category, RegExp])[] = [
  ["trade-fx", /per (usd|us dollar)|usd per (gbp|eur|aud)|exchange rate|fx rate|dollar index/i],
  ["rates", /fed(eral)? ?funds|treasury|yield|interest rate|commercial paper|prime rate|discount rate|bond/i],
  ["prices", /\bcpi\b|\bppi\b|\bpce\b|price index|deflator|inflation/i],
  ["labour", /employ|unemploy|hours|earnings|claims|labou?r|payroll|job|help-wanted|wage/i],
  ["housing", /housing|permits|home/i],
  ["money-credit", /money|\bm1\b|\bm2\b|loan|credit|reserves|monetary|debt|balance sheet/i],
  ["output", /gdp|production|capacity|orders|sales|inventor|consumption|income|sentiment/i],
];

export const macroCategory = (name: string, unit: string): Category => CATEGORY_WORDS.find(([, words]) => words.test(`${name} ${unit}`))?.[0] ?? "global";

function openSink(): Promise<RowSink> {
  const isNew = onceEach();
  const sink = queuedRows<Row>(
    ([code = "", name = "", unit = "", frequencyName = "", source = ""]) => {
      const frequency = FREQUENCIES[frequencyName];
      if (code === "" || code.length > 60) return "bad series id";
      if (!frequency) return `unknown frequency: ${frequencyName.slice(0, 20)}`;
      if (!isNew(code)) return "duplicate key";
      return { code, name: name || code, unit, frequency, agency: "FRED", category: macroCategory(name, unit), vintage: source };
    },
    async (client, _runId, rows) => {
      const { rowCount } = await client.query(
        `INSERT INTO macro_series (id, code, name, unit, frequency, agency, category, provider, vintage)
         SELECT gen_random_uuid(), row.code, row.name, row.unit, row.frequency::macro_frequency, row.agency, row.category, $2, row.vintage
         FROM jsonb_to_recordset($1) AS row (code text, name text, unit text, frequency text, agency text, category text, vintage text)
         ON CONFLICT (code) DO UPDATE SET name = excluded.name, unit = excluded.unit, frequency = excluded.frequency, category = excluded.category, vintage = excluded.vintage
         WHERE macro_series.provider = $2 AND (macro_series.name, macro_series.unit, macro_series.frequency, macro_series.category, macro_series.vintage)
           IS DISTINCT FROM (excluded.name, excluded.unit, excluded.frequency, excluded.category, excluded.vintage)`,
        [JSON.stringify(rows), PROVIDER],
      );
      return rowCount ?? 0;
    },
  );
  return Promise.resolve(sink);
}

/** Series that the product was delivered with keep their name, agency and category; others are added. */
export const SERIES_FILE: FileKind = { subject: "series", columns: ["series_id", "name", "unit", "frequency", "source"], openSink };
