import { stringify } from "csv-stringify/sync";
import type { BarsFile, ExportBarsInput } from "@/server/contracts/bar-quality";
import type { BarsDto } from "@/server/contracts/market";
import type { Ctx } from "@/server/services/ctx";
import { listBars } from "./list-bars";

const PAGE = 5_000;
/** Some hundred years of days, or half a year of minutes of a session. */
const MOST_BARS = 50_000;

const COLUMNS = ["time", "open", "high", "low", "close", "volume"] as const;

const rowsOf = (bars: BarsDto) => bars.time.map((_, at) => Object.fromEntries(COLUMNS.map((column) => [column, bars[column][at]!])));

/** All bars of a range as a file, oldest first, each row with its currency and origin; a cell that a spreadsheet would run as a formula is made text. */
export async function exportBars(ctx: Ctx, { symbol, interval, from, to, format }: ExportBarsInput): Promise<BarsFile> {
  let page = await listBars(ctx, { symbol, interval, from, to, limit: PAGE });
  const { provenance, currency, calendar } = page;
  const rows = rowsOf(page);
  while (page.nextCursor !== null && rows.length < MOST_BARS) {
    page = await listBars(ctx, { symbol, interval, from, to, limit: PAGE, cursor: page.nextCursor });
    rows.unshift(...rowsOf(page));
  }
  const head = { symbol, interval, currency, calendar, basis: provenance.basis, provider: provenance.provider };
  const content = format === "json"
    ? `${JSON.stringify({ ...head, asOf: provenance.asOf, exportedAt: ctx.now().toISOString(), bars: rows }, null, 1)}\n`
    : stringify(rows.map((row) => ({ symbol, ...row, currency, basis: head.basis, provider: head.provider })), { header: true, escape_formulas: true, columns: ["symbol", ...COLUMNS, "currency", "basis", "provider"] });
  const name = `${symbol.replace(/[^A-Z0-9-]/g, "_")}-${interval}.${format}`;
  return { name, mediaType: format === "json" ? "application/json" : "text/csv", content, bars: rows.length, isCut: page.nextCursor !== null, provenance };
}
