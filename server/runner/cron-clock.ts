import { storableJson } from "@/server/domain/runner/storable-json";
import { ulid } from "ulid";
import { nextCronTime } from "./app-sync";
import type { EventBody } from "./inngest-payload";
import type { RunnerCtx } from "./runner-ctx";
import { inTransaction } from "./runner-transaction";
import { triggerFunction } from "./trigger-function";

type DueCron = { functionId: string; expression: string; nextAt: Date };

/** Starts the functions whose hour has come. What was missed while nothing ran is made up for once, not as often as it was missed. */
export function fireCrons(ctx: RunnerCtx): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    const { rows } = await tx.client.query<DueCron>({
      name: "due-crons",
      text: `SELECT function_id AS "functionId", expression, next_at AS "nextAt" FROM runner_cron WHERE next_at <= $1 ORDER BY next_at FOR UPDATE SKIP LOCKED`,
      values: [ctx.now()],
    });
    for (const { functionId, expression, nextAt } of rows) {
      const config = ctx.functions.get(functionId);
      if (config) {
        const eventId = ulid();
        const body: EventBody = { name: "inngest/scheduled.timer", data: { cron: expression }, id: eventId, ts: nextAt.getTime(), user: {} };
        const { rowCount } = await tx.client.query("INSERT INTO runner_event (id, external_id, name, body) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", [eventId, `${functionId} ${expression} ${nextAt.toISOString()}`, body.name, storableJson(body)]);
        const jitter = config.triggers.flatMap((trigger) => ("cron" in trigger && trigger.cron === expression ? [trigger.jitter] : []))[0];
        if (rowCount === 1) await triggerFunction(ctx, tx, { config, eventId, body, jitter });
      }
      const next = nextCronTime(ctx, expression);
      if (next) await tx.client.query("UPDATE runner_cron SET next_at = $3 WHERE function_id = $1 AND expression = $2", [functionId, expression, next]);
      else await tx.client.query("DELETE FROM runner_cron WHERE function_id = $1 AND expression = $2", [functionId, expression]);
    }
    return rows.length;
  });
}

/** Milliseconds until the next cron is due; null when there is none. */
export async function nextCronInMs({ pool, now }: RunnerCtx): Promise<number | null> {
  const { rows } = await pool.query<{ nextAt: Date | null }>({ name: "next-cron", text: `SELECT min(next_at) AS "nextAt" FROM runner_cron` });
  const at = rows[0]?.nextAt;
  return at ? Math.max(0, at.getTime() - now().getTime()) : null;
}
