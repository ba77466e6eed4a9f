import type { Tick } from "@/server/contracts/realtime";
import type { Feed } from "./feed";
import type { FeedRelay, RelayRole } from "./feed-relay";

type RelayPart = Pick<FeedRelay, "start" | "publish" | "watch" | "role">;
type RelayEvents = { onRole: (role: RelayRole) => void; onTicks: (ticks: readonly Tick[]) => void; onWatched: (symbols: readonly string[]) => void; snapshot: () => readonly Tick[] };

/** A feed that one process runs for all: as a follower its own stands still, and what the leader tells counts. */
export function createSharedFeed(local: Feed, { now, openRelay }: { now: () => number; openRelay: (events: RelayEvents) => RelayPart }): Feed {
  const listeners: ((ticks: readonly Tick[]) => void)[] = [];
  /** What the leader has told, which outdates what this process makes of stored figures. */
  const relayed = new Map<string, Tick>();
  let relayedAt: number | null = null;
  let running = false;
  let hasFollowed = false;

  const tell = (ticks: readonly Tick[]) => {
    if (ticks.length > 0) for (const listener of listeners) listener(ticks);
  };
  const relay = openRelay({
    onRole(role) {
      hasFollowed ||= role === "follower";
      if (role === "leader") hasFollowed = false;
      // Alone after having followed, the line to a vendor is still the leader's: two of one account would put each other out.
      local.mayStream?.(role === "leader" || (role === "alone" && !hasFollowed));
      if (role !== "follower") relayed.clear();
      if (role === "follower" || !running) local.stop();
      else local.start();
      if (role !== "follower") tell(local.snapshot());
    },
    onTicks(ticks) {
      relayedAt = now();
      const known = ticks.filter(({ symbol }) => local.knows(symbol));
      for (const tick of known) relayed.set(tick.symbol, tick);
      tell(known);
    },
    onWatched: (symbols) => local.watch?.(symbols),
    snapshot: local.snapshot,
  });

  local.onTick((ticks) => {
    relay.publish(ticks);
    tell(relay.role() === "follower" ? ticks.filter(({ symbol }) => !relayed.has(symbol)) : ticks);
  });

  return {
    id: local.id,
    basis: local.basis,
    sessions: local.sessions,
    load: local.load,
    start() {
      running = true;
      relay.start();
    },
    stop() {
      running = false;
      local.stop();
    },
    onTick: (listener) => void listeners.push(listener),
    snapshot: () => local.snapshot().map((tick) => relayed.get(tick.symbol) ?? tick),
    knows: local.knows,
    symbolCount: local.symbolCount,
    watch: relay.watch,
    streams: () => local.streams?.() ?? [],
    age: () => (relay.role() === "follower" ? (relayedAt === null ? null : Math.max(0, now() - relayedAt)) : local.age()),
  };
}
