import { storeSeries, type SeriesToStore } from "@/server/services/macro/store-series";
import { macroFigure, parseFigures, readFigureText, type MacroFigure } from "./figure-files";
import { periodStarts } from "./period-starts";
import { seedRun, type SeedCtx } from "./seed-run";

const PROVIDERS: Readonly<Record<string, string>> = { "Federal Reserve": "federal-reserve", "Department of Labor": "dol" };

function toStore({ from, values, knownAt, ...head }: MacroFigure): SeriesToStore {
  const points = periodStarts(from, head.frequency, values.length).flatMap((date, i) => {
    const value = values[i] ?? null;
    return value === null ? [] : [{ date, value, knownAt: knownAt.findLast(([since]) => date >= since)![1] }];
  });
  return {
    ...head,
    provider: PROVIDERS[head.agency] ?? head.agency.toLowerCase(),
    dates: points.map((point) => point.date),
    knownAt: points.map((point) => point.knownAt),
    values: points.map((point) => point.value),
  };
}

export async function seedMacro(ctx: SeedCtx): Promise<void> {
  const content = readFigureText("macro.jsonl");
  const series = parseFigures(content, macroFigure).map(toStore);
  await seedRun(ctx, { provider: "us-government", subject: "macro", scope: "seed: macro series", content, asOf: "2026-08-21" }, async (runId) => ({
    received: series.reduce((sum, { values }) => sum + values.length, 0),
    changed: await storeSeries(ctx.db, runId, series),
  }));
}
