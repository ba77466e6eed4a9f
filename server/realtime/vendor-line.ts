import type { StreamStatus } from "@/server/contracts/realtime";

/** What a vendor's stream tells of one symbol; `at` is an instant in ISO 8601. */
export type LineTick = { provider: string; symbol: string; currency: string; price: number; at: string };
type LineListener = { onRow: (tick: LineTick) => void; onPhase?: (phase: StreamStatus["phase"]) => void; onFault?: (fault: { reason: string }) => void };
type LineHandle = { subscribe: (symbols: readonly string[]) => void; unsubscribe: (symbols: readonly string[]) => void; phase: () => StreamStatus["phase"]; close: () => void };
export type OpenLine = (listener: LineListener) => LineHandle;

export type VendorLine = {
  /** Has exactly these symbols streamed; the line is opened with the first and let go with the last. */
  want: (symbols: readonly string[]) => void;
  wants: (symbol: string) => boolean;
  /** How long the line has not stood while it was wanted; 0 while it does. */
  awayMs: () => number;
  status: () => Omit<StreamStatus, "fellBack">;
  close: () => void;
};

/** A vendor's stream as the boards use it. That it is opened again, and all symbols are asked for anew, is the stream's own work. */
export function createVendorLine({ vendor, open, onRow, now }: { vendor: string; open: OpenLine; onRow: (tick: LineTick) => void; now: () => number }): VendorLine {
  const wanted = new Set<string>();
  let handle: LineHandle | null = null;
  let awaySince: number | null = null;
  let tickAt: number | null = null;
  let faults = 0;
  let lastFault: string | null = null;

  const start = () =>
    open({
      onRow(tick) {
        tickAt = now();
        onRow(tick);
      },
      onPhase(phase) {
        if (phase === "open") awaySince = null;
        else awaySince ??= now();
      },
      onFault({ reason }) {
        faults++;
        lastFault = reason;
      },
    });

  return {
    want(symbols) {
      const next = new Set(symbols);
      const gone = [...wanted].filter((symbol) => !next.has(symbol));
      const fresh = [...next].filter((symbol) => !wanted.has(symbol));
      // A line that was let go is not away until it is wanted again.
      if (wanted.size === 0) awaySince = now();
      for (const symbol of gone) wanted.delete(symbol);
      for (const symbol of fresh) wanted.add(symbol);
      if (fresh.length > 0) {
        handle ??= start();
        handle.subscribe(fresh);
      }
      if (gone.length > 0) handle?.unsubscribe(gone);
    },
    wants: (symbol) => wanted.has(symbol),
    awayMs: () => (wanted.size === 0 || awaySince === null ? 0 : Math.max(0, now() - awaySince)),
    status: () => ({ vendor, phase: handle?.phase() ?? "closed", symbols: wanted.size, ageMs: tickAt === null ? null : Math.max(0, now() - tickAt), faults, lastFault }),
    close() {
      wanted.clear();
      handle?.close();
    },
  };
}
