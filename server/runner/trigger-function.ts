import { batchEvent, debounceEvent } from "./hold-event";
import type { EventBody, FunctionConfig } from "./inngest-payload";
import { matchesExpression } from "./match-expression";
import { pacedMs } from "./paced-ms";
import { isRateLimited } from "./rate-limit";
import type { RunnerCtx, RunnerTx } from "./runner-ctx";
import { scheduleRun } from "./schedule-run";

type Trigger = { config: FunctionConfig; eventId: string; body: EventBody; /** Spread of a cron's start. */ jitter?: string | null | undefined };

/** Lets an event or a cron start a function as its settings want: not at all, later, together with others, or now. */
export async function triggerFunction(ctx: RunnerCtx, tx: RunnerTx, trigger: Trigger): Promise<void> {
  const { config, eventId, body, jitter } = trigger;
  if (await isRateLimited(ctx, tx, config, body)) return ctx.log.info({ event: "run skipped", name: config.id, eventId, code: "RATE_LIMITED" });
  if (config.debounce) return debounceEvent(ctx, tx, trigger);
  const { batchEvents: batch } = config;
  if (batch && batch.maxSize > 1 && matchesExpression(batch.if, { event: body })) return batchEvent(ctx, tx, trigger);
  // An event of the future starts its functions then.
  const untilEventMs = Math.max(0, body.ts - ctx.now().getTime()) * ctx.pace;
  const jitterMs = (pacedMs(ctx, jitter) ?? 0) * ctx.spread();
  await scheduleRun(ctx, tx, { config, eventIds: [eventId], body, inMs: untilEventMs + jitterMs });
}
