import type { BarRefInput, QuarantinedBarDto, QuarantineInput, SetIssueInput } from "@/server/contracts/bar-quality";
import { AppError } from "@/server/domain/app-error";
import { timeOrderedIds } from "@/server/platform/time-ordered-ids";
import { recordAudit } from "@/server/services/account/record-audit";
import type { Ctx, UserCtx } from "@/server/services/ctx";
import { checkSeries } from "./check-series";
import { dropFigures } from "./drop-figures";
import { decodeTimeCursor, encodeCursor } from "./list-cursor";
import { lockInstrument, type StoredInterval } from "./vendor-bars";

const STORED = { "1m": "M1", "5m": "M5", "15m": "M15", "1h": "H1", "1d": "D1" } as const satisfies Record<BarRefInput["interval"], StoredInterval>;
const LENGTHS = { M1: "1m", M5: "5m", M15: "15m", H1: "1h", D1: "1d" } as const;
const LIST = "quarantine";

/** Takes a bar out of its series, whole and with the reason. It can be put back; what it was is never lost. */
export async function quarantineBar(ctx: UserCtx, { symbol, interval, time, reason }: QuarantineInput): Promise<void> {
  const [id] = timeOrderedIds(ctx.now(), 1);
  await ctx.db.$transaction(async (tx) => {
    const held = await lockInstrument(tx, symbol);
    if (!held) throw new AppError("NOT_FOUND", `No instrument has the symbol ${symbol}`, { field: "symbol" });
    const moved = await tx.$executeRaw`
      WITH taken AS (
        DELETE FROM price_bar WHERE instrument_id = ${held.id}::uuid AND interval = ${STORED[interval]}::bar_interval AND time = ${time}::timestamptz
        RETURNING instrument_id, interval, time, open, high, low, close, volume, origin, provider, run_id, split_factor
      )
      INSERT INTO quarantined_bar (id, instrument_id, interval, time, open, high, low, close, volume, origin, provider, run_id, split_factor, reason, quarantined_at)
      SELECT ${id}::uuid, taken.*, ${reason}, ${ctx.now()}::timestamptz FROM taken`;
    if (moved === 0) throw new AppError("NOT_FOUND", "There is no such bar", { field: "time" });
    await recordAudit(tx, ctx, { action: "bar.quarantined", actorId: ctx.user.id, subjectId: null, details: { symbol, interval, time, reason } });
  });
  await checkSeries(ctx, { symbols: [symbol] });
  dropFigures(ctx);
}

/** Puts a bar back where it was. Refused while another stands in its place, or the series is of another origin by now. */
export async function restoreBar(ctx: UserCtx, { id }: { id: string }): Promise<void> {
  const symbol = await ctx.db.$transaction(async (tx) => {
    const kept = await tx.quarantinedBar.findUnique({ where: { id }, include: { instrument: { select: { symbol: true } } } });
    if (!kept || kept.restoredAt) throw new AppError("NOT_FOUND", "There is no such bar in quarantine", { field: "id" });
    const held = await lockInstrument(tx, kept.instrument.symbol);
    if (held?.origin !== kept.origin) throw new AppError("CONFLICT", "The series is of another origin by now", { field: "id", reason: "OTHER_ORIGIN" });
    const restored = await tx.$executeRaw`
      INSERT INTO price_bar (instrument_id, interval, time, open, high, low, close, volume, origin, provider, run_id, split_factor)
      SELECT instrument_id, interval, time, open, high, low, close, volume, origin, provider, run_id, split_factor FROM quarantined_bar WHERE id = ${id}::uuid AND restored_at IS NULL ON CONFLICT DO NOTHING`;
    if (restored === 0) throw new AppError("CONFLICT", "Another bar stands in its place", { field: "id", reason: "PLACE_TAKEN" });
    await tx.quarantinedBar.update({ where: { id }, data: { restoredAt: ctx.now() } });
    await recordAudit(tx, ctx, { action: "bar.restored", actorId: ctx.user.id, subjectId: null, details: { symbol: held.symbol, time: kept.time.toISOString() } });
    return held.symbol;
  });
  await checkSeries(ctx, { symbols: [symbol] });
  dropFigures(ctx);
}

/** What a person thinks of a fault that was found: ignored ones are found on and cost no score. */
export async function setIssueStatus(ctx: UserCtx, { id, status }: SetIssueInput): Promise<void> {
  const symbol = await ctx.db.$transaction(async (tx) => {
    const { count } = await tx.barIssue.updateMany({ where: { id, status: { not: "RESOLVED" } }, data: { status: status === "ignored" ? "IGNORED" : "OPEN" } });
    if (count === 0) throw new AppError("NOT_FOUND", "There is no such fault, or it is gone", { field: "id" });
    const { instrument, kind, time } = await tx.barIssue.findUniqueOrThrow({ where: { id }, select: { kind: true, time: true, instrument: { select: { symbol: true } } } });
    await recordAudit(tx, ctx, { action: "bar-issue.set", actorId: ctx.user.id, subjectId: null, details: { symbol: instrument.symbol, kind, time: time.toISOString(), status } });
    return instrument.symbol;
  });
  await checkSeries(ctx, { symbols: [symbol] });
}

/** Bars that were taken out, newest first, with those that were put back. */
export async function listQuarantinedBars(ctx: Pick<Ctx, "db">, { limit, cursor }: { limit: number; cursor?: string | null }): Promise<{ items: QuarantinedBarDto[]; nextCursor: string | null }> {
  const after = cursor ? decodeTimeCursor(cursor, LIST) : null;
  const rows = await ctx.db.quarantinedBar.findMany({
    where: after ? { OR: [{ quarantinedAt: { lt: after.at } }, { quarantinedAt: after.at, id: { gt: after.id } }] } : {},
    include: { instrument: { select: { symbol: true } } }, orderBy: [{ quarantinedAt: "desc" }, { id: "asc" }], take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map(({ id, instrument, interval, time, open, high, low, close, volume, provider, reason, quarantinedAt, restoredAt }) => ({
      id, symbol: instrument.symbol, interval: LENGTHS[interval], time: time.toISOString(), open, high, low, close, volume, provider, reason, quarantinedAt: quarantinedAt.toISOString(), restoredAt: restoredAt?.toISOString() ?? null,
    })),
    nextCursor: last ? encodeCursor({ list: LIST, key: last.quarantinedAt.toISOString(), id: last.id }) : null,
  };
}
