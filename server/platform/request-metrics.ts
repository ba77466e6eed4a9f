/** `failed` is a fault of ours or of what we need; `refused` an error that the caller was told on purpose. */
export type CallOutcome = "ok" | "refused" | "failed";

export type ProcedureFigures = { name: string; calls: number; refused: number; failed: number; p50Ms: number | null; p95Ms: number | null; p99Ms: number | null };

export type RequestMetrics = {
  record(name: string, durationMs: number, outcome: CallOutcome): void;
  read(): { since: Date; procedures: ProcedureFigures[] };
};

/** Durations kept for each procedure: enough for a 99th percentile, little enough to sort when somebody looks. */
const KEPT = 512;

type Slot = { calls: number; refused: number; failed: number; durations: Float64Array; filled: number };

/** Counts calls and keeps the last durations of each procedure in this process; procedures are few, so memory is bounded. */
export function createRequestMetrics(since: Date): RequestMetrics {
  const slots = new Map<string, Slot>();
  return {
    record(name, durationMs, outcome) {
      let slot = slots.get(name);
      if (!slot) slots.set(name, (slot = { calls: 0, refused: 0, failed: 0, durations: new Float64Array(KEPT), filled: 0 }));
      slot.durations[slot.calls % KEPT] = durationMs;
      slot.calls += 1;
      slot.filled = Math.min(slot.calls, KEPT);
      if (outcome !== "ok") slot[outcome] += 1;
    },
    read: () => ({
      since,
      procedures: [...slots].map(([name, { calls, refused, failed, durations, filled }]) => {
        const sorted = durations.slice(0, filled).sort();
        return { name, calls, refused, failed, p50Ms: nearestRank(sorted, 0.5), p95Ms: nearestRank(sorted, 0.95), p99Ms: nearestRank(sorted, 0.99) };
      }),
    }),
  };
}

/** The smallest value that at least this share of the values does not exceed; null of none. */
function nearestRank(ascending: Float64Array, share: number): number | null {
  return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? null;
}

// Next evaluates modules once per bundle; the process counts in one place all the same.
const holder = globalThis as { nexusRequestMetrics?: RequestMetrics };

/** The counters of this process, from when it began. */
export const requestMetrics = (): RequestMetrics => (holder.nexusRequestMetrics ??= createRequestMetrics(new Date(Date.now() - process.uptime() * 1_000)));
