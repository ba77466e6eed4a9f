import { readFileSync } from "node:fs";

/** Whether a process runs; one that belongs to another user counts. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Clock ticks from boot to the start of a process, which tells it from a later one with the same number; null where the system does not say. */
export function startTicks(pid: number): string | null {
  try {
    // The second field, the name, may hold spaces and brackets; the 20th after its last bracket is the start time.
    return readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\)\s/s, "").split(" ")[19] ?? null;
  } catch {
    return null;
  }
}
