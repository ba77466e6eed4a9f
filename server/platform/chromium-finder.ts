import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { AppError } from "@/server/domain/app-error";
import { childEnv } from "./env";

const SYSTEM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome-stable", "/usr/bin/google-chrome", "/snap/bin/chromium"];
const INSTALL_WITHIN_MS = 300_000;

/** A Chromium that starts: the one named, the system's, Playwright's; else one is installed, by apt as root or by Playwright. */
export function findChromium(named: string | undefined, onNote: (note: string) => void): string {
  const found = [named, ...SYSTEM, playwrightPath()].find(starts);
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    onNote("No browser found; installing Debian's chromium");
    const env = childEnv({ DEBIAN_FRONTEND: "noninteractive" });
    const options = { env, stdio: "ignore", timeout: INSTALL_WITHIN_MS } as const;
    spawnSync("apt-get", ["update"], options);
    spawnSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], options);
    const installed = SYSTEM.find(starts);
    if (installed) return installed;
  }
  onNote("No browser found; asking Playwright for one");
  spawnSync(process.execPath, [playwrightCli(), "install", ...(process.getuid?.() === 0 ? ["--with-deps"] : []), "chromium"], { stdio: "ignore", timeout: INSTALL_WITHIN_MS });
  const downloaded = playwrightPath();
  if (starts(downloaded)) return downloaded;
  throw new AppError("UPSTREAM_UNAVAILABLE", "The browser tests need Chromium and none could be installed: run `apt-get install chromium`, or set CHROMIUM_PATH to one");
}

const require = createRequire(import.meta.url);

const playwrightCli = () => require.resolve("@playwright/test/cli");

function playwrightPath(): string {
  const { chromium } = require("@playwright/test") as { chromium: { executablePath(): string } };
  return chromium.executablePath();
}

/** A downloaded browser can be there and lack the libraries of the system. */
function starts(path: string | undefined): path is string {
  return path !== undefined && path !== "" && existsSync(path) && spawnSync(path, ["--version"], { timeout: 20_000 }).status === 0;
}
