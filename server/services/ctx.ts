import type { Cache } from "@/server/platform/cache";
import type { Db } from "@/server/platform/db";
import type { Log } from "@/server/platform/log";

/** All that a use-case may reach. Tests build their own. */
export type Ctx = {
  db: Db;
  now: () => Date;
  log: Log;
  cache: Cache;
};
