import { hardRate, takeFromRate } from "@/server/domain/runner/take-from-rate";
import { flowKey, isLeftOut } from "./flow-key";
import type { EventBody, FunctionConfig } from "./inngest-payload";
import { pacedMs } from "./paced-ms";
import type { RunnerCtx, RunnerTx } from "./runner-ctx";

/** An idempotency key is a rate of one event a day, and takes the place of a rate limit. */
const IDEMPOTENCY_PERIOD = "24h";

/** Whether a function is to be left alone by an event because it has had its share; if not, this event is counted. */
export async function isRateLimited(ctx: RunnerCtx, { client }: RunnerTx, config: FunctionConfig, body: EventBody): Promise<boolean> {
  const rule = config.idempotency ? { limit: 1, period: IDEMPOTENCY_PERIOD, key: config.idempotency } : config.rateLimit;
  if (!rule || isLeftOut(rule.key, body)) return false;
  const key = flowKey(config, "rate", rule.key, body);
  // The row is locked, so that events that arrive together are counted one after the other, in whichever process.
  const { rows } = await client.query<{ arrivalMs: number; nowMs: number }>({
    name: "lock-rate",
    text: `INSERT INTO runner_limit (key, arrival_ms, free_ms, is_waited) VALUES ($1, 0, 0, false) ON CONFLICT (key) DO UPDATE SET is_waited = false
           RETURNING arrival_ms AS "arrivalMs", (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS "nowMs"`,
    values: [key],
  });
  const { arrivalMs, nowMs } = rows[0]!;
  const taken = takeFromRate(hardRate({ limit: rule.limit, periodMs: pacedMs(ctx, rule.period) ?? 0 }), arrivalMs, nowMs);
  if (taken.allowed) await client.query({ name: "keep-rate", text: "UPDATE runner_limit SET arrival_ms = $2, free_ms = $3 WHERE key = $1", values: [key, taken.arrivalMs, taken.freeMs] });
  return !taken.allowed;
}
