import { SECTOR_CODES } from "@/server/contracts/market";
import { timeOrderedIds } from "@/server/platform/time-ordered-ids";
import type { ImportCtx, FileKind, RowSink } from "./import-ctx";
import { PROVIDER } from "./import-file";
import { onceEach, queuedRows } from "./queued-rows";

type Row = { ticker: string; name: string; kind: "EQUITY" | "ETF" | "INDEX" | "CRYPTO"; sector: string; industry: string | null; is_financial: boolean; currency: string; calendar: string; provider: string };

const KINDS: Readonly<Record<string, Row["kind"]>> = { stock: "EQUITY", etf: "ETF", index: "INDEX", crypto: "CRYPTO" };
const TICKER = /^[A-Z0-9^][A-Z0-9.^=-]{0,14}$/;
/** Of the financial sector, these live on fees and not on the difference of interests. */
const FEE_BUSINESSES = new Set(["Transaction & Payment Processing Services", "Financial Exchanges & Data", "Insurance Brokers"]);

function parseRow([ticker = "", name = "", kindName = "", sector5 = "", gicsSector = "", industry = "", source = ""]: readonly string[]): Row | string {
  const kind = KINDS[kindName];
  if (!TICKER.test(ticker)) return "bad ticker";
  if (!kind) return `unknown kind: ${kindName.slice(0, 20)}`;
  const sector = sector5 === "" ? "OTHER" : sector5;
  if (!SECTOR_CODES.some((code) => code === sector)) return `unknown sector: ${sector5.slice(0, 20)}`;
  return {
    ticker,
    name: name.trim() || ticker,
    kind,
    sector,
    industry: industry || null,
    is_financial: sector === "BANKING" || (gicsSector === "Financials" && !FEE_BUSINESSES.has(industry)),
    currency: kind === "CRYPTO" && ticker.endsWith("USDT") ? "USDT" : "USD",
    calendar: kind === "CRYPTO" ? "24/7" : "XNYS",
    provider: source || PROVIDER,
  };
}

/**
 * Companies and instruments. What the product was delivered with keeps its profile: names and sectors there were checked by hand, and the
 * file only tells where its prices come from.
 */
async function openSink(ctx: ImportCtx): Promise<RowSink> {
  const isNew = onceEach();
  for (const code of SECTOR_CODES) await ctx.db.sector.upsert({ where: { code }, create: { code, nameEn: code, nameKo: code }, update: {} });

  return queuedRows<Row>(
    (fields) => {
      const row = parseRow(fields);
      return typeof row === "string" || isNew(row.ticker) ? row : "duplicate key";
    },
    async (client, runId, rows) => {
      // Companies and instruments are different tables: the two rows of a share may have one id.
      const ids = timeOrderedIds(ctx.now(), rows.length);
      const identified = JSON.stringify(rows.map((row, index) => ({ ...row, id: ids[index] })));
      const companies = await client.query(
        `INSERT INTO company (id, ticker, name, sector_id, industry, is_financial, provider, run_id, updated_at)
         SELECT row.id, row.ticker, row.name, s.id, row.industry, row.is_financial, $2, $3, now()
         FROM jsonb_to_recordset($1) AS row (id uuid, ticker text, name text, kind text, sector text, industry text, is_financial boolean) JOIN sector s ON s.code = row.sector
         WHERE row.kind = 'EQUITY'
         ON CONFLICT (ticker) DO UPDATE SET name = excluded.name, sector_id = excluded.sector_id, industry = excluded.industry, is_financial = excluded.is_financial, run_id = excluded.run_id, updated_at = now()
         WHERE company.provider = $2
           AND (company.name, company.sector_id, company.industry, company.is_financial) IS DISTINCT FROM (excluded.name, excluded.sector_id, excluded.industry, excluded.is_financial)`,
        [identified, PROVIDER, runId],
      );
      const instruments = await client.query(
        `INSERT INTO instrument (id, symbol, name, kind, currency, calendar, company_id, provider)
         SELECT row.id, row.ticker, row.name, row.kind::instrument_kind, row.currency, row.calendar, c.id, row.provider
         FROM jsonb_to_recordset($1) AS row (id uuid, ticker text, name text, kind text, currency text, calendar text, provider text) LEFT JOIN company c ON c.ticker = row.ticker AND row.kind = 'EQUITY'
         ON CONFLICT (symbol) DO UPDATE SET provider = excluded.provider, company_id = coalesce(instrument.company_id, excluded.company_id)
         WHERE (instrument.provider, instrument.company_id) IS DISTINCT FROM (excluded.provider, coalesce(instrument.company_id, excluded.company_id))`,
        [identified],
      );
      return (companies.rowCount ?? 0) + (instruments.rowCount ?? 0);
    },
  );
}

export const UNIVERSE_FILE: FileKind = { subject: "universe", columns: ["ticker", "name", "kind", "sector5", "gics_sector", "gics_sub_industry", "price_source"], openSink };
