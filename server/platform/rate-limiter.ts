import { Pool } from "pg";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { holdSoleRight } from "./sole-right";

/** So many requests within a window that starts with the first of them. */
export type Budget = { key: string; limit: number; windowSeconds: number };
export type BudgetState = { admitted: boolean; limit: number; remaining: number; resetsInMs: number };

export type RateLimiter = {
  take(budget: Budget): Promise<BudgetState>;
  close(): Promise<void>;
};

/** Counts in this process alone: for tests, and in place of the database while that is away. */
export function createMemoryRateLimiter(): RateLimiter {
  const made = new Map<string, RateLimiterMemory>();
  // The library has one limiter for each limit and window.
  const limiterFor = ({ limit, windowSeconds }: Budget) => {
    const name = `${limit}/${windowSeconds}`;
    const limiter = made.get(name) ?? new RateLimiterMemory({ points: limit, duration: windowSeconds });
    made.set(name, limiter);
    return limiter;
  };
  return {
    async take(budget) {
      const { key, limit } = budget;
      try {
        const { remainingPoints, msBeforeNext } = await limiterFor(budget).consume(key);
        return { admitted: true, limit, remaining: remainingPoints, resetsInMs: msBeforeNext };
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        return { admitted: false, limit, remaining: 0, resetsInMs: refusal.msBeforeNext };
      }
    },
    close: async () => undefined,
  };
}

type Asked = { budget: Budget; row: string; answer: (state: BudgetState) => void };
type Added = { points: number; windowMs: number };
/** A row after points have been added to it. */
type Counted = { key: string; points: number; resetsInMs: number };
/** What this process alone knows of a row. */
type Kept = { points: number; until: number; unwritten: number };

const NOW_MS = "floor(extract(epoch FROM now()) * 1000)::bigint";
/** By the database's clock, which all processes share. The rows are sorted, so that two processes that add to the same ones wait for each other in one order. */
const ADD = `
  INSERT INTO rate_limit AS kept (key, points, expire)
  SELECT key, points, ${NOW_MS} + window_ms FROM unnest($1::text[], $2::int[], $3::bigint[]) AS added (key, points, window_ms) ORDER BY key
  ON CONFLICT (key) DO UPDATE SET
    points = CASE WHEN kept.expire > ${NOW_MS} THEN kept.points + excluded.points ELSE excluded.points END,
    expire = CASE WHEN kept.expire > ${NOW_MS} THEN kept.expire ELSE excluded.expire END
  RETURNING key, points, (expire - ${NOW_MS})::int AS "resetsInMs"`;
const CLEAR = `DELETE FROM rate_limit WHERE expire < ${NOW_MS} - 3600000`;

const LOCK_KEY = 7_163_904;
const WRITTEN_EVERY_MS = 500;
const CLEARED_EVERY_MS = 300_000;

/**
 * Counts in the unlogged table `rate_limit`, so that exactly the limit passes however many ask at once and however many processes they ask.
 *
 * A process that is alone on its database reads a row once and then counts it in memory, writing down twice a second what it has counted; a request then waits for nobody.
 * As soon as another process comes, each request is counted in the table: what is asked while a statement is under way goes into the next one, so that a crowd costs a few statements.
 * A budget that is used up is refused from memory until its window ends, and while the database is away each process counts for itself. A process that is killed takes what it has not written with it.
 */
