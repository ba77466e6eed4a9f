import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { AppError } from "@/server/domain/app-error";
import { ensureAppBuild, pruneAppBuilds } from "@/server/platform/app-build";
import { applyMigrations } from "@/server/platform/apply-migrations";
import { ensureDatabase, startEmbeddedPostgres, type EmbeddedPostgres } from "@/server/platform/embedded-postgres";
import { childEnv, readEnv } from "@/server/platform/env";
import { openJsonLogFile, type LogLine } from "@/server/platform/json-log-file";
import { takeLockFile } from "@/server/platform/lock-file";
import { createLog } from "@/server/platform/log";
import { freePort } from "@/server/platform/ports";
import { siteSecret } from "@/server/platform/site-secret";
import { adminWhenNeeded } from "./admin-when-needed";
import { startAppProcesses, type AppProcesses } from "./app-processes";
import { seedWhenNeeded } from "./seed-when-needed";
import { simulateWhenNeeded } from "./simulate-when-needed";
import { startStepReport } from "./step-report";

const DATABASE = "nexus";
const EMBEDDED_PORT = 54320;
const WATCH_EVERY_MS = 500;

const root = resolve(import.meta.dirname, "../..");
const dev = process.argv.includes("--dev");
const now = () => new Date();

/** Everything on one machine, in order: database, migrations, figures, build, sidecar, job runner and web; stopped in the reverse order. */
async function start(): Promise<void> {
  const env = readEnv();
  const dataDir = resolve(root, env.DATA_DIR);
  const logFolder = join(dataDir, "logs");
  mkdirSync(logFolder, { recursive: true });
  const report = startStepReport();

  const taken = takeLockFile(join(dataDir, "start.lock"), now());
  if ("heldBy" in taken) {
    const { pid, url, startedAt } = taken.heldBy;
    report.note(`Nexus-Alpha is running already: ${url ?? "it is just starting"} (process ${pid}, since ${startedAt}).`);
    report.note("Stop it with Ctrl-C where it runs, or set DATA_DIR and PORT to run a second one.");
    process.exitCode = 1;
    return;
  }
  const { lock, recovered } = taken;
  report.note(`Nexus-Alpha${dev ? " (development)" : ""}${recovered ? " – the last run was cut off; going on from what it stored" : ""}`);

  let database: EmbeddedPostgres | null = null;
  let starting: Promise<EmbeddedPostgres> | null = null;
  let app: AppProcesses | null = null;
  const stopped = new AbortController();
  let stopping: Promise<void> | null = null;

  const stop = (why: string, exitCode: number) => {
    stopping ??= (async () => {
      const goodbye = startStepReport();
      stopped.abort();
      goodbye.note(`\n${why}`);
      // A server that is just coming up is stopped too.
      database ??= await (starting?.catch(() => null) ?? null);
      for (const [name, part] of [["web", app?.web], ["runner", app?.runner], ["sidecar", app?.sidecar], ["database", database]] as const) {
        if (part) await goodbye.step(name, async () => ({ said: "stopped", value: await part.stop() }));
      }
      lock.release();
      goodbye.note(`Stopped in ${goodbye.seconds()}.`);
      process.exit(exitCode);
    })();
    return stopping;
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(`${signal}: stopping in order.`, 0));
  // A closed terminal must not end the run half way through its stop.
  process.stdout.on("error", () => undefined);

  try {
    await generateClientWhenMissing(report);
    const connectionString = await report.step("database", async () => {
      if (env.DATABASE_URL) return { said: `the given one at ${new URL(env.DATABASE_URL).host}`, value: env.DATABASE_URL };
      starting = startEmbeddedPostgres({ dataDir, wantedPort: EMBEDDED_PORT });
      database = await starting;
      await ensureDatabase(database, DATABASE);
      const how = database.reused ? "was still running" : database.created ? "new cluster" : "started";
      return { said: `embedded PostgreSQL on port ${database.port} (${how})`, value: database.connectionString(DATABASE) };
    });
    await report.step("migrations", async () => {
      const applied = await applyMigrations(connectionString, join(root, "prisma"));
      return { said: applied.length > 0 ? `applied ${applied.join(", ")}` : "up to date", value: undefined };
    });

    const log = createLog("start", "warn");
    // The build needs no database and the figures no build; on a first start both take long.
    const [distDir] = await Promise.all([
      dev ? null : report.step("build", async () => {
        const buildLog = openJsonLogFile(join(logFolder, "build.log"), "build", now);
        const { distDir, built } = await ensureAppBuild({ root, sidecarPort: env.SIDECAR_PORT, onOutput: (text) => text.split("\n").forEach((line) => buildLog.write(line, "stdout")) });
        pruneAppBuilds(root, distDir);
        return { said: built ? "made" : "up to date", value: distDir };
      }),
      (async () => {
        await report.step("figures", async () => ({ said: await seedWhenNeeded({ root, connectionString, now, log }), value: undefined }));
        await report.step("prices", async () => ({ said: await simulateWhenNeeded({ connectionString, now, log }), value: undefined }));
      })(),
    ]);

    const sidecarPort = await freePort(env.SIDECAR_PORT, [env.PORT]);
    const webPort = await freePort(env.PORT, [sidecarPort]);
    app = await report.step("app", async () => {
      const started = await startAppProcesses({
        root, logFolder, connectionString, webPort, sidecarPort, distDir, now,
        siteSecret: env.NEXTAUTH_SECRET ?? siteSecret(dataDir),
        builtSidecarPort: dev ? sidecarPort : env.SIDECAR_PORT,
        onLine: (name, line) => printLine(report.note, name, line),
        onNote: (note) => report.note(`! ${note}`),
      });
      const moved = [webPort !== env.PORT && `port ${env.PORT} is taken: web on ${webPort}`, sidecarPort !== env.SIDECAR_PORT && `port ${env.SIDECAR_PORT} is taken: sidecar on ${sidecarPort}`].filter(Boolean);
      return { said: moved.join("; ") || `web on ${webPort}, sidecar on ${sidecarPort}`, value: started };
    });
    lock.update(app.url);
    // Last of all: a password that is made must also be told.
    const admin = await adminWhenNeeded({ connectionString, email: env.ADMIN_EMAIL, now });
    if (admin) report.note(`\n  The first admin was made. This is told once: sign in as  ${admin.email}  with the one-time password  ${admin.password}\n  It is good until ${admin.until.toISOString().slice(0, 10)}; you choose your own, and then set up two-step sign-in. Another: npm run admin:reset -- ${admin.email}`);
    report.note(`\n  Ready in ${report.seconds()}:  ${app.url}\n  Logs in ${logFolder}. Ctrl-C stops everything.\n`);
    if (database) await keepDatabase(database, { dataDir, signal: stopped.signal, onNote: (note) => report.note(`! ${note}`), onRestart: (next) => (database = next) });
  } catch (error) {
    if (stopping) return stopping;
    report.note(`\n${error instanceof AppError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    await stop("Could not start.", 1);
  }
}

/** The install writes the database client; one that was told to run no scripts has not. */
async function generateClientWhenMissing(report: ReturnType<typeof startStepReport>): Promise<void> {
  if (existsSync(join(root, "prisma/generated/client.ts"))) return;
  await report.step("client", async () => {
    const { status, stderr } = spawnSync(process.execPath, ["node_modules/prisma/build/index.js", "generate", "--config", "prisma/prisma.config.ts"], { cwd: root, encoding: "utf8", env: childEnv({ PRISMA_SCHEMA_ENGINE_BINARY: "/bin/true" }) });
    if (status !== 0) throw new AppError("UPSTREAM_INVALID", `prisma generate failed: ${stderr}`);
    return { said: "generated", value: undefined };
  });
}

type Keeping = { dataDir: string; signal: AbortSignal; onNote(note: string): void; onRestart(next: EmbeddedPostgres): void };

/** Starts the database again when it is gone, at the port the app knows; the app's pools connect again by themselves. */
async function keepDatabase(first: EmbeddedPostgres, { dataDir, signal, onNote, onRestart }: Keeping): Promise<void> {
  let current = first;
  while (!signal.aborted) {
    await wait(WATCH_EVERY_MS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted || current.isRunning()) continue;
    onNote("database ended; starting it again");
    try {
      current = await startEmbeddedPostgres({ dataDir, wantedPort: current.port });
      onRestart(current);
      if (current.port !== first.port) onNote(`database came back on port ${current.port} instead of ${first.port}; stop and start once to go on`);
      else onNote("database is back");
    } catch (error) {
      onNote(`database: ${error instanceof Error ? error.message : String(error)}`);
      await wait(5_000, undefined, { signal }).catch(() => undefined);
    }
  }
}

function printLine(note: (text: string) => void, name: string, { level, text }: LogLine): void {
  if (text === "" || (!dev && level === "info") || (dev && name !== "web" && level === "info")) return;
  note(`${level === "error" ? "✗" : level === "warn" ? "!" : " "} ${name}: ${text.slice(0, 300)}`);
}

await start();
