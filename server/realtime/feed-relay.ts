import { randomUUID } from "node:crypto";
import { z } from "zod";
import { tick, type Tick } from "@/server/contracts/realtime";
import type { Log } from "@/server/platform/log";
import type { RedisLink } from "@/server/platform/redis-link";

/** alone: no Redis, so this process runs its own feed; leader: it runs the feed of all; follower: it passes on what the leader tells. */
export type RelayRole = "alone" | "leader" | "follower";

export type FeedRelay = {
  start: () => void;
  stop: () => Promise<void>;
  role: () => RelayRole;
  /** Has the followers told; nothing happens in another role. */
  publish: (ticks: readonly Tick[]) => void;
  /** What is followed at this process. */
  watch: (symbols: readonly string[]) => void;
};

type Options = {
  link: RedisLink;
  log: Log;
  onRole: (role: RelayRole) => void;
  onTicks: (ticks: readonly Tick[]) => void;
  /** What is followed at any process; told to the leader, or to one that is alone. */
  onWatched: (symbols: readonly string[]) => void;
  /** All newest ticks, told again now and then so that who joined late or missed some has them. */
  snapshot: () => readonly Tick[];
  now?: () => number;
  pace?: Partial<typeof PACE>;
  /** Begin of all names in Redis. */
  prefix?: string;
};

const PACE = { beatMs: 500, leaseMs: 5_000, readMs: 50, sendMs: 100, snapshotMs: 10_000 };
const STREAM_LENGTH = 200;
const READ_AT_ONCE = 20;
const SYMBOLS_TOLD = 1_000;

const RENEW = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) else return 0 end`;
const GIVE_UP = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) else return 0 end`;

const batch = z.object({ from: z.string(), ticks: z.array(tick) });
const watchedBy = z.object({ at: z.number(), symbols: z.array(z.string()) });

/**
 * Shares one feed among several processes: whoever holds a lease in Redis runs it and writes its ticks to a stream, the others read them
 * there. While Redis is away each is alone with its own feed, so nobody stands still.
 */
export function createFeedRelay({ link, log, onRole, onTicks, onWatched, snapshot, now = Date.now, pace, prefix = "nexus:feed" }: Options): FeedRelay {
  const { beatMs, leaseMs, readMs, sendMs, snapshotMs } = { ...PACE, ...pace };
  const keys = { lease: `${prefix}:leader`, stream: `${prefix}:ticks`, watched: `${prefix}:watched` };
  const id = randomUUID();
  const pending = new Map<string, Tick>();
  let role: RelayRole = "alone";
  let watched: readonly string[] = [];
  let readUpTo: string | null = null;
  let snapshotAt = 0;
  let stopped = true;
  const timers = new Set<NodeJS.Timeout>();

  const enter = (next: RelayRole) => {
    if (next === role) return;
    role = next;
    pending.clear();
    readUpTo = null;
    snapshotAt = 0;
    log.info({ event: "feed shared", role });
    onRole(role);
  };

  const holdLease = async (): Promise<boolean> => {
    if (role === "leader" && Number(await link.call((redis) => redis.eval(RENEW, 1, keys.lease, id, leaseMs))) === 1) return true;
    return (await link.call((redis) => redis.set(keys.lease, id, "PX", leaseMs, "NX"))) === "OK";
  };

  const beat = async () => {
    try {
      enter((await holdLease()) ? "leader" : "follower");
      await link.call((redis) => redis.hset(keys.watched, id, JSON.stringify({ at: now(), symbols: watched.slice(0, SYMBOLS_TOLD) })));
      if (role === "leader") await lead();
    } catch {
      if (link.state() === "down") {
        enter("alone");
        onWatched(watched);
      }
    }
  };

  const lead = async () => {
    const told = await link.call((redis) => redis.hgetall(keys.watched));
    const all = new Set(watched);
    for (const [other, text] of Object.entries(told)) {
      const read = watchedBy.safeParse(readJson(text));
      if (!read.success || now() - read.data.at > leaseMs * 2) await link.call((redis) => redis.hdel(keys.watched, other));
      else for (const symbol of read.data.symbols) all.add(symbol);
    }
    onWatched([...all]);
    if (now() - snapshotAt < snapshotMs) return;
    snapshotAt = now();
    for (const newest of snapshot()) if (!pending.has(newest.symbol)) pending.set(newest.symbol, newest);
  };

  const send = async () => {
    if (role !== "leader" || pending.size === 0) return;
    const ticks = [...pending.values()];
    pending.clear();
    // A batch that is lost is made good by the next ticks of its symbols, at the latest by the next snapshot.
    await link.call((redis) => redis.xadd(keys.stream, "MAXLEN", "~", STREAM_LENGTH, "*", "batch", JSON.stringify({ from: id, ticks }))).catch(() => undefined);
  };

  const read = async () => {
    if (role !== "follower") return;
    try {
      if (readUpTo === null) {
        const [last] = await link.call((redis) => redis.xrevrange(keys.stream, "+", "-", "COUNT", 1));
        readUpTo = last?.[0] ?? "0-0";
      }
      const from: string = readUpTo;
      const answer = await link.call((redis) => redis.xread("COUNT", READ_AT_ONCE, "STREAMS", keys.stream, from));
      for (const [entryId, fields] of answer?.[0]?.[1] ?? []) {
        readUpTo = entryId;
        const parsed = batch.safeParse(readJson(fields[1] ?? ""));
        if (parsed.success && parsed.data.from !== id && role === "follower") onTicks(parsed.data.ticks);
      }
    } catch {
      // Whether Redis is away is for the beat to say.
    }
  };

  /** One call of a kind at a time: a Redis that hangs must not gather them. */
  const again = (work: () => Promise<void>, everyMs: number) => {
    const turn = async () => {
      while (!stopped) {
        await work();
        await new Promise<void>((resolve) => {
          const timer = setTimeout(() => {
            timers.delete(timer);
            resolve();
          }, everyMs);
          timers.add(timer);
        });
      }
    };
    return turn();
  };

  return {
    start() {
      if (!stopped) return;
      stopped = false;
      onRole(role);
      void again(beat, beatMs);
      void again(send, sendMs);
      void again(read, readMs);
    },
    async stop() {
      if (stopped) return;
      stopped = true;
      // Turns that wait are left where they are; a lease that is given up is taken over at once.
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      await link.call((redis) => redis.eval(GIVE_UP, 1, keys.lease, id)).catch(() => undefined);
      await link.call((redis) => redis.hdel(keys.watched, id)).catch(() => undefined);
      link.close();
    },
    role: () => role,
    publish(ticks) {
      if (role === "leader") for (const told of ticks) pending.set(told.symbol, told);
    },
    watch(symbols) {
      watched = symbols;
    },
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
