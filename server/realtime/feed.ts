import type { StreamStatus, Tick } from "@/server/contracts/realtime";
import type { FeedInstrument } from "@/server/services/market/list-feed-instruments";

/** Where prices come from while the app runs: a live vendor, stored bars played again, or seeded ticks. The gateway knows nothing else about them. */
export type Feed = {
  readonly id: string;
  /** The basis of whatever moves in this feed. */
  readonly basis: Tick["basis"];
  /** How many stored sessions behind each instrument `load` expects. */
  readonly sessions: number;
  /** Takes what is stored now; called again whenever stored figures changed. */
  load: (instruments: readonly FeedInstrument[]) => void;
  start: () => void;
  stop: () => void;
  onTick: (listener: (ticks: readonly Tick[]) => void) => void;
  /** The newest tick of every symbol that has a price. */
  snapshot: () => readonly Tick[];
  knows: (symbol: string) => boolean;
  symbolCount: () => number;
  /** What somebody follows now, most wanted first: feeds that pay for each symbol ask for these alone. */
  watch?: (symbols: readonly string[]) => void;
  /** Whether this process may hold lines to vendors; several processes would put each other out. */
  mayStream?: (may: boolean) => void;
  /** The lines to vendors, for whoever looks after the app. */
  streams?: () => StreamStatus[];
  /** Milliseconds since the newest tick that moved; null before the first. */
  age: () => number | null;
};
