import { Cron } from "croner";
import { AppError } from "@/server/domain/app-error";
import { canonicalJson } from "@/server/domain/runner/canonical-json";
import { readCronLine } from "@/server/domain/runner/cron-line";
import { functionFaults } from "@/server/domain/runner/function-faults";
import { exchangeHttp } from "./http-exchange";
import { functionConfig, syncAnswer, type FunctionConfig } from "./inngest-payload";
import { brokenExpressions } from "./match-expression";
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
  const functions = acceptedFunctions(ctx, syncAnswer.parse(JSON.parse(answer.text)).functions);
  // The database keeps the keys of objects in an order of its own.
  const before = new Map(ctx.functions.all().map((config) => [config.id, canonicalJson(config)]));
  const changed = functions.filter((config) => before.get(config.id) !== canonicalJson(config));
  const isNew = changed.length > 0 || before.size !== functions.length;
  if (isNew) {
    await storeFunctions(ctx, functions);
    await loadFunctions(ctx);
  }
  return isNew;
}

/** What an Inngest server would refuse is refused here as well, told once, and does not keep the other functions from their work. */
function acceptedFunctions({ log, functions }: RunnerCtx, offered: readonly { id: string }[]): FunctionConfig[] {
  const refused: { name: string; faults: string[] }[] = [];
  const accepted = offered.flatMap((offer) => {
    const parsed = functionConfig.safeParse(offer);
    const faults = parsed.success ? faultsOf(parsed.data) : [parsed.error.message.slice(0, 300)];
    if (faults.length > 0) refused.push({ name: offer.id, faults });
    return parsed.success && faults.length === 0 ? [parsed.data] : [];
  });
  const text = JSON.stringify(refused);
  if (refused.length > 0 && text !== functions.refused) log.error({ event: "functions refused", refused });
  functions.refused = text;
  return accepted;
}

/** Why an Inngest server would not take a function; empty when it would. */
export function faultsOf(config: FunctionConfig): string[] {
  const { debounce, throttle, rateLimit, batchEvents, singleton, concurrency, priority, idempotency, cancel, triggers } = config;
  const expressions = [
    ...[debounce, throttle, rateLimit, batchEvents, singleton, ...(concurrency ?? [])].map((setting) => setting?.key),
    batchEvents?.if, priority?.run, idempotency, ...(cancel ?? []).map((one) => one.if), ...triggers.map((trigger) => ("event" in trigger ? trigger.expression : null)),
  ];
  return [...functionFaults(config), ...brokenExpressions(expressions).map((text) => `"${text}" is no expression`)];
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
