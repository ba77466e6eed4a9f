import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Inngest } from "inngest";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "@/server/platform/ports";
import { startRunner } from "./start-runner";
import { startBench, testRunnerOptions, until } from "@/server/testing/runner-bench";
import { createNotebook } from "@/server/testing/runner-notebook";

/** Processes of their own, so that they can be killed. The pace is the real one, so nothing here waits for a back-off. */
const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "nexus-alpha-crash-"));
const children: ChildProcess[] = [];
let env: NodeJS.ProcessEnv;
let appPort: number;
let inngest: Inngest;
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 2 });
// One test cuts every connection but the one it asks on.
pool.on("error", () => undefined);
pool.on("error", () => undefined);

beforeAll(async () => {
  const runnerPort = await freePort(18_288);
  appPort = await freePort(13_000, [runnerPort]);
  env = {
    ...process.env, RUNNER_PORT: String(runnerPort), RUNNER_APP_URL: `http://127.0.0.1:${appPort}/api/inngest`, LOG_LEVEL: "silent", NODE_ENV: "production", INNGEST_DEV: "0",
    INNGEST_BASE_URL: `http://127.0.0.1:${runnerPort}`, INNGEST_EVENT_KEY: randomBytes(8).toString("hex"), INNGEST_SIGNING_KEY: `signkey-prod-${randomBytes(32).toString("hex")}`,
  };
  inngest = new Inngest({ id: "outside", isDev: false, baseUrl: env.INNGEST_BASE_URL, eventKey: env.INNGEST_EVENT_KEY });
});
afterEach(() => Promise.all(children.splice(0).map(kill)));
afterAll(async () => {
  await pool.end();
  rmSync(folder, { recursive: true, force: true });
});

function launch(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, ["--import", "tsx", ...args], { cwd: root, env, stdio: ["ignore", "inherit", "inherit", "ipc"] });
  children.push(child);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}

const launchRunner = () => launch("server/runner/runner-process.ts");
async function launchApp(file: string): Promise<ChildProcess> {
  const child = launch("server/testing/runner-crash-app.ts", String(appPort), file);
  await new Promise((resolve) => child.once("message", resolve));
  return child;
}

const isSynced = async () => {
  const status = await fetch(`${env.INNGEST_BASE_URL}/health`).then((response) => response.json() as Promise<{ leads: boolean; functions: number; syncedAt: string | null }>, () => null);
  return Boolean(status?.leads && status.syncedAt);
};
const linesOf = (file: string) => (existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : []);
const statusOf = async (eventIds: string[]) => (await pool.query<{ status: string }>("SELECT status FROM runner_run WHERE events -> 0 ->> 'id' = ANY($1)", [eventIds])).rows.map(({ status }) => status);
const count = (lines: string[], line: string) => lines.filter((one) => one === line).length;

/** Each test starts several processes, which takes long on a busy machine. */
const SLOW = { timeout: 180_000 };

describe("kill -9", SLOW, () => {
  it("of the runner while a step runs: every run ends whole, and steps that were done are not done again", async () => {
    const file = join(folder, "runner-killed");
    await launchApp(file);
    const runner = launchRunner();
    await until(isSynced, "the first runner");
    const { ids } = await inngest.send(Array.from({ length: 5 }, (_, n) => ({ name: "crash/three-steps", data: { n, ms: 700 } })));
    await until(() => linesOf(file).filter((line) => line.endsWith("second begins")).length === 5, "all are in their second step");
    await kill(runner);
    launchRunner();
    await until(async () => (await statusOf(ids)).filter((status) => status === "COMPLETED").length === 5, "all end");
    const lines = linesOf(file);
    for (let n = 0; n < 5; n++) {
      expect([count(lines, `${n} first`), count(lines, `${n} third`)]).toEqual([1, 1]);
      expect(count(lines, `${n} second`)).toBeLessThanOrEqual(2);
    }
  });

  it("of the runner while events are debounced, batched and throttled: none is lost, none counts twice, and the pace is kept", async () => {
    const file = join(folder, "killed-while-waiting");
    await launchApp(file);
    const runner = launchRunner();
    await until(isSynced, "the first runner");
    await inngest.send([1, 2, 3].map((n) => ({ name: "crash/waiting", data: { n }, ts: Date.now() - 10 + n })));
    await until(async () => (await pool.query("SELECT 1 FROM runner_run WHERE function_id = 'crash-paced' AND status = 'COMPLETED'")).rowCount === 1, "the first of the throttle");
    expect(linesOf(file)).toEqual(["paced 1"]);
    await kill(runner);
    launchRunner();
    await until(() => linesOf(file).length === 5, "all of it");
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(linesOf(file).sort()).toEqual(["batch 1,2,3", "paced 1", "paced 2", "paced 3", "settled 3"]);
    const { rows } = await pool.query<{ ms: number }>("SELECT extract(epoch FROM started_at)::float8 * 1000 AS ms FROM runner_run WHERE function_id = 'crash-paced' ORDER BY started_at");
    for (const [i, { ms }] of rows.entries()) if (i > 0) expect(ms - rows[i - 1]!.ms).toBeGreaterThanOrEqual(2_998);
    expect((await pool.query("SELECT 1 FROM runner_hold WHERE function_id LIKE 'crash-%'")).rowCount).toBe(0);
  });

  it("of the app while a step runs: no attempt is lost, and the run goes on with the next app", async () => {
    const file = join(folder, "app-killed");
    const app = await launchApp(file);
    launchRunner();
    await until(isSynced, "the runner");
    const { ids } = await inngest.send({ name: "crash/three-steps", data: { n: 9, ms: 60_000 } });
    await until(() => count(linesOf(file), "9 second begins") === 1, "the second step began");
    await kill(app);
    // Without retries the function would fail if this counted as an attempt.
    const later = join(folder, "app-again");
    await launchApp(later);
    await until(() => count(linesOf(later), "9 second begins") === 1, "the second step begins again");
    expect(linesOf(later)).toEqual(["9 second begins"]);
    expect(await statusOf(ids)).toEqual(["RUNNING"]);
  });
});

