import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { isAlive, startTicks } from "./process-identity";

const holder = z.object({ pid: z.number(), ticks: z.string().nullable(), startedAt: z.string(), url: z.string().nullable() });
export type LockHolder = z.infer<typeof holder>;

export type LockFile = { update(url: string): void; release(): void };

/** Takes a lock file, or returns who holds it. One left by a process that is gone (killed, machine rebooted) is taken over. */
export function takeLockFile(path: string, startedAt: Date): { lock: LockFile; recovered: boolean } | { heldBy: LockHolder } {
  const mine: LockHolder = { pid: process.pid, ticks: startTicks(process.pid), startedAt: startedAt.toISOString(), url: null };
  const written = `${path}.${randomUUID()}`;
  writeFileSync(written, JSON.stringify(mine));
  try {
    let recovered = false;
    // A hard link fails when the name exists, and shows the whole content or nothing.
    while (!linked(written, path)) {
      const before = read(path);
      if (before && isHeld(before)) return { heldBy: before };
      setAside(path, before);
      recovered = true;
    }
    return { lock: lockOf(path, mine), recovered };
  } finally {
    rmSync(written, { force: true });
  }
}

/** Who holds the lock now, or null. */
export function lockHolder(path: string): LockHolder | null {
  const found = read(path);
  return found && isHeld(found) ? found : null;
}

function lockOf(path: string, mine: LockHolder): LockFile {
  return {
    update(url) {
      const next = `${path}.${randomUUID()}`;
      writeFileSync(next, JSON.stringify({ ...mine, url }));
      renameSync(next, path);
    },
    release() {
      const now = read(path);
      if (now?.pid === mine.pid && now.ticks === mine.ticks) rmSync(path, { force: true });
    },
  };
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Two starts may find the same stale lock; the slower one must not remove the lock the faster one has just taken. */
function setAside(path: string, stale: LockHolder | null): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = read(aside);
  if (moved && isHeld(moved) && moved.pid !== stale?.pid) linked(aside, path);
  rmSync(aside, { force: true });
}

function read(path: string): LockHolder | null {
  try {
    return holder.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return null;
  }
}

const isHeld = ({ pid, ticks }: LockHolder) => isAlive(pid) && (ticks === null || startTicks(pid) === ticks);
