import pg from "pg";
import { OUTBOX_CHANNEL } from "@/server/platform/outbox";
import type { Log } from "@/server/platform/log";

/** Any number that no other lock of ours has. */
const LOCK_KEY = 7_163_903;
const CHECK_EVERY_MS = 2_000;

export type LeaderLock = { isLeader(): boolean; stop(): Promise<void> };

type Options = { connectionString: string; log: Log; onLead: () => Promise<void>; onLost: () => void; onOutbox: () => void };

/**
 * Holds a session lock in the database for as long as this process leads: there is one executor, and when it dies the lock goes
 * with its connection, at once. A process without the lock waits for it. The same connection hears of new rows in the outbox.
 */
export function holdLeaderLock({ connectionString, log, onLead, onLost, onOutbox }: Options): LeaderLock {
  let client: pg.Client | null = null;
  let leads = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const lose = () => {
    client = null;
    if (leads) onLost();
    leads = false;
  };
  const connect = async () => {
    const fresh = new pg.Client({ connectionString, connectionTimeoutMillis: 3_000, query_timeout: 5_000, keepAlive: true });
    fresh.on("error", () => fresh === client && lose());
    fresh.on("end", () => fresh === client && lose());
    fresh.on("notification", onOutbox);
    await fresh.connect();
    client = fresh;
    await fresh.query(`LISTEN ${OUTBOX_CHANNEL}`);
  };
  const check = async () => {
    try {
      if (!client) await connect();
      if (leads) return void (await client!.query("SELECT 1"));
      const { rows } = await client!.query<{ held: boolean }>("SELECT pg_try_advisory_lock($1) AS held", [LOCK_KEY]);
      if (!rows[0]?.held) return;
      await onLead();
      leads = true;
      log.info({ event: "runner leads" });
      onOutbox();
    } catch (error) {
      log.warn({ event: "leader lock", message: error instanceof Error ? error.message : String(error) });
      await client?.end().catch(() => undefined);
      lose();
    }
  };
  let checking: Promise<void> = Promise.resolve();
  const loop = () => {
    checking = check().finally(() => {
      if (!stopped) timer = setTimeout(loop, leads ? CHECK_EVERY_MS : 500);
    });
  };
  loop();

  return {
    isLeader: () => leads,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await checking;
      leads = false;
      await client?.end().catch(() => undefined);
    },
  };
}
