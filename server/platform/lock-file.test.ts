import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockHolder, takeLockFile } from "./lock-file";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nexus-alpha-lock-"));
  path = join(folder, "start.lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const startedAt = new Date("2026-11-21T00:00:00Z");
const take = () => takeLockFile(path, startedAt);
const taken = () => {
  const result = take();
  if ("heldBy" in result) throw new Error("held");
  return result;
};

describe("takeLockFile", () => {
  it("is taken once, names its holder and the address, and is free again after release", () => {
    const { lock, recovered } = taken();
    expect(recovered).toBe(false);
    lock.update("http://localhost:3000");
    expect(take()).toMatchObject({ heldBy: { pid: process.pid, url: "http://localhost:3000" } });
    lock.release();
    expect(lockHolder(path)).toBeNull();
    expect(taken().recovered).toBe(false);
    expect(readdirSync(folder)).toEqual(["start.lock"]);
  });

  it("takes over from a process that is gone", () => {
    const gone = spawnSync(process.execPath, ["-e", ""]).pid;
    writeFileSync(path, JSON.stringify({ pid: gone, ticks: "1", startedAt: "x", url: null }));
    expect(taken().recovered).toBe(true);
  });

  it("takes over when the number belongs to another process by now", () => {
    writeFileSync(path, JSON.stringify({ pid: process.ppid, ticks: "1", startedAt: "x", url: null }));
    expect(taken().recovered).toBe(true);
  });

  it.each(["", "{", "null", '{"pid":"x"}'])("takes over from a file that was cut off: %j", (content) => {
    writeFileSync(path, content);
    expect(taken().recovered).toBe(true);
  });

  it("leaves a lock alone that another has taken over since", () => {
    const { lock } = taken();
    const other = JSON.stringify({ pid: process.ppid, ticks: null, startedAt: "x", url: null });
    writeFileSync(path, other);
    lock.release();
    expect(readFileSync(path, "utf8")).toBe(other);
  });
});
