import type { Prisma } from "@/prisma/generated/client";
import type { BarIssueDto, SanityCheckDto, SanityCheckInput } from "@/server/contracts/bar-quality";
import { AppError } from "@/server/domain/app-error";
import { SERIES_FAULTS, type SeriesFaultKind } from "@/server/domain/market/series-faults";
import { FAULT_WEIGHTS } from "@/server/domain/market/series-score";
import type { Ctx } from "@/server/services/ctx";
import { decodeCursor, encodeCursor, uuidOfCursor } from "./list-cursor";

const LENGTHS = { M1: "1m", M5: "5m", M15: "15m", H1: "1h", D1: "1d" } as const;
const STATUSES = { OPEN: "open", RESOLVED: "resolved", IGNORED: "ignored" } as const;
const STORED = { open: "OPEN", resolved: "RESOLVED", ignored: "IGNORED" } as const;
const LOWEST = 10;
const LIST = "sanity";

type IssueRow = Prisma.BarIssueGetPayload<{ include: { instrument: { select: { symbol: true } } } }>;

const isKind = (kind: string): kind is SeriesFaultKind => SERIES_FAULTS.some((known) => known === kind);

const toIssue = ({ id, instrument, interval, kind, time, lastTime, count, measure, note, status, firstSeenAt, lastSeenAt }: IssueRow): BarIssueDto[] =>
  isKind(kind) ? [{ id, symbol: instrument.symbol, interval: LENGTHS[interval], kind, time: time.toISOString(), lastTime: lastTime.toISOString(), count, measure, note, status: STATUSES[status], firstSeenAt: firstSeenAt.toISOString(), lastSeenAt: lastSeenAt.toISOString() }] : [];

async function listIssues(ctx: Ctx, { symbol, kind, status, limit, cursor }: SanityCheckInput): Promise<{ items: BarIssueDto[]; nextCursor: string | null }> {
  const list = `${LIST} ${symbol ?? ""} ${kind ?? ""} ${status}`;
  const after = cursor ? uuidOfCursor(decodeCursor(cursor, list).id) : null;
  const rows = await ctx.db.barIssue.findMany({
    where: { status: STORED[status], ...(kind && { kind }), ...(symbol && { instrument: { symbol } }), ...(after && { id: { gt: after } }) },
    include: { instrument: { select: { symbol: true } } }, orderBy: { id: "asc" }, take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { items: page.flatMap(toIssue), nextCursor: last ? encodeCursor({ list, key: null, id: last.id }) : null };
}

/** What the checks of the stored bars found: a score of each series, and the faults. */
export async function getSanityCheck(ctx: Ctx, input: SanityCheckInput): Promise<SanityCheckDto> {
  const { symbol } = input;
  if (symbol && !(await ctx.db.instrument.findUnique({ where: { symbol }, select: { id: true } }))) throw new AppError("NOT_FOUND", `No instrument has the symbol ${symbol}`, { field: "symbol" });
  const [all, scores, counts, issues] = await Promise.all([
    ctx.db.barSeriesScore.aggregate({ _count: { _all: true }, _avg: { score: true }, _max: { checkedAt: true } }),
    ctx.db.barSeriesScore.findMany({ where: symbol ? { instrument: { symbol } } : {}, include: { instrument: { select: { symbol: true } } }, orderBy: [{ score: "asc" }, { instrumentId: "asc" }, { interval: "asc" }], take: LOWEST }),
    ctx.db.barIssue.groupBy({ by: ["kind"], where: { status: "OPEN", ...(symbol && { instrument: { symbol } }) }, _count: { _all: true } }),
    listIssues(ctx, input),
  ]);
  const open = new Map(counts.map(({ kind, _count }) => [kind, _count._all]));
  return {
    checkedAt: all._max.checkedAt?.toISOString() ?? null,
    series: all._count._all,
    averageScore: all._avg.score,
    scores: scores.map(({ instrument, interval, score, bars, issues: found, checkedAt }) => ({ symbol: instrument.symbol, interval: LENGTHS[interval], score, bars, issues: found, checkedAt: checkedAt.toISOString() })),
    weights: FAULT_WEIGHTS,
    weightsBasis: "assumed",
    counts: SERIES_FAULTS.map((kind) => ({ kind, count: open.get(kind) ?? 0 })),
    ...issues,
  };
}
