import { Pool } from "pg";
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes, type RateLimiterAbstract } from "rate-limiter-flexible";

/** So many requests within a window that starts with the first of them. */
export type Budget = { key: string; limit: number; windowSeconds: number };
export type BudgetState = { admitted: boolean; limit: number; remaining: number; resetsInMs: number };

export type RateLimiter = {
  take(budget: Budget): Promise<BudgetState>;
  close(): Promise<void>;
};

/** Counts in this process alone: for tests, and in place of the database while that is away. */
export function createMemoryRateLimiter(): RateLimiter {
  const limiterFor = perShape((shape) => new RateLimiterMemory(shape));
  return { take: (budget) => take(limiterFor(budget), budget), close: async () => undefined };
}

/**
 * Counts in the unlogged table `rate_limit`, so that every process sees one count and exactly the limit passes however many ask at once.
 * A key that is used up is refused from memory until its window ends, and while the database is away each process counts for itself.
 */
export function createRateLimiter(connectionString: string, onStoreError: (error: Error) => void): RateLimiter {
  // A crash of the database empties the table anyway, so that no count need wait for the disk.
  const pool = new Pool({ connectionString, options: "-c synchronous_commit=off", max: 6, connectionTimeoutMillis: 3_000, statement_timeout: 3_000, idleTimeoutMillis: 30_000, allowExitOnIdle: true });
  // An idle connection that is cut off tells it here; the next query opens another.
  pool.on("error", onStoreError);
  const limiterFor = perShape(
    (shape) => new RateLimiterPostgres({ ...shape, storeClient: pool, storeType: "pool", tableName: "rate_limit", tableCreated: true, clearExpiredByTimeout: true, inMemoryBlockOnConsumed: shape.points + 1, insuranceLimiter: new RateLimiterMemory(shape) }),
  );
  const inTurn = oneByOne();
  return { take: (budget) => inTurn(budget.key, () => take(limiterFor(budget), budget)), close: () => pool.end() };
}

/** A crowd on one key waits here, not at the pool: once the key is used up the rest is refused from memory, and other keys never feel it. */
function oneByOne(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(work, work);
    last.set(key, mine);
    const forget = () => last.get(key) === mine && last.delete(key);
    mine.then(forget, forget);
    return mine;
  };
}

type Shape = { points: number; duration: number; keyPrefix: string };

/** The library has one limiter for each limit and window; rows are shared by the key, so a new limit goes on from the old count. */
function perShape(create: (shape: Shape) => RateLimiterAbstract): (budget: Budget) => RateLimiterAbstract {
  const made = new Map<string, RateLimiterAbstract>();
  return ({ limit, windowSeconds }) => {
    const name = `${limit}/${windowSeconds}`;
    const limiter = made.get(name) ?? create({ points: limit, duration: windowSeconds, keyPrefix: String(windowSeconds) });
    made.set(name, limiter);
    return limiter;
  };
}

async function take(limiter: RateLimiterAbstract, { key, limit }: Budget): Promise<BudgetState> {
  try {
    const { remainingPoints, msBeforeNext } = await limiter.consume(key);
    return { admitted: true, limit, remaining: remainingPoints, resetsInMs: msBeforeNext };
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    return { admitted: false, limit, remaining: 0, resetsInMs: refusal.msBeforeNext };
  }
}
