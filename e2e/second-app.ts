import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

export type SecondApp = { url: string; stop(): Promise<void> };

const READY_WITHIN_MS = 30_000;

/** Another web app over the build of the run, with settings of its own that must not touch the tests beside it. */
export async function startSecondApp({ name, distDir, logFolder, env }: { name: string; distDir: string; logFolder: string; env: Record<string, string> }): Promise<SecondApp> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const all = { ...process.env, NODE_ENV: "production" as const, PORT: String(port), NEXTAUTH_URL: url, TRUSTED_PROXIES: "1", NEXT_DIST_DIR: distDir, NEXT_TELEMETRY_DISABLED: "1", ...env };
  const log = createWriteStream(join(logFolder, `${name}.log`), { flags: "a" });
  const web = spawn(process.execPath, ["--import", "./server/platform/exit-with-parent.mjs", "node_modules/next/dist/bin/next", "start", "--port", String(port)], { cwd: resolve(import.meta.dirname, ".."), env: all, stdio: ["ignore", "pipe", "pipe", "ipc"] });
  web.stdout?.pipe(log, { end: false });
  web.stderr?.pipe(log, { end: false });
  const ended = new Promise<void>((done) => web.once("close", () => done()));
  const stop = async () => {
    web.kill("SIGTERM");
    await ended;
    log.end();
  };
  try {
    await answers(`${url}/health`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

async function answers(url: string): Promise<void> {
  for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until; await wait(100)) {
    try {
      await fetch(url, { signal: AbortSignal.timeout(5_000) });
      return;
    } catch {
      // Not listening yet.
    }
  }
  throw new Error(`${url} does not answer`);
}
