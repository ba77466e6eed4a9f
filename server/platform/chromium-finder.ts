import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { AppError } from "@/server/domain/app-error";
import { childEnv } from "./env";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const USUAL = ["/usr/bin", "/snap/bin"];
const INSTALL_WITHIN_MS = 300_000;
// Another installation may just be running; a mirror that does not answer is given up.
const APT = ["-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::http::Timeout=20", "-o", "Acquire::Retries=1"];

/** A Chromium that starts: the one named, the system's, Playwright's; else one is installed, by apt as root or by Playwright. */
export function findChromium(named: string | undefined, onNote: (note: string) => void): string {
  if (named && !starts(named)) onNote(`CHROMIUM_PATH is ${named}, which does not start; looking for another`);
  const found = [named, ...systemPaths(), playwrightPath()].find(starts);
  if (found) return found;
  const env = childEnv({ DEBIAN_FRONTEND: "noninteractive" });
  const options = { env, stdio: "ignore", timeout: INSTALL_WITHIN_MS } as const;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    onNote("No browser found; installing Debian's chromium, which takes a minute or two");
    spawnSync("apt-get", [...APT, "update"], options);
    spawnSync("apt-get", [...APT, "install", "-y", "--no-install-recommends", "chromium"], options);
    const installed = systemPaths().find(starts);
    if (installed) return installed;
  }
  onNote("No browser found; asking Playwright for one");
  spawnSync(process.execPath, [playwrightCli(), "install", ...(process.getuid?.() === 0 ? ["--with-deps"] : []), "chromium"], options);
  const downloaded = playwrightPath();
  if (starts(downloaded)) return downloaded;
  throw new AppError("UPSTREAM_UNAVAILABLE", "The browser tests need Chromium and none could be installed: run `apt-get install chromium` as root, or set CHROMIUM_PATH to one");
}

const require = createRequire(import.meta.url);

const playwrightCli = () => require.resolve("@playwright/test/cli");

function systemPaths(): string[] {
  const folders = (childEnv({}).PATH ?? "").split(delimiter).filter((folder) => folder.startsWith("/"));
  return [...new Set([...USUAL, ...folders])].flatMap((folder) => NAMES.map((name) => join(folder, name)));
}

function playwrightPath(): string {
  const { chromium } = require("@playwright/test") as { chromium: { executablePath(): string } };
  return chromium.executablePath();
}

/** A downloaded browser can be there and lack the libraries of the system. */
function starts(path: string | undefined): path is string {
  return path !== undefined && path !== "" && existsSync(path) && spawnSync(path, ["--version"], { timeout: 20_000 }).status === 0;
}
