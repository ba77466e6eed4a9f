import { createMemoryCache } from "@/server/platform/cache";
import { createDb } from "@/server/platform/db";
import { readEnv } from "@/server/platform/env";
import { createLog } from "@/server/platform/log";
import type { Ctx } from "@/server/services/ctx";

const now = () => new Date();

// Next evaluates modules once per bundle; the process keeps one pool, one cache and one log all the same.
const holder = globalThis as { nexusCtx?: Ctx };

/** The process's own context, built on first use so that a build needs no database. */
export function systemCtx(name = "web"): Ctx {
  holder.nexusCtx ??= buildCtx(name);
  return holder.nexusCtx;
}

function buildCtx(name: string): Ctx {
  const env = readEnv();
  if (!env.DATABASE_URL) throw new Error("Environment: DATABASE_URL is not set; `npm start` sets it for the embedded database");
  return { db: createDb(env.DATABASE_URL), now, log: createLog(name, env.LOG_LEVEL), cache: createMemoryCache(now) };
}
