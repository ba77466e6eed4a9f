import { syncApp } from "./app-sync";
import { repeatTask } from "./repeated-task";
import type { RunnerCtx } from "./runner-ctx";

export type AppWatch = { syncedAt(): Date | null; /** Asks the app for its functions now. */ sync(): Promise<boolean>; stop(): Promise<void> };

/** Until the app has answered. */
const AGAIN_MS = 500;

/** Keeps the functions as the app offers them. Every runner does so, since one that does not lead takes events as well. */
export function watchApp(ctx: RunnerCtx, onSync: () => void): AppWatch {
  let syncedAt: Date | null = null;
  let syncing: Promise<boolean> | null = null;
  const syncOnce = async () => {
    const changed = await syncApp(ctx);
    if (!syncedAt || changed) ctx.log.info({ event: "synced", functions: ctx.functions.all().length });
    syncedAt = ctx.now();
    onSync();
    return changed;
  };
  const sync = () => (syncing ??= syncOnce().finally(() => (syncing = null)));
  const task = repeatTask(
    async () => {
      await sync();
      return ctx.syncEveryMs;
    },
    (error) => {
      const line = { event: "the app does not answer", message: error instanceof Error ? error.message : String(error) };
      // A starting app refuses for a while; that is no news.
      if (syncedAt) ctx.log.warn(line);
      else ctx.log.debug(line);
      return AGAIN_MS;
    },
  );
  return { syncedAt: () => syncedAt, sync, stop: task.stop };
}
