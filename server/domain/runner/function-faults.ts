import { durationTextMs } from "./duration-text";

type Keyed = { key?: string | null | undefined };

/** The settings of a function that decide when it runs, as the SDK sends them. */
export type FlowSettings = {
  debounce?: (Keyed & { period: string; timeout?: string | null | undefined }) | null | undefined;
  throttle?: (Keyed & { limit: number; period: string; burst?: number | null | undefined }) | null | undefined;
  rateLimit?: (Keyed & { limit: number; period: string }) | null | undefined;
  batchEvents?: (Keyed & { maxSize: number; timeout: string; if?: string | null | undefined }) | null | undefined;
  priority?: { run?: string | null | undefined } | null | undefined;
  timeouts?: { start?: string | null | undefined; finish?: string | null | undefined } | null | undefined;
  cancel?: readonly unknown[] | null | undefined;
  concurrency?: readonly (Keyed & { limit: number; scope?: string | undefined })[] | null | undefined;
};

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;
const MAX_CONCURRENCY_RULES = 2;
const MAX_CANCELLATIONS = 5;

/** What an Inngest server would refuse a function for; empty when it takes it. */
export function functionFaults({ debounce, throttle, rateLimit, batchEvents, priority, timeouts, cancel, concurrency }: FlowSettings): string[] {
  const faults: string[] = [];
  const refuse = (bad: boolean, fault: string) => void (bad && faults.push(fault));
  const checkDuration = (name: string, text: string | null | undefined, longestMs: number) => {
    const ms = text ? durationTextMs(text) : SECOND_MS;
    refuse(ms === null || ms < SECOND_MS || ms > longestMs, `${name} of "${text}" is not from one second to ${longestMs / DAY_MS} days`);
  };
  if (debounce) checkDuration("debounce period", debounce.period, 7 * DAY_MS);
  if (debounce) checkDuration("debounce timeout", debounce.timeout, 365 * DAY_MS);
  if (throttle) checkDuration("throttle period", throttle.period, 7 * DAY_MS);
  if (throttle) refuse(throttle.limit < 1 || (throttle.burst ?? 0) < 0, "a throttle needs a limit of at least 1");
  if (rateLimit) checkDuration("rate limit period", rateLimit.period, DAY_MS);
  if (rateLimit) refuse(rateLimit.limit < 1, "a rate limit needs a limit of at least 1");
  if (batchEvents) {
    checkDuration("batch timeout", batchEvents.timeout, DAY_MS);
    refuse(batchEvents.maxSize < 1, "a batch needs a size of at least 1");
    refuse(Boolean(debounce), "batching and debouncing exclude each other");
    refuse(Boolean(cancel && cancel.length > 0), "batching and cancellation exclude each other");
    refuse(Boolean(priority?.run), "batching and priority exclude each other");
  }
  checkDuration("start timeout", timeouts?.start, 365 * DAY_MS);
  checkDuration("finish timeout", timeouts?.finish, 365 * DAY_MS);
  refuse((cancel?.length ?? 0) > MAX_CANCELLATIONS, `more than ${MAX_CANCELLATIONS} cancellations`);
  refuse((concurrency?.length ?? 0) > MAX_CONCURRENCY_RULES, `more than ${MAX_CONCURRENCY_RULES} concurrency limits`);
  refuse(Boolean(concurrency?.some(({ scope, key }) => scope && scope !== "fn" && !key)), "a concurrency limit beyond the function needs a key");
  return faults;
}
