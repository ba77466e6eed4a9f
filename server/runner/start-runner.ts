import { randomUUID } from "node:crypto";
import pg from "pg";
import type { RunnerStatus } from "@/server/contracts/health";
import { loadFunctions, nextCronTime } from "./app-sync";
import { watchApp } from "./app-watch";
import { fireCrons, nextCronInMs } from "./cron-clock";
import { endOverdue, nextOverdueInMs } from "./end-overdue";
import { forwardOutbox } from "./forward-outbox";
import { startJobExecutor, type JobExecutor } from "./job-executor";
import { freeLeases } from "./job-queue";
import { holdLeaderLock, type LeaderLock } from "./leader-lock";
import { pruneHistory } from "./prune-history";
import { repeatTask, type RepeatedTask } from "./repeated-task";
import { createFunctionRegistry, type RunnerCtx, type RunnerOptions } from "./runner-ctx";
import { startRunnerServer } from "./runner-server";
import { countQueue } from "./runner-status";
import { nextHeldInMs, startHeld } from "./start-held";

export type Runner = { port: number; status(): Promise<RunnerStatus>; /** Asks the app for its functions now. */ sync(): Promise<boolean>; stop(): Promise<void> };

const CONNECTIONS = 8;
const IDLE_MS = 250;
const AFTER_ERROR_MS = 1_000;
const OUTBOX_EVERY_MS = 2_000;
const CRONS_EVERY_MS = 5_000;
/** Another process may have received what is to be done next. */
const TIMERS_EVERY_MS = 1_000;
const PRUNE_AT = "15 3 * * *";
const PRUNE_CHECK_EVERY_MS = 60_000;

/** Everything that stands between a queue in PostgreSQL and the app's handler. */
export async function startRunner(options: RunnerOptions): Promise<Runner> {
  const { log, connectionString } = options;
  const pool = new pg.Pool({ connectionString, max: CONNECTIONS, connectionTimeoutMillis: 3_000, idleTimeoutMillis: 30_000 });
  // A connection can break between two queries of a transaction, when no query is there to fail: the next one does, and the job comes again.
  pool.on("connect", (client) => client.on("error", () => undefined));
  pool.on("error", (error) => log.warn({ event: "database connection lost", message: error.message }));
  const parts: { executor?: JobExecutor } & Partial<LeaderTasks> = {};
  const wake = () => parts.executor?.poke();
  const wakeTimers = () => [parts.held, parts.overdue].forEach((part) => part?.poke());
  const ctx: RunnerCtx = { ...options, pool, processId: randomUUID(), now: () => new Date(), functions: createFunctionRegistry(), wake, wakeTimers };

  const app = watchApp(ctx, () => [parts.executor, parts.outbox, parts.crons, parts.held].forEach((part) => part?.poke()));
  // Events that arrive before the app has named its functions would start none of those that are new: they wait in the outbox, or with their sender.
  const isReady = () => app.syncedAt() !== null;
  const lock = holdLeaderLock({
    connectionString,
    log,
    async onLead() {
      await freeLeases(ctx);
      await loadFunctions(ctx);
    },
    onLost: () => log.warn({ event: "runner lost the lead" }),
    onOutbox: () => [parts.executor, parts.outbox].forEach((part) => part?.poke()),
  });
  parts.executor = startJobExecutor(ctx, { isLeader: lock.isLeader, onError: warn(ctx, "claim") });
  const tasks = startLeaderTasks(ctx, lock, isReady);
  Object.assign(parts, tasks);

  const status = async (): Promise<RunnerStatus> => ({ leads: lock.isLeader(), functions: ctx.functions.all().length, syncedAt: app.syncedAt()?.toISOString() ?? null, ...(await countQueue(ctx)) });
  const stop = async () => {
    await Promise.all([app, ...Object.values(tasks), parts.executor].map((part) => part?.stop()));
    await lock.stop();
    await pool.end();
  };
  const server = await startRunnerServer(ctx, status, isReady).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    port: server.port,
    status,
    sync: app.sync,
    async stop() {
      await server.close();
      await stop();
    },
  };
}

const warn = ({ log }: RunnerCtx, name: string) => (error: unknown) => {
  log.warn({ event: `${name} failed`, message: error instanceof Error ? error.message : String(error) });
  return AFTER_ERROR_MS;
};

type LeaderTasks = Record<"outbox" | "crons" | "held" | "overdue" | "prune", RepeatedTask>;

/** What the leader does beside jobs. */
function startLeaderTasks(ctx: RunnerCtx, lock: LeaderLock, isReady: () => boolean): LeaderTasks {
  const whileLeading = (name: string, task: () => Promise<number>) => repeatTask(async () => (lock.isLeader() && isReady() ? task() : IDLE_MS), warn(ctx, name));
  let pruneAt = ctx.now();
  return {
    outbox: whileLeading("outbox", async () => {
      await forwardOutbox(ctx);
      return OUTBOX_EVERY_MS;
    }),
    crons: whileLeading("crons", async () => {
      await fireCrons(ctx);
      return Math.min((await nextCronInMs(ctx)) ?? CRONS_EVERY_MS, CRONS_EVERY_MS);
    }),
    held: whileLeading("held events", async () => {
      await startHeld(ctx);
      return Math.min((await nextHeldInMs(ctx)) ?? TIMERS_EVERY_MS, TIMERS_EVERY_MS);
    }),
    overdue: whileLeading("time-outs", async () => {
      await endOverdue(ctx);
      return Math.min((await nextOverdueInMs(ctx)) ?? TIMERS_EVERY_MS, TIMERS_EVERY_MS);
    }),
    prune: whileLeading("prune", async () => {
      if (ctx.now() < pruneAt) return PRUNE_CHECK_EVERY_MS;
      ctx.log.info({ event: "history pruned", ...(await pruneHistory(ctx)) });
      pruneAt = nextCronTime(ctx, PRUNE_AT)!;
      return PRUNE_CHECK_EVERY_MS;
    }),
  };
}
