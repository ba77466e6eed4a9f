import pg from "pg";

const ASKED_EVERY_MS = 100;
const TRIED_EVERY_MS = 10_000;
const ENTERED_AGAIN_AFTER_MS = 1_000;
/** The server gives up a machine that went away without a word, and with it its lock, within a quarter of a minute; by its own default after two hours. */
const GIVEN_UP_SOON = "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=3 -c tcp_keepalives_count=3";

export type SoleRight = {
  isSole(): boolean;
  /** Whether it is known, and not just changing. */
  isSettled(): boolean;
  /** Until it is known whether this process is alone or shares. Throws while the database is away or the holder of the lock does not answer: the first time once that is clear, from then on at once, trying beside it. */
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
  let failed: { error: unknown; at: number } | null = null;

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
    const fresh = new pg.Client({ connectionString, options: GIVEN_UP_SOON, connectionTimeoutMillis: 3_000, query_timeout: 3_500, keepAlive: true });
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
      failed = null;
      watch(fresh);
    } catch (error) {
      lose(fresh);
      failed = { error, at: Date.now() };
      // Not waited for: a server that does not answer does not say goodbye either.
      void fresh.end().catch(() => undefined);
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

  async function ready(): Promise<void> {
    if (!failed || mode !== "none") return changing ?? (mode === "none" ? change(enter) : undefined);
    if (!changing && Date.now() - failed.at >= ENTERED_AGAIN_AFTER_MS) change(enter).catch(() => undefined);
    throw failed.error;
  }

  return {
    isSole: () => mode === "sole",
    isSettled: () => mode !== "none" && changing === null,
    ready,
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
