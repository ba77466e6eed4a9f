import { AppError } from "@/server/domain/app-error";
import { utcDate } from "@/server/domain/calendar/trading-date";
import { guardedPost } from "@/server/platform/guarded-post";
import type { FiguresCtx } from "@/server/services/ctx";
import { recordedRun, type RunReport } from "./recorded-run";

/** The operator's side may only take note; the backup itself goes on after the answer. */
const ANSWER_WITHIN_MS = 60_000;

/**
 * Posts to the operator's address that it is time for a backup: `{ event, date }`, with the day as its idempotency key. Null where none is
 * configured. Neither the address's path nor the answer is kept: they may hold a secret.
 *
 * @throws AppError UPSTREAM_UNAVAILABLE when it does not answer with success, INVALID_INPUT for an address that must not be called
 */
export async function askForBackup(ctx: FiguresCtx, { url, allowPrivate }: { url: URL | null; allowPrivate: boolean }): Promise<RunReport | null> {
  if (url === null) return null;
  const date = utcDate(ctx.now());
  return recordedRun(ctx, { provider: "operator", subject: "backup", scope: `${url.host} ${date}` }, async () => {
    const { status } = await guardedPost(url, { body: JSON.stringify({ event: "backup/requested", date }), headers: { "content-type": "application/json", "idempotency-key": `backup-${date}` }, withinMs: ANSWER_WITHIN_MS, allowPrivate });
    if (status < 200 || status > 299) throw new AppError("UPSTREAM_UNAVAILABLE", `The backup hook answered ${status}`, { status });
    return { received: 0, changed: 0, rejected: 0 };
  });
}
