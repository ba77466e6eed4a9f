import type { Db } from "./db";
import { timeOrderedIds } from "./time-ordered-ids";

/** One request of an account. */
export type UsedRequest = { userId: string; surface: "api" | "app"; limitGroup: string; refused: boolean };
type UsageRow = { userId: string; surface: string; limitGroup: string; hour: number; requests: number; refused: number };

export type UsageCounter = {
  count(used: UsedRequest): void;
  /** Writes what was counted; what cannot be written is kept for the next time. */
  flush(): Promise<void>;
  /** Until the next write of what is counted by then has ended, well or badly. */
  written(): Promise<void>;
};

type Options = { db: Pick<Db, "$executeRaw">; now: () => Date; onError: (error: unknown) => void; /** Between the first count and its write. */ everyMs?: number };

const HOUR_MS = 3_600_000;
const WRITTEN_EVERY_MS = 5_000;

/** Counts requests by account, hour, surface and limit group in memory and adds them to `usage_hour` every few seconds: a request pays an addition. */
export function createUsageCounter({ db, now, onError, everyMs = WRITTEN_EVERY_MS }: Options): UsageCounter {
  let counted = new Map<string, UsageRow>();
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();
  let waiting: (() => void)[] = [];

  function add(row: UsageRow): void {
    const key = `${row.userId} ${row.surface} ${row.limitGroup} ${row.hour}`;
    const known = counted.get(key);
    if (!known) {
      counted.set(key, { ...row });
      return;
    }
    known.requests += row.requests;
    known.refused += row.refused;
  }

  function plan(): void {
    timer ??= setTimeout(() => {
      timer = null;
      void flush();
    }, everyMs).unref();
  }

  async function write(): Promise<void> {
    if (counted.size === 0) return;
    const rows = [...counted.values()];
    const told = waiting;
    counted = new Map();
    waiting = [];
    try {
      await addUsage(db, rows, now());
    } catch (error) {
      rows.forEach(add);
      plan();
      onError(error);
    } finally {
      for (const tell of told) tell();
    }
  }

  // One after the other: counts that failed are back before the next write looks.
  function flush(): Promise<void> {
    writing = writing.then(write);
    return writing;
  }

  return {
    count({ userId, surface, limitGroup, refused }) {
      add({ userId, surface, limitGroup, hour: Math.floor(now().getTime() / HOUR_MS) * HOUR_MS, requests: 1, refused: refused ? 1 : 0 });
      plan();
    },
    flush,
    written: () => (counted.size === 0 ? writing : new Promise((resolve) => waiting.push(resolve))),
  };
}

/** The rows are sorted, so that two processes that write the same ones wait for each other in one order. */
async function addUsage(db: Pick<Db, "$executeRaw">, given: readonly UsageRow[], now: Date): Promise<void> {
  const rows = [...given].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const column = <Key extends keyof UsageRow>(key: Key) => rows.map((row) => row[key]);
  await db.$executeRaw`
    INSERT INTO usage_hour (id, user_id, surface, limit_group, hour, requests, refused)
    SELECT id, user_id, surface, limit_group, to_timestamp(hour), requests, refused
    FROM unnest(${timeOrderedIds(now, rows.length)}::uuid[], ${column("userId")}::uuid[], ${column("surface")}::text[], ${column("limitGroup")}::text[],
                ${column("hour").map((hour) => hour / 1000)}::float8[], ${column("requests")}::int[], ${column("refused")}::int[]) AS counted (id, user_id, surface, limit_group, hour, requests, refused)
    ON CONFLICT (user_id, surface, limit_group, hour) DO UPDATE SET requests = usage_hour.requests + EXCLUDED.requests, refused = usage_hour.refused + EXCLUDED.refused`;
}

const keyOf = ({ userId, surface, limitGroup, hour }: UsageRow) => `${userId} ${surface} ${limitGroup} ${hour}`;
