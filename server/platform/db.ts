import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@/prisma/generated/client";

export type Db = PrismaClient;

/** A pooled client. A lost server makes queries fail, and later ones succeed again once it is back: the pool opens new connections. */
export function createDb(connectionString: string, options: { max?: number; connectWithinMs?: number } = {}): Db {
  return new PrismaClient({
    adapter: new PrismaPg({ connectionString, max: options.max ?? 10, connectionTimeoutMillis: options.connectWithinMs ?? 3_000, idleTimeoutMillis: 30_000 }),
  });
}
