import { utcDate } from "@/server/domain/calendar/trading-date";
import { barFault } from "@/server/domain/market/bar-fault";
import { timeOrderedIds } from "@/server/platform/time-ordered-ids";
import type { BarRow, BarSeries } from "@/server/providers/capabilities";
import type { FiguresCtx } from "@/server/services/ctx";

export type Refused = { at: number; reason: string; raw: string };
export type SoundBars = { bars: BarRow[]; refused: Refused[] };

/** Splits what a vendor told into bars to keep and bars to refuse, with the reason; bars that `isWanted` does not want, as of a session that is not over, are left out of both. */
export function soundBars(series: BarSeries, { currency, isWanted }: { currency: string; isWanted: (bar: BarRow) => boolean }): SoundBars {
  const bars: BarRow[] = [];
  const refused: Refused[] = [];
  const seen = new Set<string>();
  series.bars.forEach((bar, at) => {
    const { time, open, high, low, close, volume } = bar;
    const refuse = (reason: string) => refused.push({ at, reason, raw: [time, open, high, low, close, volume].join(",") });
    if (series.currency !== null && series.currency !== currency) return refuse(`in ${series.currency}, not ${currency}`);
    if (!isWanted(bar)) return;
    const fault = barFault(bar);
    if (fault !== null) return refuse(fault);
    if (seen.has(time)) return refuse("duplicate key");
    seen.add(time);
    bars.push(bar);
  });
  return { bars: bars.sort((a, b) => (a.time < b.time ? -1 : 1)), refused };
}

export const dateOfBar = ({ time }: Pick<BarRow, "time">) => utcDate(new Date(time));

const MOST_REJECTS = 200;

/** Leaves the reasons beside the run, where the list of runs shows them. */
export async function recordRefused(ctx: Pick<FiguresCtx, "db" | "now">, { runId, file, refused }: { runId: string; file: string; refused: readonly Refused[] }): Promise<void> {
  if (refused.length === 0) return;
  const kept = refused.slice(0, MOST_REJECTS);
  const ids = timeOrderedIds(ctx.now(), kept.length);
  await ctx.db.importReject.createMany({ data: kept.map(({ at, reason, raw }, k) => ({ id: ids[k]!, runId, file, line: BigInt(at + 1), reason, raw: raw.slice(0, 500) })), skipDuplicates: true });
}
