import { localRunnerUrl, readEnv } from "@/server/platform/env";
import { createLog } from "@/server/platform/log";
import { startRunner } from "./start-runner";

const CALLS_AT_ONCE = 20;
const SYNC_EVERY_MS = 30_000;

const env = readEnv();
const log = createLog("runner", env.LOG_LEVEL);
if (!env.DATABASE_URL) {
  log.error({ event: "runner not started", message: "DATABASE_URL is not set" });
  process.exit(1);
}

// It listens on this machine only; who may send is decided by keys that `npm start` makes.
const runner = await startRunner({
  connectionString: env.DATABASE_URL,
  port: env.RUNNER_PORT,
  host: "127.0.0.1",
  appUrl: env.RUNNER_APP_URL ?? `http://127.0.0.1:${env.PORT}/api/inngest`,
  signingKey: env.INNGEST_SIGNING_KEY ?? null,
  eventKey: env.INNGEST_SIGNING_KEY ? (env.INNGEST_EVENT_KEY ?? null) : null,
  log,
  callsAtOnce: CALLS_AT_ONCE,
  pace: 1,
  checkpoints: true,
  spread: Math.random,
  keepDays: env.RUNNER_KEEP_DAYS,
  syncEveryMs: SYNC_EVERY_MS,
}).catch((error: NodeJS.ErrnoException) => {
  log.error({ event: "runner not started", code: error.code, message: error.message, port: env.RUNNER_PORT });
  process.exit(1);
});
log.info({ event: "runner listens", url: localRunnerUrl({ RUNNER_PORT: runner.port }), signed: Boolean(env.INNGEST_SIGNING_KEY) });

let stopping = false;
async function stop(signal: string) {
  if (stopping) return;
  stopping = true;
  log.info({ event: "runner stops", signal });
  await runner.stop();
  process.exit(0);
}
process.on("SIGTERM", () => void stop("SIGTERM"));
process.on("SIGINT", () => void stop("SIGINT"));
