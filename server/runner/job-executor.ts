import { setMaxListeners } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { claimJobs, nextDueInMs, type Job } from "./job-queue";
import { repeatTask } from "./repeated-task";
import { runJob } from "./run-job";
import type { RunnerCtx } from "./runner-ctx";

export type JobExecutor = { poke(): void; stop(): Promise<void> };

/** How long the queue is left alone when nothing wakes it: a job may come due by the clock of the database. */
const POLL_MS = 1_000;
const STOP_WITHIN_MS = 3_000;

/** Takes jobs from the queue, while this process leads, and does as many at once as it may. */
export function startJobExecutor(ctx: RunnerCtx, { isLeader, onError }: { isLeader: () => boolean; onError: (error: unknown) => number }): JobExecutor {
  const running = new Map<string, Job>();
  const stopping = new AbortController();
  // Every call at work listens to it.
  setMaxListeners(0, stopping.signal);
  let stopped = false;

  const work = async (first: Job) => {
    for (let job: Job | null = first; job && !stopped; ) {
      running.set(job.id, job);
      job = await runJob(ctx, job, stopping.signal);
    }
    running.delete(first.id);
    task.poke();
  };
  const task = repeatTask(async () => {
    if (!isLeader()) return POLL_MS / 4;
    const capacity = ctx.callsAtOnce - running.size;
    if (capacity <= 0) return POLL_MS;
    const claimed = await claimJobs(ctx, [...running.values()], capacity);
    for (const job of claimed) void work(job);
    if (claimed.length > 0) return 0;
    return Math.min((await nextDueInMs(ctx)) ?? POLL_MS, POLL_MS);
  }, onError);

  return {
    poke: task.poke,
    async stop() {
      stopped = true;
      await task.stop();
      for (const until = Date.now() + STOP_WITHIN_MS; running.size > 0 && Date.now() < until; ) await wait(20);
      // What is still at work keeps its lease; the next runner frees it and makes the call again.
      stopping.abort();
    },
  };
}
