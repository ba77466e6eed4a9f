import { spawn, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { chown } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { z } from "zod";
import { AppError } from "@/server/domain/app-error";
import { childEnv } from "./env";
import { freePort } from "./ports";
import { findPostgresBinaries, postgresAccount, type RunAs } from "./postgres-binaries";
import { isAlive } from "./process-identity";

export type EmbeddedPostgres = {
  connectionString(database: string): string;
  port: number;
  pid: number;
  /** A server that was left running by a start that was killed. */
  reused: boolean;
  /** Nothing of the last run has to be recovered or found: the cluster is new. */
  created: boolean;
  isRunning(): boolean;
  stop(): Promise<void>;
};

type Options = { dataDir: string; wantedPort: number; settings?: Record<string, string> };

const USER = "postgres";
const START_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 20_000;

/** What has to be known to find the cluster again; holds the password, so only its owner reads it. */
const remembered = z.object({ password: z.string(), port: z.number(), elsewhere: z.string().nullable() });
type Remembered = { password: string; port: number; cluster: string };

/**
 * Starts the bundled PostgreSQL on 127.0.0.1 with its cluster below `dataDir`, or finds the one that is still running there.
 * It is no child that ends with us: after a kill it goes on with nothing lost, and the next start picks it up.
 */
export async function startEmbeddedPostgres({ dataDir, wantedPort, settings = {} }: Options): Promise<EmbeddedPostgres> {
  const folder = resolve(dataDir);
  mkdirSync(folder, { recursive: true });
  const account = postgresAccount();
  const known = recall(folder) ?? { password: randomBytes(24).toString("base64url"), port: wantedPort, cluster: clusterPlace(folder, account) };

  const survivor = await findSurvivor(known);
  if (survivor) return handle({ ...known, port: survivor.port }, survivor.pid, { reused: true, created: false });

  const binaries = await findPostgresBinaries(account);
  const created = !existsSync(join(known.cluster, "PG_VERSION"));
  // Written first: a cluster whose password is lost could not be opened again.
  remember(folder, known);
  if (created) await initialise(known, { initdb: binaries.initdb, major: binaries.major, account });
  else await own(known.cluster, account);

  const startLog = join(folder, "postgres-start.log");
  for (let attempt = 0; ; attempt++) {
    const port = await freePort(known.port);
    remember(folder, { ...known, port });
    const pid = launch(binaries.postgres, { cluster: known.cluster, port, settings, account, startLog });
    const ready = await answers({ ...known, port }, pid);
    if (ready) return handle({ ...known, port }, pid, { reused: false, created });
    // A port taken in the meantime, or the dying workers of a killed server, pass.
    if (attempt === 4) throw new AppError("UPSTREAM_UNAVAILABLE", `PostgreSQL does not start: ${lastLines(startLog)}`, { component: "database" });
    await wait(500 * (attempt + 1));
  }
}

function handle(known: Remembered, pid: number, how: { reused: boolean; created: boolean }): EmbeddedPostgres {
  return {
    ...how,
    port: known.port,
    pid,
    connectionString: (database) => urlOf(known, database),
    isRunning: () => isAlive(pid),
    async stop() {
      // SIGINT is PostgreSQL's fast shutdown: it breaks off sessions, writes a checkpoint and needs no recovery afterwards.
      for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
        if (!isAlive(pid)) return;
        process.kill(pid, signal);
        for (const until = Date.now() + STOP_WITHIN_MS; Date.now() < until && isAlive(pid); ) await wait(25);
      }
    },
  };
}

const urlOf = ({ password, port }: Remembered, database: string) => `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`;

function recall(folder: string): Remembered | null {
  const file = join(folder, "postgres.json");
  if (!existsSync(file)) return null;
  const { password, port, elsewhere } = remembered.parse(JSON.parse(readFileSync(file, "utf8")));
  return { password, port, cluster: elsewhere ?? join(folder, "postgres") };
}

