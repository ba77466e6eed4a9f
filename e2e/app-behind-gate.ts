import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { createServer, connect, type AddressInfo, type Socket } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

export type AppBehindGate = {
  url: string;
  /** Breaks every connection to the database and refuses new ones, as a killed server does. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  stop(): Promise<void>;
};

const READY_WITHIN_MS = 30_000;

/** A second web app over the figures of the run, whose way to the database can be cut without touching the tests beside it. */
export async function startAppBehindGate({ databaseUrl, distDir, logFolder }: { databaseUrl: string; distDir: string; logFolder: string }): Promise<AppBehindGate> {
  const database = new URL(databaseUrl);
  const gate = await openGate({ host: database.hostname, port: Number(database.port || 5432) });
  const port = await freePort();
  const env = { ...process.env, NODE_ENV: "production" as const, DATABASE_URL: Object.assign(new URL(database), { hostname: "127.0.0.1", port: String(gate.port) }).href, PORT: String(port), TRUSTED_PROXIES: "1", NEXT_DIST_DIR: distDir, NEXT_TELEMETRY_DISABLED: "1" };
  const log = createWriteStream(join(logFolder, "web-behind-gate.log"), { flags: "a" });
  const web = spawn(process.execPath, ["--import", "./server/platform/exit-with-parent.mjs", "node_modules/next/dist/bin/next", "start", "--port", String(port)], { cwd: resolve(import.meta.dirname, ".."), env, stdio: ["ignore", "pipe", "pipe", "ipc"] });
  web.stdout?.pipe(log, { end: false });
  web.stderr?.pipe(log, { end: false });
  const ended = new Promise<void>((done) => web.once("close", () => done()));
  const stop = async () => {
    web.kill("SIGTERM");
    await ended;
    await gate.close();
    log.end();
  };
  const url = `http://localhost:${port}`;
  try {
    await answers(`${url}/health`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, cut: gate.close, mend: gate.open, stop };
}

async function openGate(target: { host: string; port: number }) {
  const sockets = new Set<Socket>();
  const server = createServer((from) => {
    const to = connect(target);
    for (const [socket, other] of [[from, to], [to, from]] as const) {
      sockets.add(socket);
      socket.on("error", () => undefined).on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    from.pipe(to);
    to.pipe(from);
  });
  const listen = (port: number) => new Promise<void>((done, fail) => server.once("error", fail).listen(port, "127.0.0.1", () => done(void server.removeListener("error", fail))));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    open: () => listen(port),
    close: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
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
