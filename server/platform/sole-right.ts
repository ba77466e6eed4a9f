import pg from "pg";

const ASKED_EVERY_MS = 100;
const TRIED_EVERY_MS = 10_000;

export type SoleRight = {
  isSole(): boolean;
  /** Whether it is known, and not just changing. */
  isSettled(): boolean;
  /** Until it is known whether this process is alone or shares; throws while the database is away. */
  ready(): Promise<void>;
  close(): Promise<void>;
};

type Options = { connectionString: string; /** Any number that no other lock of ours has. */ lockKey: number; /** Writes down what this process alone knows. Nothing else of the right happens meanwhile. */ writeDown: () => Promise<void>; onError: (error: Error) => void };

/**
 * Tells whether this process is the only one of its kind on its database, and may hence keep in memory what several would have to keep there.
 * Alone it holds a session lock exclusively. Another process asks for a share of that lock and waits; the first sees it within a tenth of a second, writes down what it knows and shares from then on.
 * Who is left alone takes the lock back. When a process dies its locks go with its connection.
 */
export function holdSoleRight({ connectionString, lockKey, writeDown, onError }: Options): SoleRight {
  let client: pg.Client | null = null;
  let mode: "none" | "sole" | "shared" = "none";
  let changing: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  function lose(lost: pg.Client, error?: Error): void {
    if (lost !== client) return;
    client = null;
    mode = "none";
    clearTimeout(timer);
    if (error) onError(error);
  }

  /** One change at a time; `ready` waits for it. */
  function change(work: () => Promise<void>): Promise<void> {
    changing ??= work().finally(() => (changing = null));
    return changing;
  }

  async function enter(): Promise<void> {
    const fresh = new pg.Client({ connectionString, connectionTimeoutMillis: 3_000, query_timeout: 3_500, keepAlive: true });
    client = fresh;
    fresh.on("error", (error) => lose(fresh, error));
    fresh.on("end", () => lose(fresh));
    try {
      await fresh.connect();
      const held = await lock(fresh, "SELECT pg_try_advisory_lock($1) AS held");
      if (!held) await lock(fresh, "SELECT pg_advisory_lock_shared($1)");
      await writeDown();
      if (client !== fresh) throw new Error("The connection that holds the lock was cut off");
      mode = held ? "sole" : "shared";
      watch(fresh);
    } catch (error) {
      lose(fresh);
      await fresh.end().catch(() => undefined);
      throw error;
    }
  }

  async function lock(holder: pg.Client, statement: string): Promise<boolean> {
    const { rows } = await holder.query<{ held?: boolean }>(statement, [lockKey]);
    return rows[0]?.held === true;
  }

  function watch(holder: pg.Client): void {
    timer = setTimeout(() => {
      look(holder)
        .catch(async (error: unknown) => {
          lose(holder, error instanceof Error ? error : new Error(String(error)));
          await holder.end().catch(() => undefined);
        })
        .finally(() => client === holder && watch(holder));
    }, mode === "sole" ? ASKED_EVERY_MS : TRIED_EVERY_MS).unref();
  }

  async function look(holder: pg.Client): Promise<void> {
    if (mode === "sole") {
      const isWaitedFor = await lock(holder, "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND objid = $1::bigint::oid) AS held");
      if (isWaitedFor) await change(() => share(holder));
    } else if (await lock(holder, "SELECT pg_try_advisory_lock($1) AS held")) {
      await lock(holder, "SELECT pg_advisory_unlock_shared($1)");
      mode = "sole";
    }
  }

  async function share(holder: pg.Client): Promise<void> {
    mode = "shared";
    await writeDown();
    await lock(holder, "SELECT pg_advisory_lock_shared($1)");
    await lock(holder, "SELECT pg_advisory_unlock($1)");
  }

  return {
    isSole: () => mode === "sole",
    isSettled: () => mode !== "none" && changing === null,
    ready: () => changing ?? (mode === "none" ? change(enter) : Promise.resolve()),
    async close() {
      clearTimeout(timer);
      await changing?.catch(() => undefined);
      const held = client;
      client = null;
      mode = "none";
      await held?.end().catch(() => undefined);
    },
  };
}
