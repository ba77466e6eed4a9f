import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { AppError } from "@/server/domain/app-error";
import { ensureAppBuild } from "@/server/platform/app-build";
import { applyMigrations } from "@/server/platform/apply-migrations";
import { findChromium } from "@/server/platform/chromium-finder";
import { randomSecret } from "@/server/platform/crypto";
import { ensureDatabase } from "@/server/platform/embedded-postgres";
import { childEnv, readEnv } from "@/server/platform/env";
import { createLog } from "@/server/platform/log";
import { freePort } from "@/server/platform/ports";
import { startScratchPostgres } from "@/server/platform/scratch-postgres";
import { startAppProcesses } from "./app-processes";
import { auditDependencies } from "./dependency-audit";
import { readSecrets, searchLogs, type Secret } from "./kept-secrets";
import { seedWhenNeeded } from "./seed-when-needed";
import { simulateWhenNeeded } from "./simulate-when-needed";
import { asOne, playwrightOutcome, runProgram, vitestOutcome, type Outcome } from "./test-stage";

const BIN = {
  next: "node_modules/next/dist/bin/next",
  tsc: "node_modules/typescript/bin/tsc",
  eslint: "node_modules/eslint/bin/eslint.js",
  vitest: "node_modules/vitest/vitest.mjs",
  playwright: "node_modules/@playwright/test/cli.js",
};

const root = resolve(import.meta.dirname, "../..");
const now = () => new Date();
const env = readEnv();
const cancelled = new AbortController();
const cleanups: (() => Promise<unknown> | void)[] = [];
const results: { name: string; outcome: Outcome; seconds: number }[] = [];
// Tests neither read the database of a running app nor write into its folders.
const testEnv = (extra: Record<string, string | undefined>) => childEnv({ DATABASE_URL: undefined, PROVIDERS: "off", NEXT_TELEMETRY_DISABLED: "1", FORCE_COLOR: process.stdout.isTTY ? "1" : "0", ...extra });
const run = (args: string[], extra: Record<string, string | undefined> = {}) => runProgram(args, { cwd: root, env: testEnv(extra), signal: cancelled.signal });

async function stage(name: string, work: () => Promise<Outcome>): Promise<void> {
  if (cancelled.signal.aborted) return;
  console.log(`\n── ${name} ${"─".repeat(60 - name.length)}`);
  const from = performance.now();
  const outcome = await work().catch((error: unknown): Outcome => {
    const text = error instanceof AppError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
    console.log(text);
    return { passed: 0, failed: 1, said: text.split("\n")[0] };
  });
  results.push({ name, outcome, seconds: (performance.now() - from) / 1000 });
}

