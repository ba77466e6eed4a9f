import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Inngest } from "inngest";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "@/server/platform/ports";
import { until } from "./test-bench";

/** Processes of their own, so that they can be killed. The pace is the real one, so nothing here waits for a back-off. */
const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "nexus-alpha-crash-"));
const children: ChildProcess[] = [];
let env: NodeJS.ProcessEnv;
let appPort: number;
let inngest: Inngest;
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 2 });

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
  const child = launch("server/runner/crash-app.ts", String(appPort), file);
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

describe("kill -9", () => {
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
