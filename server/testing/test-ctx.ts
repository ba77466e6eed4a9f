import { createMemoryCache } from "@/server/platform/cache";
import { createDb } from "@/server/platform/db";
import { createLog } from "@/server/platform/log";
import { appendOutbox } from "@/server/platform/outbox";
import { createMemoryRateLimiter } from "@/server/platform/rate-limiter";
import type { Ctx } from "@/server/services/ctx";

/** A context on the scratch database, with its own cache and a quiet log. Callers disconnect its `db` when they are done. */
export function createTestCtx({ now = () => new Date(), connectionString = process.env.DATABASE_URL }: { now?: () => Date; connectionString?: string } = {}): Ctx {
  if (!connectionString) throw new Error("Database tests run by vitest's project `db`, which makes their database");
  return {
    db: createDb(connectionString, { max: 4 }),
    now,
    log: createLog("test", "silent"),
    cache: createMemoryCache(now),
    limiter: createMemoryRateLimiter(),
    usage: { count: () => undefined, written: async () => undefined },
    site: { url: "https://app.example", secret: "a-secret-of-the-tests-with-enough-letters" },
    emit: appendOutbox,
  };
}
