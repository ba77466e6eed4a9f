import type { Tick } from "@/server/contracts/realtime";
import type { Feed } from "./feed";

type Options = {
  now: () => number;
  /** Called again and again while the feed runs. */
  everyMs: number;
  beat: () => void;
};

/** What every feed keeps: the newest tick of each symbol, who listens, which symbols it knows, and since when nothing moved. */
export function createTickBoard({ now, everyMs, beat }: Options) {
  const newest = new Map<string, Tick>();
  const known = new Set<string>();
  const listeners: ((ticks: readonly Tick[]) => void)[] = [];
  let movedAt: number | null = null;
  let timer: NodeJS.Timeout | null = null;

  const face: Pick<Feed, "start" | "stop" | "onTick" | "snapshot" | "knows" | "symbolCount" | "age"> = {
    start() {
      timer ??= setInterval(beat, everyMs);
    },
    stop() {
      if (timer) clearInterval(timer);
      timer = null;
    },
    onTick: (listener) => void listeners.push(listener),
    snapshot: () => [...newest.values()],
    knows: (symbol) => known.has(symbol),
    symbolCount: () => known.size,
    age: () => (movedAt === null ? null : Math.max(0, now() - movedAt)),
  };

  return {
    face,
    newestOf: (symbol: string) => newest.get(symbol),
    /** Takes these symbols as all there are. */
    know(symbols: Iterable<string>) {
      known.clear();
      for (const symbol of symbols) known.add(symbol);
    },
    /** Forgets the ticks of symbols that have no price any more. */
    keepOnly(hasPrice: (symbol: string) => boolean) {
      for (const symbol of newest.keys()) if (!hasPrice(symbol)) newest.delete(symbol);
    },
    moved(atMs: number) {
      movedAt = atMs;
    },
    publish(ticks: readonly Tick[]) {
      if (ticks.length === 0) return;
      for (const tick of ticks) newest.set(tick.symbol, tick);
      for (const listener of listeners) listener(ticks);
    },
  };
}