describe("a lost database connection", () => {
  it("costs no run: what a step did is stored once the database is back", async () => {
    let during = () => undefined as void;
    const begun: string[] = [];
    const bench = await startBench({
      functions: (client) => [client.createFunction({ id: "cut", triggers: { event: "test/cut" }, retries: 0 }, async ({ step }) => {
        await step.run("a", async () => {
          begun.push("a");
          during();
          await new Promise((resolve) => setTimeout(resolve, 300));
        });
        return step.run("b", () => "whole");
      })],
    });
    during = () => void pool.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
    bench.pool.on("error", () => undefined);
    const eventId = await bench.send("test/cut");
    await until(() => begun.length > 0, "the step began");
    await until(async () => (await statusOf([eventId]).catch((): string[] => [])).includes("COMPLETED"), "the run ends");
    expect(begun).toEqual(["a"]);
    await bench.stop();
  });
});

describe("two runners", () => {
  it("take turns: one leads, the other takes over what was waiting when it is gone", async () => {
    const done: unknown[] = [];
    const bench = await startBench({ signed: false, functions: (client) => [client.createFunction({ id: "turn", triggers: { event: "test/turn" } }, ({ event }) => void done.push(event.data.n))] });
    await until(async () => (await bench.runner.status()).leads, "the first leads");
    const second = await startRunner(testRunnerOptions(bench.appUrl));
    await until(async () => (await second.status()).syncedAt !== null, "the second is ready");
    expect((await second.status()).leads).toBe(false);
    const toSecond = new Inngest({ id: "to-second", isDev: true, baseUrl: `http://127.0.0.1:${second.port}`, eventKey: "dev" });
    await toSecond.send({ name: "test/turn", data: { n: 1 } });
    await until(() => done.includes(1), "the leader does what the other took");
    await bench.runner.stop();
    await until(async () => (await second.status()).leads, "the second leads");
    await toSecond.send({ name: "test/turn", data: { n: 2 } });
    await until(() => done.includes(2), "the second works");
    expect(done).toEqual([1, 2]);
    await second.stop();
    await bench.stopApp();
  });
  it("count events that come in at both at once exactly, and what waits survives a change of the lead", async () => {
    const { note, noted } = createNotebook();
    const bench = await startBench({
      functions: (client) => {
        const triggers = { event: "test/shared" } as const;
        return [
          client.createFunction({ id: "limited", triggers, rateLimit: { limit: 1, period: "24h" } }, () => note("limited")),
          client.createFunction({ id: "single", triggers, singleton: { mode: "skip" } }, async ({ step }) => {
            note("single");
            await step.sleep("long", "10h");
          }),
          client.createFunction({ id: "batch", triggers, batchEvents: { maxSize: 5, timeout: "3600s" } }, ({ events }) => note("batch", events.length, (events as { data: { n: number } }[]).map(({ data }) => data.n))),
          client.createFunction({ id: "settling", triggers, debounce: { period: "600s" } }, ({ event }) => note("settling", event.data.n)),
          client.createFunction({ id: "paced", triggers, throttle: { limit: 12, period: "1200s" } }, ({ event }) => note("paced", event.data.n)),
        ];
      },
    });
    await until(async () => (await bench.runner.status()).leads, "the first leads");
    const second = await startRunner({ ...testRunnerOptions(bench.appUrl), signingKey: bench.inngest.signingKey!, eventKey: bench.inngest.eventKey! });
    await until(async () => (await second.status()).syncedAt !== null, "the second is ready");
    const toSecond = new Inngest({ id: "to-second", isDev: false, baseUrl: `http://127.0.0.1:${second.port}`, eventKey: bench.inngest.eventKey });
    const ts = Date.now() - 1_000;
    await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 ? bench.inngest : toSecond).send({ name: "test/shared", data: { n }, ts: ts + n })));
    await until(() => noted("batch").length === 4 && noted("paced").length >= 12, "the batches");
    // Eight runs still wait for their turn, and the burst for its end.
    await bench.runner.stop();
    await until(() => noted("paced").length === 20 && noted("settling").length === 1, "the second does the rest");
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect([noted("limited").length, noted("single").length, noted("settling").map(({ tag }) => tag)]).toEqual([1, 1, ["19"]]);
    expect(noted("batch").flatMap(({ data }) => data as number[]).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n));
    expect(noted("batch").map(({ tag }) => tag)).toEqual(["5", "5", "5", "5"]);
    expect(new Set(noted("paced").map(({ tag }) => tag)).size).toBe(20);
    await second.stop();
    await bench.stopApp();
  });
});
