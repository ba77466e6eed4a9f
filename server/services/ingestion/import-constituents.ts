import type { FileKind, ImportCtx, RowSink } from "./import-ctx";
import { onceEach, queuedRows } from "./queued-rows";

type Row = { ticker: string; isStored: boolean; cik: string | null; headquarters: string | null; founded: string | null; industry: string | null };

const CIK_DIGITS = 10;
const TICKER = /^[A-Z][A-Z0-9]{0,9}([.-][A-Z])?$/;
const known = (text: string) => (text === "" || text.toLowerCase() === "none" ? null : text);

/** Members of the S&P 500 with their profiles: keeps who belongs to the index, fills what is not known of a stored company yet and never overwrites. */
async function openSink(ctx: ImportCtx): Promise<RowSink> {
  const tickers = new Set((await ctx.db.company.findMany({ select: { ticker: true } })).map(({ ticker }) => ticker));
  const isNew = onceEach();
  const today = ctx.now().toISOString().slice(0, 10);
  return queuedRows<Row>(
    ([symbol = "", industry = "", headquarters = "", cik = "", founded = ""]) => {
      // Share classes are written with a dot or a dash.
      const ticker = [symbol, symbol.replace(".", "-")].find((spelling) => tickers.has(spelling));
      if (!TICKER.test(symbol)) return "bad ticker";
      if (cik !== "" && !/^\d{1,10}$/.test(cik)) return "bad CIK";
      if (!isNew(ticker ?? symbol)) return "duplicate key";
      return { ticker: ticker ?? symbol.replace(".", "-"), isStored: ticker !== undefined, cik: cik === "" ? null : cik.padStart(CIK_DIGITS, "0"), headquarters: known(headquarters), founded: known(founded), industry: known(industry) };
    },
    async (client, runId, rows) => {
      const members = await client.query(
        `INSERT INTO index_member (index, symbol, provider, as_of, run_id) SELECT 'SP500', symbol, 'import', $2::date, $3::uuid FROM jsonb_array_elements_text($1) AS symbol ON CONFLICT (index, symbol) DO NOTHING`,
        [JSON.stringify(rows.map(({ ticker }) => ticker)), today, runId],
      );
      const { rowCount } = await client.query(
        `UPDATE company c SET cik = coalesce(c.cik, row.cik), headquarters = coalesce(c.headquarters, row.headquarters), founded = coalesce(c.founded, row.founded), industry = coalesce(c.industry, row.industry), updated_at = now()
         FROM jsonb_to_recordset($1) AS row (ticker text, cik text, headquarters text, founded text, industry text)
         WHERE c.ticker = row.ticker AND ((c.cik IS NULL AND row.cik IS NOT NULL) OR (c.headquarters IS NULL AND row.headquarters IS NOT NULL)
           OR (c.founded IS NULL AND row.founded IS NOT NULL) OR (c.industry IS NULL AND row.industry IS NOT NULL))`,
        [JSON.stringify(rows.filter(({ isStored }) => isStored))],
      );
      return Math.max(rowCount ?? 0, members.rowCount ?? 0);
    },
  );
}

export const CONSTITUENTS_FILE: FileKind = { subject: "constituents", columns: ["symbol", "gics_sub_industry", "headquarters", "cik", "founded"], openSink };
