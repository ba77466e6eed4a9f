import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import type { RunnerStatus } from "@/server/contracts/health";
import { loadFunctions, nextCronTime, syncApp } from "./app-sync";
import { fireCrons, nextCronInMs } from "./cron-clock";
import { forwardOutbox } from "./forward-outbox";
import { claimJobs, freeLeases, nextDueInMs, type Job } from "./job-queue";
import { holdLeaderLock } from "./leader-lock";
import { pruneHistory } from "./prune-history";
import { repeatTask, type RepeatedTask } from "./repeated-task";
import { runJob } from "./run-job";
import { createFunctionRegistry, type RunnerCtx, type RunnerOptions } from "./runner-ctx";
import { startRunnerServer } from "./runner-server";
import { countQueue } from "./runner-status";

export type Runner = { port: number; status(): Promise<RunnerStatus>; /** Asks the app for its functions now. */ sync(): Promise<boolean>; stop(): Promise<void> };

const POLL_MS = 1_000;
const OUTBOX_EVERY_MS = 2_000;
const CRONS_EVERY_MS = 5_000;
/** Until the app has answered once. */
const SYNC_AGAIN_MS = 500;
const PRUNE_AT = "15 3 * * *";
const STOP_WITHIN_MS = 3_000;
const CONNECTIONS = 8;

/** Everything that stands between a queue in PostgreSQL and the app's handler. */
export async function startRunner(options: RunnerOptions): Promise<Runner> {
  const { log } = options;
  const pool = new pg.Pool({ connectionString: options.connectionString, max: CONNECTIONS, connectionTimeoutMillis: 3_000, idleTimeoutMillis: 30_000 });
  pool.on("error", (error) => log.warn({ event: "database connection lost", message: error.message }));
  const ctx: RunnerCtx = { ...options, pool, processId: randomUUID(), now: () => new Date(), functions: createFunctionRegistry(), wake: () => jobs?.poke() };

  const running = new Map<string, Job>();
  const stopping = new AbortController();
  // Every call at work listens to it.
  setMaxListeners(0, stopping.signal);
  let stopped = false;
  let syncedAt: Date | null = null;
  let pruneAt = ctx.now();
  let jobs: RepeatedTask | null = null;
  let outbox: RepeatedTask | null = null;

  const failed = (name: string) => (error: unknown) => {
    log.warn({ event: `${name} failed`, message: error instanceof Error ? error.message : String(error) });
    return POLL_MS;
  };
  const syncOnce = async () => {
    const changed = await syncApp(ctx);
    if (!syncedAt || changed) log.info({ event: "synced", functions: ctx.functions.all().length });
    syncedAt = ctx.now();
    if (changed) crons.poke();
    outbox?.poke();
    ctx.wake();
    return changed;
  };
  let syncing: Promise<boolean> | null = null;
  const sync = () => (syncing ??= syncOnce().finally(() => (syncing = null)));
  const work = async (first: Job) => {
    for (let job: Job | null = first; job && !stopped; ) {
      running.set(job.id, job);
      job = await runJob(ctx, job, stopping.signal);
    }
    running.delete(first.id);
    ctx.wake();
  };

  const lock = holdLeaderLock({
    connectionString: options.connectionString,
    log,
    async onLead() {
      await freeLeases(ctx);
      await loadFunctions(ctx);
    },
    onLost: () => log.warn({ event: "runner lost the lead" }),
    onOutbox: () => {
      outbox?.poke();
      jobs?.poke();
    },
  });
  // Events that arrive before the app has named its functions would start none of those that are new: they wait in the outbox, or with their sender.
  const isReady = () => syncedAt !== null;
  const whileLeading = (task: () => Promise<number>) => async () => (lock.isLeader() ? task() : POLL_MS / 4);

  jobs = repeatTask(whileLeading(async () => {
    const capacity = options.callsAtOnce - running.size;
    if (capacity <= 0) return POLL_MS;
    const claimed = await claimJobs(ctx, [...running.values()], capacity);
    for (const job of claimed) void work(job);
    if (claimed.length > 0) return 0;
    return Math.min((await nextDueInMs(ctx)) ?? POLL_MS, POLL_MS);
  }), failed("claim"));
  outbox = repeatTask(whileLeading(async () => {
    if (isReady()) await forwardOutbox(ctx);
    return isReady() ? OUTBOX_EVERY_MS : POLL_MS / 4;
  }), failed("outbox"));
  const crons = repeatTask(whileLeading(async () => {
    await fireCrons(ctx);
    return Math.min((await nextCronInMs(ctx)) ?? CRONS_EVERY_MS, CRONS_EVERY_MS);
  }), failed("crons"));
  // A runner that does not lead takes events as well.
  const syncs = repeatTask(async () => {
    await sync();
    return options.syncEveryMs;
  }, (error) => {
    // A starting app refuses for a while; that is no news.
    if (syncedAt) failed("sync")(error);
    else log.debug({ event: "the app does not answer yet", message: error instanceof Error ? error.message : String(error) });
    return SYNC_AGAIN_MS;
  });
  const prune = repeatTask(whileLeading(async () => {
    if (ctx.now() < pruneAt) return 60_000;
    const removed = await pruneHistory(ctx);
    log.info({ event: "history pruned", ...removed });
    pruneAt = nextCronTime(ctx, PRUNE_AT)!;
    return 60_000;
  }), failed("prune"));

  const status = async (): Promise<RunnerStatus> => ({ leads: lock.isLeader(), functions: ctx.functions.all().length, syncedAt: syncedAt?.toISOString() ?? null, ...(await countQueue(ctx)) });
  const tasks = [jobs, outbox, crons, syncs, prune];
  const stop = async () => {
    stopped = true;
    await Promise.all(tasks.map((task) => task.stop()));
    for (const until = Date.now() + STOP_WITHIN_MS; running.size > 0 && Date.now() < until; ) await wait(20);
    // What is still at work keeps its lease; the next runner frees it and makes the call again.
    stopping.abort();
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
    sync,
    async stop() {
      await server.close();
      await stop();
    },
  };
}
