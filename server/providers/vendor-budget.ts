import { AppError } from "@/server/domain/app-error";
import { callsLeft, pauseUntil, takeCall, UNUSED_RATE_WINDOW, type RateWindow } from "@/server/domain/ingestion/rate-window";
import type { FetchDeps } from "@/server/platform/fetch-text";
import type { RateLimiter } from "@/server/platform/rate-limiter";
import type { VendorId, VendorStatus } from "./capabilities";

export type BudgetRule = {
  /** Calls in any stretch of time, in this process; the vendor's published limits. */
  windows: readonly RateWindow[];
  concurrency: number;
  /** Calls a day over all processes, counted in the store of the rate limiter; a day begins with its first call. */
  dayLimit?: number;
  /** A call that would have to wait longer for its turn is refused, so that another vendor is asked. */
  maxWaitMs?: number;
  /** For vendors that are many hosts: what one of them asks holds for it alone, and the adapter sees to that. */
  manyHosts?: boolean;
};

export type VendorBudget = {
  /** Waits for a turn and gives what ends it. @throws AppError RATE_LIMITED with reason "own-budget" */
  acquire(signal?: AbortSignal): Promise<() => void>;
  /** Leaves the vendor alone, as it asked. */
  pause(ms: number): void;
  status(): VendorStatus["budget"];
};

const DAY_SECONDS = 86_400;
const DEFAULT_MAX_WAIT_MS = 15_000;
/** No vendor's word keeps us away for longer; its day's quota is told by its limit. */
const LONGEST_PAUSE_MS = 3_600_000;

type Input = { vendor: VendorId; rule: BudgetRule; limiter: RateLimiter; deps: Pick<FetchDeps, "now" | "sleep"> };

/** One vendor's budget, shared by all that this process asks of it. */
export function createVendorBudget({ vendor, rule, limiter, deps }: Input): VendorBudget {
  const { windows, concurrency, dayLimit, maxWaitMs = DEFAULT_MAX_WAIT_MS, manyHosts = false } = rule;
  let state = UNUSED_RATE_WINDOW;
  let running = 0;
  let waiting = 0;
  let dayLeft: number | null = null;
  const queue: (() => void)[] = [];
  const nowMs = () => deps.now().getTime();
  const usedUp = (retryAfterMs: number) => new AppError("RATE_LIMITED", `${vendor}: our budget for this vendor is used up`, { provider: vendor, reason: "own-budget", retryAfterMs: Math.ceil(retryAfterMs) });

  /** The place goes straight to who waits longest: nobody who comes at this moment can take it as well. */
  function release(): void {
    const next = queue.shift();
    if (next) next();
    else running -= 1;
  }

  async function slot(signal?: AbortSignal): Promise<void> {
    if (running < concurrency) {
      running += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const turn = () => {
        signal?.removeEventListener("abort", leave);
        resolve();
      };
      const leave = () => {
        queue.splice(queue.indexOf(turn), 1);
        reject(signal?.reason);
      };
      queue.push(turn);
      signal?.addEventListener("abort", leave, { once: true });
    });
  }

  async function call(untilMs: number, signal?: AbortSignal): Promise<void> {
    for (;;) {
      const answer = takeCall(state, windows, nowMs());
      if (answer.taken) {
        state = answer.state;
        break;
      }
      if (nowMs() + answer.waitMs > untilMs) throw usedUp(answer.waitMs);
      await deps.sleep(answer.waitMs, signal);
    }
    if (dayLimit === undefined) return;
    const { admitted, remaining, resetsInMs } = await limiter.take({ key: `vendor:${vendor}:day`, limit: dayLimit, windowSeconds: DAY_SECONDS });
    dayLeft = remaining;
    if (admitted) return;
    state = pauseUntil(state, nowMs() + resetsInMs);
    throw usedUp(resetsInMs);
  }

  return {
    async acquire(signal) {
      const untilMs = nowMs() + maxWaitMs;
      signal?.throwIfAborted();
      waiting += 1;
      try {
        await slot(signal);
        try {
          await call(untilMs, signal);
        } catch (error) {
          release();
          throw error;
        }
      } finally {
        waiting -= 1;
      }
      let held = true;
      return () => {
        if (held) release();
        held = false;
      };
    },
    pause: (ms) => void (state = manyHosts ? state : pauseUntil(state, nowMs() + Math.min(ms, LONGEST_PAUSE_MS))),
    status: () => ({
      callsLeft: callsLeft(state, windows, nowMs()),
      waiting,
      running,
      dayLimit: dayLimit ?? null,
      dayLeft: dayLimit === undefined ? null : (dayLeft ?? dayLimit),
      pausedUntil: state.pausedUntilMs > nowMs() ? new Date(state.pausedUntilMs).toISOString() : null,
    }),
  };
}
