import { Cron } from "croner";
import { AppError } from "@/server/domain/app-error";
import { canonicalJson } from "@/server/domain/runner/canonical-json";
import { readCronLine } from "@/server/domain/runner/cron-line";
import { unsupportedSettings } from "@/server/domain/runner/unsupported-settings";
import { exchangeHttp } from "./http-exchange";
import { functionConfig, syncAnswer, type FunctionConfig } from "./inngest-payload";
import type { RunnerCtx } from "./runner-ctx";
import { signRequest } from "./signed-request";

const ANSWER_WITHIN_MS = 60_000;

/** Fills the registry with what was synced last, so that work goes on before the app answers. */
export async function loadFunctions({ pool, functions, log }: RunnerCtx): Promise<void> {
  const { rows } = await pool.query<{ config: unknown }>("SELECT config FROM runner_function ORDER BY id");
  functions.replace(rows.flatMap(({ config }) => {
    const parsed = functionConfig.safeParse(config);
    if (!parsed.success) log.warn({ event: "stored function not understood", message: parsed.error.message.slice(0, 300) });
    return parsed.success ? [parsed.data] : [];
  }));
}

/** Asks the app for its functions and stores them; those it does not offer any more go, with their crons. Says whether anything changed. */
export async function syncApp(ctx: RunnerCtx): Promise<boolean> {
  const { body, headers } = signRequest({ url: ctx.appUrl }, ctx.signingKey, ctx.now());
  const answer = await exchangeHttp(new URL(ctx.appUrl), { method: "PUT", body, headers: { ...headers, "x-inngest-sync-kind": "in_band" }, timeoutMs: ANSWER_WITHIN_MS });
  if (answer.status !== 200 || answer.headers["x-inngest-sync-kind"] !== "in_band") throw new AppError("UPSTREAM_UNAVAILABLE", `The app answered the sync with ${answer.status}`, { body: answer.text.slice(0, 200) });
  const { functions } = syncAnswer.parse(JSON.parse(answer.text));
  // The database keeps the keys of objects in an order of its own.
  const before = new Map(ctx.functions.all().map((config) => [config.id, canonicalJson(config)]));
  const changed = functions.filter((config) => before.get(config.id) !== canonicalJson(config));
  const isNew = changed.length > 0 || before.size !== functions.length;
  if (isNew) {
    for (const config of changed) warnOfUnsupported(ctx, config);
    await storeFunctions(ctx, functions);
    await loadFunctions(ctx);
  }
  return isNew;
}

function warnOfUnsupported({ log }: RunnerCtx, config: FunctionConfig): void {
  const settings = unsupportedSettings(config);
  if (settings.length > 0) log.warn({ event: "settings without effect on the local runner", name: config.id, settings });
}

async function storeFunctions(ctx: RunnerCtx, functions: readonly FunctionConfig[]): Promise<void> {
  const client = await ctx.pool.connect();
  try {
    await client.query("BEGIN");
    const ids = functions.map(({ id }) => id);
    await client.query("DELETE FROM runner_function WHERE id <> ALL($1)", [ids]);
    for (const config of functions) {
      await client.query(
        `INSERT INTO runner_function (id, url, config, synced_at) VALUES ($1, $2, $3, clock_timestamp())
         ON CONFLICT (id) DO UPDATE SET url = excluded.url, config = excluded.config, synced_at = excluded.synced_at`,
        [config.id, ctx.appUrl, JSON.stringify(config)],
      );
      const lines = config.triggers.flatMap((trigger) => ("cron" in trigger ? [trigger.cron] : []));
      await client.query("DELETE FROM runner_cron WHERE function_id = $1 AND expression <> ALL($2)", [config.id, lines]);
      for (const line of lines) {
        const next = nextCronTime(ctx, line);
        if (next) await client.query("INSERT INTO runner_cron (function_id, expression, next_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", [config.id, line, next]);
        else ctx.log.error({ event: "cron never due", name: config.id, cron: line });
      }
    }
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

/** When a cron line is due next; null when it is not understood, or never again. */
export function nextCronTime({ now }: Pick<RunnerCtx, "now">, line: string): Date | null {
  const { pattern, timeZone } = readCronLine(line);
  try {
    return new Cron(pattern, { timezone: timeZone, paused: true }).nextRun(now());
  } catch {
    return null;
  }
}
