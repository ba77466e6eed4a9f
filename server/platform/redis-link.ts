import { Redis } from "ioredis";
import type { Log } from "./log";

/** Redis makes things faster and is never needed: what takes longer than this is done without it. */
const CALL_WITHIN_MS = 25;
/** So long without an answer, it is called away; single late answers are not. */
const AWAY_AFTER_MS = 1_500;

export type RedisLink = {
  /** Rejects soon, whatever Redis does: refuses, hangs, or answers too late. */
  call: <T>(run: (redis: Redis) => Promise<T>) => Promise<T>;
  state: () => "up" | "down";
  close: () => void;
};

/** One connection that comes back by itself; nothing waits in a queue for it. */
export function createRedisLink({ url, log, callWithinMs = CALL_WITHIN_MS, awayAfterMs = AWAY_AFTER_MS }: { url: string; log: Log; callWithinMs?: number; awayAfterMs?: number }): RedisLink {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: callWithinMs,
    connectTimeout: 1_000,
    retryStrategy: (attempt) => Math.min(2_000, 100 * 2 ** Math.min(attempt, 5)) * (0.5 + Math.random() / 2),
  });
  let state: "up" | "down" | null = null;
  let answeredAt = performance.now();
  let closed = false;
  // Without a listener a lost connection would end the process; what it means is seen by the calls.
  redis.on("error", () => undefined);

  const enter = (next: "up" | "down") => {
    if (next === state) return;
    state = next;
    if (!closed) log[next === "up" ? "info" : "warn"]({ event: next === "up" ? "redis reached" : "redis away" });
  };

  return {
    async call(run) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`Redis gave no answer within ${callWithinMs} ms`)), callWithinMs * 2);
      });
      try {
        const answer = await Promise.race([run(redis), late]);
        answeredAt = performance.now();
        enter("up");
        return answer;
      } catch (error) {
        if (performance.now() - answeredAt > awayAfterMs) enter("down");
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
    state: () => state ?? "down",
    close() {
      closed = true;
      redis.disconnect();
    },
  };
}