/** A cluster below the data folder is found there even after the project has moved. */
function remember(folder: string, { password, port, cluster }: Remembered): void {
  const file = join(folder, "postgres.json");
  const known: z.infer<typeof remembered> = { password, port, elsewhere: cluster === join(folder, "postgres") ? null : cluster };
  writeFileSync(`${file}.new`, JSON.stringify(known), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Below the data folder, or, when the account cannot pass there (a project below /root), where root keeps the data of services. */
function clusterPlace(folder: string, account: RunAs): string {
  const passable = account.uid === undefined || spawnSync("/bin/sh", ["-c", 'test -x "$1"', "sh", folder], { ...account, cwd: "/" }).status === 0;
  if (passable) return join(folder, "postgres");
  const key = createHash("sha256").update(folder).digest("hex").slice(0, 12);
  return join("/var/lib/nexus-alpha", key, "postgres");
}

async function own(cluster: string, { uid, gid }: RunAs): Promise<void> {
  const owner = statSync(cluster).uid;
  if (uid !== undefined && gid !== undefined && owner !== uid) spawnSync("chown", ["-R", `${uid}:${gid}`, cluster]);
  else if (uid === undefined && owner !== process.getuid?.()) {
    throw new AppError("CONFLICT", `The database in ${cluster} belongs to another user; start as that user or as root, or set DATA_DIR`, { field: "DATA_DIR" });
  }
}

/** The cluster is made beside its place and moved there whole, so that a kill in between leaves none that is half made. */
async function initialise({ cluster, password }: Remembered, { initdb, major, account }: { initdb: string; major: number; account: RunAs }): Promise<void> {
  const partial = `${cluster}.new`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(dirname(partial), { recursive: true });
  mkdirSync(partial, { mode: 0o700 });
  const passwordFile = `${partial}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) {
    await Promise.all([partial, passwordFile].map((path) => chown(path, account.uid!, account.gid!)));
  }
  // The builtin provider sorts the same on every machine; it came with version 17.
  const locale = major >= 17 ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] : [];
  const { status, stderr } = spawnSync(
    initdb,
    ["--pgdata", partial, "--username", USER, "--auth=scram-sha-256", "--pwfile", passwordFile, "--encoding=UTF8", ...locale, "--locale=C"],
    { ...account, cwd: dirname(partial), encoding: "utf8", env: childEnv({ LC_ALL: "C" }) },
  );
  rmSync(passwordFile, { force: true });
  if (status !== 0) throw new AppError("UPSTREAM_UNAVAILABLE", `initdb failed: ${stderr}`, { component: "database" });
  rmSync(cluster, { recursive: true, force: true });
  renameSync(partial, cluster);
}

type Launch = { cluster: string; port: number; settings: Record<string, string>; account: RunAs; startLog: string };

function launch(postgres: string, { cluster, port, settings, account, startLog }: Launch): number {
  const given = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    shared_preload_libraries: "pg_stat_statements",
    shared_buffers: "256MB",
    max_wal_size: "2GB",
    logging_collector: "on",
    log_destination: "jsonlog",
    log_directory: "log",
    log_filename: "postgres-%a.log",
    log_truncate_on_rotation: "on",
    log_rotation_age: "1d",
    ...settings,
  };
  const flags = Object.entries(given).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const log = openSync(startLog, "w", 0o600);
  try {
    // Its own session: Ctrl-C in the terminal reaches us alone, and we stop it last.
    const child = spawn(postgres, ["-D", cluster, "-p", String(port), ...flags], { ...account, cwd: cluster, detached: true, stdio: ["ignore", log, log], env: childEnv({ LC_ALL: "C" }) });
    child.on("error", () => undefined);
    child.unref();
    return child.pid ?? 0;
  } finally {
    closeSync(log);
  }
}

async function answers(known: Remembered, pid: number): Promise<boolean> {
  for (const until = Date.now() + START_WITHIN_MS; Date.now() < until && isAlive(pid); await wait(50)) {
    if (await isOurs(known)) return true;
  }
  return false;
}

/** Whether the server at that port is the one of this cluster; another program may have its port. */
async function isOurs(known: Remembered): Promise<boolean> {
  const client = new pg.Client({ connectionString: urlOf(known, "postgres"), connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows: [row] } = await client.query<{ data_directory: string }>("SHOW data_directory");
    return row?.data_directory === known.cluster;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function findSurvivor(known: Remembered): Promise<{ pid: number; port: number } | null> {
  const file = join(known.cluster, "postmaster.pid");
  for (const until = Date.now() + START_WITHIN_MS; Date.now() < until; await wait(200)) {
    const lines = postmasterLines(file);
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    if (!pid || !port || !isAlive(pid) || !isPostgres(pid)) return null;
    if (await isOurs({ ...known, port })) return { pid, port };
    // It is starting, recovering or stopping: wait and look again.
  }
  throw new AppError("UPSTREAM_UNAVAILABLE", `The server of ${known.cluster} runs and does not answer; see its log`, { component: "database" });
}

function postmasterLines(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return [];
  }
}

/** A process number from before a reboot may belong to anything by now. */
function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("postgres");
  } catch {
    return process.platform !== "linux";
  }
}

/** Creates the database on its server unless it is there. */
export async function ensureDatabase(server: Pick<EmbeddedPostgres, "connectionString">, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.connectionString("postgres"), connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

const lastLines = (file: string) => readFileSync(file, "utf8").trim().split("\n").slice(-5).join(" | ");
