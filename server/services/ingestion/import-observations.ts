import { parseTradingDate } from "@/server/domain/calendar/trading-date";
import { plainNumber } from "@/server/domain/market/plain-number";
import { copyRows } from "@/server/platform/copy-rows";
import type { FileKind, ImportCtx, RowSink } from "./import-ctx";
import { onceEach, queuedRows } from "./queued-rows";
import { vintageDate } from "./vintage-date";

type Row = { seriesId: string; date: string; knownAt: string; value: number };

/**
 * Observations. A value that is stored already, in whatever vintage, stays; one that differs from the newest known becomes a row of its own,
 * known since the vintage its series names.
 */
async function openSink(ctx: ImportCtx): Promise<RowSink> {
  const series = new Map((await ctx.db.macroSeries.findMany({ select: { id: true, code: true, vintage: true } })).map((row) => [row.code, row]));
  const today = ctx.now().toISOString().slice(0, 10);
  const seen = new Map<string, (date: string) => boolean>();

  return queuedRows<Row>(
    ([code = "", date = "", text = ""]) => {
      const known = series.get(code);
      if (!known) return "unknown series";
      if (parseTradingDate(date) === null) return "bad date";
      const value = plainNumber(text);
      if (!Number.isFinite(value)) return "non-numeric value";
      const isNew = seen.get(code) ?? onceEach();
      seen.set(code, isNew);
      if (!isNew(date)) return "duplicate key";
      return { seriesId: known.id, date, knownAt: vintageDate(known.vintage, date) ?? today, value };
    },
    async (client, runId, rows) => {
      await client.query("CREATE TEMP TABLE IF NOT EXISTS arrived_observation (LIKE macro_observation) ON COMMIT DELETE ROWS");
      const lines = rows.map(({ seriesId, date, knownAt, value }) => `${seriesId}\t${date}\t${knownAt}\t${value}\t${runId}\n`);
      await copyRows(client, "COPY arrived_observation (series_id, date, known_at, value, run_id) FROM STDIN", [Buffer.from(lines.join(""))]);
      const { rowCount } = await client.query(`
        INSERT INTO macro_observation (series_id, date, known_at, value, run_id)
        SELECT a.series_id, a.date, a.known_at, a.value, a.run_id
        FROM arrived_observation a
        LEFT JOIN LATERAL (SELECT value FROM macro_observation o WHERE o.series_id = a.series_id AND o.date = a.date ORDER BY known_at DESC LIMIT 1) newest ON true
        WHERE newest.value IS DISTINCT FROM a.value
        ON CONFLICT (series_id, date, known_at) DO UPDATE SET value = excluded.value, run_id = excluded.run_id
        WHERE macro_observation.value <> excluded.value`);
      return rowCount ?? 0;
    },
  );
}

export const OBSERVATIONS_FILE: FileKind = { subject: "macro", columns: ["series_id", "date", "value"], openSink };
