import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { AppError } from "@/server/domain/app-error";
import { childEnv } from "./env";

/** What a build is made of. Tests, seeds and the command line are not in it. */
const SOURCES = ["app", "components", "server", "inngest", "public", "prisma/schema", "next.config.mjs", "proxy.ts", "package.json", "package-lock.json"];
const NOT_BUILT = /(\.(test|spec)\.tsx?$)|(^server\/(cli|testing|realtime)\/)/;
const KEPT_FOR_MS = 2 * 3_600_000;
const LOCKED = /lock/i;

export type AppBuild = { distDir: string; built: boolean };
type Options = { root: string; sidecarPort: number; onOutput(text: string): void };

/**
 * Makes the production build unless the one of these very sources is there.
 * Each build stands in a folder named by its content, so that none is changed under a running app and tests and `npm start` share it.
 */
export async function ensureAppBuild({ root, sidecarPort, onOutput }: Options): Promise<AppBuild> {
  const hash = sourceHash(root, [process.version, `sidecar ${sidecarPort}`]);
  const distDir = join(".data", "build", hash);
  const done = join(root, distDir, "complete");
  if (existsSync(done)) {
    utimesSync(done, new Date(), new Date());
    return { distDir, built: false };
  }
  mkdirSync(join(root, distDir), { recursive: true });
  // Next writes its own wishes into the file it is given; this copy spares the project's.
  const tsconfig = join(".data", "build", "tsconfig.json");
  writeFileSync(join(root, tsconfig), JSON.stringify({ extends: "../../tsconfig.json", compilerOptions: { paths: { "@/*": ["../../*"] } }, include: ["../../next-env.d.ts"] }));
  for (;;) {
    const { code, output } = await runBuild(root, { distDir, tsconfig, sidecarPort, onOutput });
    if (code === 0) break;
    if (!LOCKED.test(output.slice(-500))) throw new AppError("UPSTREAM_INVALID", `The build failed:\n${firstFaults(output)}`);
    // Another start or test run is making the same build.
    await wait(1_000);
    if (existsSync(done)) return { distDir, built: true };
  }
  writeFileSync(done, "");
  return { distDir, built: true };
}

/** Removes the builds of earlier sources, except those another run may just be using. */
export function pruneAppBuilds(root: string, kept: string): void {
  const folder = join(root, ".data", "build");
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const done = join(path, "complete");
    const usedAt = existsSync(done) ? statSync(done).mtimeMs : statSync(path).mtimeMs;
    if (path !== join(root, kept) && statSync(path).isDirectory() && Date.now() - usedAt > KEPT_FOR_MS) rmSync(path, { recursive: true, force: true });
  }
}

export function sourceHash(root: string, besides: readonly string[]): string {
  const hash = createHash("sha256").update(besides.join("\n"));
  for (const file of SOURCES.flatMap((source) => filesAt(root, source))) hash.update(`\n${file}\n`).update(readFileSync(join(root, file)));
  return hash.digest("hex").slice(0, 16);
}

function filesAt(root: string, source: string): string[] {
  const at = join(root, source);
  if (!existsSync(at)) return [];
  if (statSync(at).isFile()) return [source];
  return readdirSync(at, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((file) => !NOT_BUILT.test(file))
    .sort();
}

/** Where the trouble begins; what follows are mostly traces of the same. */
function firstFaults(output: string): string {
  const lines = stripVTControlCharacters(output).split("\n");
  const first = Math.max(0, lines.findIndex((line) => /error/i.test(line)));
  return lines.slice(first, first + 40).join("\n");
}

type Run = { distDir: string; tsconfig: string; sidecarPort: number; onOutput(text: string): void };

function runBuild(root: string, { distDir, tsconfig, sidecarPort, onOutput }: Run): Promise<{ code: number | null; output: string }> {
  const env = childEnv({ NODE_ENV: "production", NEXT_DIST_DIR: distDir, NEXT_TSCONFIG: tsconfig, SIDECAR_PORT: String(sidecarPort), NEXT_TELEMETRY_DISABLED: "1" });
  const child = spawn(process.execPath, ["node_modules/next/dist/bin/next", "build"], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  const stop = () => child.kill("SIGTERM");
  process.once("exit", stop);
  let output = "";
  for (const pipe of [child.stdout, child.stderr]) {
    pipe.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      onOutput(chunk.toString());
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      process.removeListener("exit", stop);
      resolve({ code, output });
    });
  });
}
