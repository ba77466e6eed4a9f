import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { Inngest, type InngestFunction } from "inngest";
import { serve } from "inngest/node";
import pg from "pg";
import { AppError } from "@/server/domain/app-error";
import { readEnv } from "@/server/platform/env";
import { createLog } from "@/server/platform/log";
import type { RunnerOptions } from "@/server/runner/runner-ctx";
import { startRunner, type Runner } from "@/server/runner/start-runner";

export type RunRow = { id: string; functionId: string; status: "RUNNING" | "COMPLETED" | "FAILED" | "CANCELLED"; output: unknown; error: { name: string; message: string } | null };

export type Bench = {
  inngest: Inngest;
  runner: Runner;
  appUrl: string;
  pool: pg.Pool;
  /** Sends an event and returns its id. */
  send(name: string, data?: Record<string, unknown>, id?: string): Promise<string>;
  /** Id of the run that an event started, once so many of its steps are known. */
  started(functionId: string, eventId: string, steps?: number): Promise<string>;
  /** The run that an event started, once it has ended. */
  ended(functionId: string, eventId: string): Promise<RunRow>;
  /** Sends an event and waits for the end of the run it starts. */
  run(functionId: string, data?: Record<string, unknown>): Promise<RunRow>;
  runs(functionId: string): Promise<RunRow[]>;
  stop(): Promise<void>;
  /** The same without the runner, for a test that stopped it. */
  stopApp(): Promise<void>;
};

type Setting = { functions: (inngest: Inngest) => InngestFunction.Any[]; checkpoints?: boolean; signed?: boolean; /** The app answers at once and sends the outcome behind. */ streaming?: boolean } & Partial<RunnerOptions>;

const LONGEST_MS = 45_000;
/** A back-off of 15 s takes 75 ms, a sleep of 1 s takes 5 ms. */
export const TEST_PACE = 0.005;

export const testRunnerOptions = (appUrl: string): RunnerOptions => ({
  connectionString: readEnv().DATABASE_URL!, port: 0, host: "127.0.0.1", appUrl, signingKey: null, eventKey: null,
  log: createLog("runner", "silent"), callsAtOnce: 20, pace: TEST_PACE, checkpoints: true, spread: () => 0, keepDays: 14, syncEveryMs: 600_000,
});

/** A runner on the scratch database and an app with the real SDK, both in this process. A function with the id x is started by the event test/x. */
export async function startBench({ functions, signed = true, streaming = false, ...options }: Setting): Promise<Bench> {
  let handler: RequestListener = (_request, response) => void response.writeHead(503).end();
  const app = createServer((request, response) => handler(request, response));
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  const appUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}/api/inngest`;
  const appId = `bench-${randomBytes(4).toString("hex")}`;
  const signingKey = signed ? `signkey-test-${randomBytes(32).toString("hex")}` : null;
  const eventKey = signed ? randomBytes(16).toString("hex") : null;

  const runner = await startRunner({ ...testRunnerOptions(appUrl), signingKey, eventKey, ...options });
  const baseUrl = `http://127.0.0.1:${runner.port}`;
  const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const inngest = new Inngest({ id: appId, baseUrl, isDev: !signed, eventKey: eventKey ?? "dev", signingKey: signingKey ?? undefined, logger: quiet });
  handler = serve({ client: inngest, functions: functions(inngest), enableUnauthedSync: false, streaming });
  await runner.sync();
  const pool = new pg.Pool({ connectionString: readEnv().DATABASE_URL, max: 2 });
  const fullId = (functionId: string) => `${appId}-${functionId}`;

  const SELECT = `SELECT id, function_id AS "functionId", status, output, error FROM runner_run WHERE function_id = $1`;
  const send: Bench["send"] = async (name, data = {}, id) => (await inngest.send({ name, data, ...(id && { id }) })).ids[0]!;
  const ended: Bench["ended"] = async (functionId, eventId) => {
    for (const until = Date.now() + LONGEST_MS; Date.now() < until; await wait(15)) {
      const { rows } = await pool.query<RunRow>(`${SELECT} AND events -> 0 ->> 'id' = $2 AND status <> 'RUNNING'`, [fullId(functionId), eventId]);
      if (rows[0]) return rows[0];
    }
    throw new AppError("UPSTREAM_UNAVAILABLE", `The run of ${functionId} did not end`);
  };
  const started: Bench["started"] = async (functionId, eventId, steps = 0) => {
    let runId = "";
    await until(async () => {
      const { rows } = await pool.query<{ id: string }>(
        "SELECT id FROM runner_run r WHERE function_id = $1 AND events -> 0 ->> 'id' = $2 AND (SELECT count(*) FROM runner_step s WHERE s.run_id = r.id) >= $3",
        [fullId(functionId), eventId, steps],
      );
      runId = rows[0]?.id ?? "";
      return runId !== "";
    }, `${functionId} began`);
    return runId;
  };
  const stopApp = async () => {
    await pool.end();
    app.closeAllConnections();
    await new Promise((resolve) => app.close(resolve));
  };
  return {
    inngest, runner, appUrl, pool, send, started, ended,
    run: async (functionId, data) => ended(functionId, await send(`test/${functionId}`, data)),
    runs: async (functionId) => (await pool.query<RunRow>(`${SELECT} ORDER BY id`, [fullId(functionId)])).rows,
    stopApp,
    async stop() {
      await runner.stop();
      await stopApp();
    },
  };
}

/** Waits until something is so. */
export async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const end = Date.now() + LONGEST_MS; Date.now() < end; await wait(15)) if (await condition()) return;
  throw new AppError("UPSTREAM_UNAVAILABLE", `Waited in vain: ${what}`);
}
