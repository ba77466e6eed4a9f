import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { AppError } from "@/server/domain/app-error";
import { PEER_ADDRESS_HEADER } from "@/server/platform/client-address-warning";
import { childEnv } from "@/server/platform/env";
import { openJsonLogFile, type LogLine } from "@/server/platform/json-log-file";
import { localRunnerEnv } from "@/server/platform/local-runner-env";
import { superviseProcess, type SupervisedProcess } from "@/server/platform/supervised-process";

/** `runner` is null when an Inngest server runs the jobs. */
export type AppProcesses = { sidecar: SupervisedProcess; runner: SupervisedProcess | null; web: SupervisedProcess; url: string };

type Input = {
  root: string;
  logFolder: string;
  connectionString: string;
  webPort: number;
  sidecarPort: number;
  /** Where the web app's rewrite leads; another port means that the page is told the address. */
  builtSidecarPort: number;
  /** Folder of the production build; null runs the development server. */
  distDir: string | null;
  /** Signs the session cookies and seals what is stored sealed. */
  siteSecret: string;
  /** Settings beside those of this process. */
  extraEnv?: Record<string, string>;
  now: () => Date;
  onLine(name: string, line: LogLine): void;
  onNote(note: string): void;
};

const WEB_READY_WITHIN_MS = 90_000;
const PRELOAD = ["--import", "./server/platform/exit-with-parent.mjs"];

/** Starts the sidecar, the job runner and the web app and returns once the web app answers. */
export async function startAppProcesses(input: Input): Promise<AppProcesses> {
  const { root, webPort, sidecarPort, distDir } = input;
  const url = `http://localhost:${webPort}`;
  const runnerEnv = await localRunnerEnv([webPort, sidecarPort]);
  const direct = sidecarPort === input.builtSidecarPort ? undefined : `http://localhost:${sidecarPort}`;
  const env = childEnv({
    NODE_ENV: distDir === null ? "development" : "production",
    DATABASE_URL: input.connectionString,
    PORT: String(webPort),
    SIDECAR_PORT: String(sidecarPort),
    NEXT_DIST_DIR: distDir ?? undefined,
    NEXT_TELEMETRY_DISABLED: "1",
    APP_VERSION: versionOf(root),
    CLIENT_ADDRESS_HEADER: PEER_ADDRESS_HEADER,
    NEXTAUTH_SECRET: input.siteSecret,
    // A running product feeds itself; tests say otherwise.
    PROVIDERS: process.env.PROVIDERS || "on",
    // Behind a proxy the operator says how people reach the app.
    NEXTAUTH_URL: process.env.NEXTAUTH_URL || url,
    ...runnerEnv,
    ...input.extraEnv,
    ...(direct && { NEXT_PUBLIC_WS_URL: direct, WS_ALLOWED_ORIGINS: [`http://localhost:${webPort}`, `http://127.0.0.1:${webPort}`].join(",") }),
  });
  const supervise = (name: string, args: string[]) =>
    superviseProcess({
      name,
      args: [...PRELOAD, ...args],
      cwd: root,
      env,
      log: openJsonLogFile(join(input.logFolder, `${name}.log`), name, input.now),
      onLine: (line) => input.onLine(name, line),
      onNote: input.onNote,
    });

  const sidecar = supervise("sidecar", ["--import", "tsx", "server/realtime/main.ts"]);
  const runner = runnerEnv && supervise("runner", ["--import", "tsx", "server/runner/runner-process.ts"]);
  const web = supervise("web", ["--import", "./server/platform/peer-address.mjs", "--import", "./server/platform/request-deadlines.mjs", "node_modules/next/dist/bin/next", distDir === null ? "dev" : "start", "--port", String(webPort)]);
  try {
    await answers(`${url}/health`);
  } catch (error) {
    await Promise.all([web.stop(), runner?.stop(), sidecar.stop()]);
    throw error;
  }
  return { sidecar, runner, web, url };
}

const versionOf = (root: string) => (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string }).version;

async function answers(url: string): Promise<void> {
  for (const until = Date.now() + WEB_READY_WITHIN_MS; Date.now() < until; await wait(100)) {
    try {
      // Any answer will do: an unhealthy app says so itself.
      await fetch(url, { signal: AbortSignal.timeout(30_000) });
      return;
    } catch {
      // Not listening yet.
    }
  }
  throw new AppError("UPSTREAM_UNAVAILABLE", "The web app does not answer; see web.log in the log folder", { component: "web" });
}
