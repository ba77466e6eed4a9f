import type { z } from "zod";
import type { getSeriesInput, SeriesDto } from "@/server/contracts/macro";
import { AppError } from "@/server/domain/app-error";
import { driverId } from "@/server/contracts/scenario";
import type { Ctx } from "@/server/services/ctx";
import { loadSeriesHeads, nearCodes } from "./series-rows";

/** How long a series may lag behind an import that another process made. */
const KEEP_MS = 60_000;

/**
 * A series as it was known on a day, or as it is known now. A revised value replaces the earlier one from the day it became known;
 * a date whose every value became known later is left out.
 */
export async function getSeries(ctx: Ctx, { code, from, to, asOf }: z.infer<typeof getSeriesInput>): Promise<SeriesDto> {
  const heads = await loadSeriesHeads(ctx);
  const head = heads.find((one) => one.code === code) ?? heads.find((one) => one.code.toLowerCase() === code.toLowerCase());
  if (!head) throw new AppError("NOT_FOUND", `No series ${code} is stored`, { field: "code", suggestions: await nearCodes(ctx, code) });
  if (from && to && from > to) throw new AppError("INVALID_INPUT", "The first date lies after the last", { field: "from" });

  const known = asOf ?? null;
  const load = () => ctx.db.$queryRaw<{ date: string; value: number }[]>`
    SELECT DISTINCT ON (date) date::text AS date, value FROM macro_observation
    WHERE series_id = ${head.id}::uuid AND (${known}::date IS NULL OR known_at <= ${known}::date)
    ORDER BY date, known_at DESC`;
  // There are as many readings as days one may ask for: only the newest is kept, or they would fill the memory.
  const observations = known === null ? await ctx.cache.remember(`macro:series:${head.id}`, KEEP_MS, load) : await load();
  const kept = observations.filter(({ date }) => (!from || date >= from) && (!to || date <= to));

  // What is said about the series speaks of the reading asked for, not of values that became known later.
  const reading = known === null ? head.row : { ...head.row, ...described(observations), provenance: { ...head.row.provenance, asOf: observations.at(-1)?.date ?? null } };
  return {
    ...reading,
    dates: kept.map(({ date }) => date),
    values: kept.map(({ value }) => value),
    vintage: head.vintage,
    driver: driverId.safeParse(head.driver).data ?? null,
  };
}

function described(observations: readonly { date: string; value: number }[]) {
  const last = observations.at(-1) ?? null;
  const yearBefore = last ? `${Number(last.date.slice(0, 4)) - 1}${last.date.slice(4)}` : "";
  const before = observations.findLast(({ date }) => date <= yearBefore);
  const isNear = before !== undefined && Date.parse(yearBefore) - Date.parse(before.date) < 10 * 86_400_000;
  return {
    firstDate: observations[0]?.date ?? null,
    lastDate: last?.date ?? null,
    count: observations.length,
    last: last?.value ?? null,
    changeYear: last && isNear ? last.value - before.value : null,
    points: observations.slice(-24).map(({ value }) => value),
  };
}
