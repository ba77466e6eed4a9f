import type { QuoteRow } from "@/server/providers/capabilities";
import { recordedRun, type IngestCtx, type RunReport } from "./recorded-run";
import { recordRefused, type Refused } from "./sound-bars";

/** A clock that is ahead by more than this is wrong, as far as a quote goes. */
const AHEAD_MS = 5 * 60_000;

const isPrice = (value: number | null) => value === null || (Number.isFinite(value) && value > 0);

function faultOf({ price, open, high, low, bid, ask, at }: QuoteRow, now: Date): string | null {
  if (!isPrice(price) || ![open, high, low, bid, ask].every(isPrice)) return "a price that is none";
  const ms = Date.parse(at);
  if (Number.isNaN(ms)) return "bad time";
  return ms > now.getTime() + AHEAD_MS ? "time in the future" : null;
}

/**
 * Brings the newest quotes of instruments into a table of their own: bars come from bars alone, and what is simulated has no quote. An older quote never takes the place of
 * a newer one. A quote in another currency, or with a bid above its ask, is kept as told; the check of the stored data names it.
 */
export async function ingestQuotes(ctx: IngestCtx, { symbols }: { symbols: readonly string[] }): Promise<RunReport> {
  const known = await ctx.db.instrument.findMany({ where: { symbol: { in: [...symbols] }, priceOrigin: "RECORDED" }, select: { id: true, symbol: true } });
  const ids = new Map(known.map(({ id, symbol }) => [symbol, id]));
  const [vendor = "none"] = ctx.providers.vendorsWith("quotes");
  return recordedRun(ctx, { provider: vendor, subject: "quotes", scope: symbols.join(" ").slice(0, 200) }, async (runId) => {
    const rows = known.length === 0 ? [] : await ctx.providers.source("quotes").fetchQuotes({ symbols: known.map(({ symbol }) => symbol) });
    const now = ctx.now();
    const refused: Refused[] = [];
    const kept = new Map<string, QuoteRow>();
    rows.forEach((row, at) => {
      const reason = ids.has(row.symbol) ? faultOf(row, now) : "unknown symbol";
      if (reason !== null) refused.push({ at, reason, raw: `${row.symbol} ${row.price} ${row.at}` });
      else kept.set(row.symbol, row);
    });
    const given = JSON.stringify([...kept.values()].map(({ symbol, provenance, previousClose, ...row }) => ({ ...row, id: ids.get(symbol), previous_close: isPrice(previousClose) ? previousClose : null, provider: provenance.provider })));
    const changed = await ctx.db.$executeRaw`
      INSERT INTO latest_quote AS q (instrument_id, price, at, currency, open, high, low, previous_close, volume, bid, ask, provider, run_id)
      SELECT id, price, at, currency, open, high, low, previous_close, volume, bid, ask, provider, ${runId}::uuid
      FROM jsonb_to_recordset(${given}::jsonb) AS row (id uuid, price float8, at timestamptz, currency text, open float8, high float8, low float8, previous_close float8, volume float8, bid float8, ask float8, provider text)
      ON CONFLICT (instrument_id) DO UPDATE SET price = excluded.price, at = excluded.at, currency = excluded.currency, open = excluded.open, high = excluded.high, low = excluded.low, previous_close = excluded.previous_close,
        volume = excluded.volume, bid = excluded.bid, ask = excluded.ask, provider = excluded.provider, run_id = excluded.run_id
      WHERE excluded.at >= q.at AND (q.price, q.at, q.currency, q.open, q.high, q.low, q.previous_close, q.volume, q.bid, q.ask)
        IS DISTINCT FROM (excluded.price, excluded.at, excluded.currency, excluded.open, excluded.high, excluded.low, excluded.previous_close, excluded.volume, excluded.bid, excluded.ask)`;
    await recordRefused(ctx, { runId, file: "quotes", refused });
    if (changed > 0) ctx.cache.drop("market:");
    const newest = [...kept.values()].reduce<string | null>((latest, { at }) => (latest === null || at > latest ? at : latest), null);
    return { received: rows.length, changed, rejected: refused.length, ...(newest ? { asOf: new Date(newest), provider: kept.values().next().value?.provenance.provider } : {}) };
  });
}