async function runAll(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "nexus-alpha-test-"));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  const report = (name: string) => join(folder, `${name}.json`);
  const vitest = async (project: string, extra: Record<string, string | undefined> = {}) =>
    vitestOutcome(report(project), await run([BIN.vitest, "run", "--config", "server/testing/vitest.config.ts", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report(project)}`], extra));

  await stage("types", async () => {
    // Writes the types of the routes, which a fresh clone does not have.
    const generated = await run([BIN.next, "typegen"]);
    return asOne(generated || (await run([BIN.tsc, "--noEmit"])));
  });
  await stage("lint", async () => asOne(await run([BIN.eslint, "--config", "server/testing/eslint.config.mjs", "--max-warnings", "0", "."])));
  await stage("audit", () => auditDependencies({ root, listFile: join(root, "server/testing/audit-allow-list.json"), today: now().toISOString().slice(0, 10) }));
  await stage("unit", () => vitest("unit"));
  await stage("vendors", () => vitest("vendors"));

  let server = env.TEST_DATABASE_URL;
  await stage("database", async () => {
    if (!server) {
      const scratch = await startScratchPostgres();
      cleanups.push(() => scratch.stop());
      server = scratch.connectionString("postgres");
    }
    return vitest("db", { TEST_DATABASE_URL: server });
  });

  let distDir: string | null = null;
  await stage("build", async () => {
    const build = await ensureAppBuild({ root, sidecarPort: env.SIDECAR_PORT, onOutput: (text) => process.stdout.write(text) });
    distDir = build.distDir;
    return { passed: 1, failed: 0, said: build.built ? "made" : "up to date" };
  });
  const logFolder = join(root, ".data", "test-logs");
  const secretsFile = join(folder, "secrets.jsonl");
  const secrets: Secret[] = [];
  await stage("browser", async () => {
    if (!distDir || !server) throw new AppError("CONFLICT", "The browser tests need the build and the database above");
    const chromium = findChromium(env.CHROMIUM_PATH, console.log);
    rmSync(logFolder, { recursive: true, force: true });
    const siteSecret = randomSecret(48);
    secrets.push({ name: "the secret of the site", value: siteSecret });
    const { url, databaseUrl } = await startBuiltApp({ distDir, server, logFolder, siteSecret });
    const password = decodeURIComponent(new URL(databaseUrl).password);
    if (password.length >= 8) secrets.push({ name: "the password of the database", value: password });
    const code = await run([BIN.playwright, "test", "--config", "e2e/playwright.config.ts", "--reporter=line,json"], {
      E2E_BASE_URL: url, E2E_DATABASE_URL: databaseUrl, E2E_DIST_DIR: distDir, E2E_LOG_FOLDER: logFolder, E2E_SECRETS_FILE: secretsFile,
      CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: report("browser"),
    });
    return playwrightOutcome(report("browser"), code);
  });
  await stage("secrets", () => searchLogs(logFolder, [...secrets, ...readSecrets(secretsFile)]));
}

/** The built app on free ports, with a database of its own that holds the bundled figures. */
async function startBuiltApp({ distDir, server, logFolder, siteSecret }: { distDir: string; server: string; logFolder: string; siteSecret: string }): Promise<{ url: string; databaseUrl: string }> {
  const name = `nexus_test_${Math.floor(Date.now() / 1000)}_${process.pid.toString(16)}`;
  const at = (database: string) => Object.assign(new URL(server), { pathname: `/${database}` }).href;
  await ensureDatabase({ connectionString: at }, name);
  await applyMigrations(at(name), join(root, "prisma"));
  await seedWhenNeeded({ root, connectionString: at(name), now, log: createLog("seed", "warn") });
  await simulateWhenNeeded({ connectionString: at(name), now, log: createLog("simulation", "warn") });
  mkdirSync(logFolder, { recursive: true });
  const sidecarPort = await freePort(env.SIDECAR_PORT, [env.PORT]);
  const app = await startAppProcesses({
    root, logFolder, distDir, now, sidecarPort, siteSecret,
    connectionString: at(name),
    webPort: await freePort(env.PORT + 400, [sidecarPort]),
    builtSidecarPort: env.SIDECAR_PORT,
    // Each browser test names an address of its own, so that their requests are counted apart.
    extraEnv: { TRUSTED_PROXIES: "1", PROVIDERS: "off" },
    onLine: () => undefined,
    onNote: (note) => console.log(`! ${note}`),
  });
  cleanups.push(() => Promise.all([app.web.stop(), app.runner?.stop(), app.sidecar.stop()]));
  return { url: app.url, databaseUrl: at(name) };
}

let cleaning: Promise<void> | null = null;
const cleanUp = () => (cleaning ??= (async () => {
  for (const cleanup of cleanups.reverse()) await Promise.resolve(cleanup()).catch((error: unknown) => console.log(`Cleaning up: ${String(error)}`));
})());

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    cancelled.abort();
    void cleanUp().then(() => process.exit(1));
  });
}

try {
  await runAll();
} finally {
  await cleanUp();
}
console.log(`\n${"stage".padEnd(10)} ${"passed".padStart(7)} ${"failed".padStart(7)} ${"time".padStart(9)}`);
for (const { name, outcome, seconds } of results) {
  console.log(`${name.padEnd(10)} ${String(outcome.passed).padStart(7)} ${String(outcome.failed).padStart(7)} ${`${seconds.toFixed(1)} s`.padStart(9)}   ${outcome.said ?? ""}`);
}
const total = (key: "passed" | "failed") => results.reduce((sum, { outcome }) => sum + outcome[key], 0);
process.exitCode = total("failed") === 0 && !cancelled.signal.aborted ? 0 : 1;
console.log(`\n${total("passed")} passed, ${total("failed")} failed`);