export function createRateLimiter(connectionString: string, onStoreError: (error: Error) => void): RateLimiter {
  // A crash of the database empties the table anyway, so that no count need wait for the disk.
  const pool = new Pool({ connectionString, options: "-c synchronous_commit=off", max: 2, connectionTimeoutMillis: 3_000, statement_timeout: 3_000, query_timeout: 3_500, idleTimeoutMillis: 30_000, allowExitOnIdle: true });
  // An idle connection that is cut off tells it here; the next query opens another.
  pool.on("error", onStoreError);
  const inMemory = createMemoryRateLimiter();
  const right = holdSoleRight({ connectionString, lockKey: LOCK_KEY, writeDown, onError: onStoreError });
  const kept = new Map<string, Kept>();
  /** When the windows of used-up budgets end, by row and limit: a plan with a higher limit goes on from the same row. */
  const usedUp = new Map<string, number>();
  let waiting: Asked[] = [];
  let counting: Promise<void> | null = null;
  let underWay: Promise<void> = Promise.resolve();
  let writing: Promise<void> = Promise.resolve();
  let timers: NodeJS.Timeout[] = [];

  async function add(added: ReadonlyMap<string, Added>): Promise<Counted[]> {
    const all = [...added.values()];
    const { rows } = await pool.query<Counted>({ name: "add", text: ADD, values: [[...added.keys()], all.map(({ points }) => points), all.map(({ windowMs }) => windowMs)] });
    return rows;
  }

  function decide(row: string, state: { points: number; until: number }, limit: number): BudgetState {
    const resetsInMs = Math.max(0, state.until - Date.now());
    if (state.points >= limit) usedUp.set(`${row}/${limit}`, state.until);
    return { admitted: state.points <= limit, limit, remaining: Math.max(0, limit - state.points), resetsInMs };
  }

  const knownOf = (row: string) => (right.isSole() ? kept.get(row) : undefined);

  function takeFromMemory({ limit, windowSeconds }: Budget, row: string, known: Kept): BudgetState {
    const now = Date.now();
    if (known.until <= now) Object.assign(known, { points: 0, until: now + windowSeconds * 1_000, unwritten: 0 });
    known.points += 1;
    known.unwritten += 1;
    return decide(row, known, limit);
  }

  /** Points after the batch, less what it added, are where the first of it begins to count. */
  async function count(batch: readonly Asked[]): Promise<void> {
    const added = new Map<string, Added>();
    for (const { row, budget } of batch) added.set(row, { points: (added.get(row)?.points ?? 0) + 1, windowMs: budget.windowSeconds * 1_000 });
    const rows = await add(added);
    const now = Date.now();
    const states = new Map(rows.map(({ key, points, resetsInMs }) => [key, { points: points - added.get(key)!.points, until: now + resetsInMs, unwritten: 0 }]));
    for (const { budget, row, answer } of batch) {
      const state = states.get(row)!;
      state.points += 1;
      answer(decide(row, state, budget.limit));
    }
    if (right.isSole()) for (const [row, state] of states) kept.set(row, state);
  }

  async function countAll(): Promise<void> {
    while (waiting.length > 0) {
      let batch: Asked[] = [];
      try {
        while (!right.isSettled()) await right.ready();
        batch = takeWaiting().filter(({ budget, row, answer }) => {
          // Another request has had the row read meanwhile.
          const known = knownOf(row);
          if (known) answer(takeFromMemory(budget, row, known));
          return !known;
        });
        if (batch.length === 0) continue;
        underWay = count(batch);
        await underWay;
      } catch (error) {
        onStoreError(error instanceof Error ? error : new Error(String(error)));
        for (const { budget, answer } of batch.length > 0 ? batch : takeWaiting()) answer(await inMemory.take(budget));
      }
    }
    // At once with the last look at what waits, or what comes between would wait for ever.
    counting = null;
  }

  function takeWaiting(): Asked[] {
    const batch = waiting;
    waiting = [];
    return batch;
  }

  /** Adds what was counted in memory to the table, where another process may have counted since the lock was lost. */
  async function writeUnwritten(): Promise<void> {
    const now = Date.now();
    for (const [row, { until }] of kept) if (until <= now) kept.delete(row);
    const unwritten = [...kept].filter(([, known]) => known.unwritten > 0).map(([row, known]) => ({ row, known, points: known.unwritten }));
    if (unwritten.length === 0) return;
    for (const { known, points } of unwritten) known.unwritten -= points;
    try {
      await add(new Map(unwritten.map(({ row, known, points }) => [row, { points, windowMs: known.until - now }])));
    } catch (error) {
      for (const { known, points } of unwritten) known.unwritten += points;
      throw error;
    }
  }

  function write(): Promise<void> {
    writing = writing.catch(() => undefined).then(writeUnwritten);
    return writing;
  }

  async function writeDown(): Promise<void> {
    // What is being read just now must not be kept after this.
    await underWay.catch(() => undefined);
    await write();
    kept.clear();
  }

  function startTimers(): void {
    timers = [
      setInterval(() => void write().catch(onStoreError), WRITTEN_EVERY_MS).unref(),
      setInterval(() => {
        const now = Date.now();
        for (const [name, until] of usedUp) if (until <= now) usedUp.delete(name);
        pool.query(CLEAR).catch(onStoreError);
      }, CLEARED_EVERY_MS).unref(),
    ];
  }

  return {
    take(budget) {
      const { key, limit, windowSeconds } = budget;
      const row = `${windowSeconds}:${key}`;
      const resetsInMs = (usedUp.get(`${row}/${limit}`) ?? 0) - Date.now();
      if (resetsInMs > 0) return Promise.resolve({ admitted: false, limit, remaining: 0, resetsInMs });
      const known = knownOf(row);
      if (known) return Promise.resolve(takeFromMemory(budget, row, known));
      if (timers.length === 0) startTimers();
      return new Promise((answer) => {
        waiting.push({ budget, row, answer });
        // Not at once: a request that takes from two budgets asks for both in one statement.
        counting ??= Promise.resolve().then(countAll);
      });
    },
    async close() {
      for (const timer of timers) clearInterval(timer);
      await counting;
      await write().catch(onStoreError);
      await right.close();
      await pool.end();
    },
  };
}
