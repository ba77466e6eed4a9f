import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { childEnv } from "./env";
import { openJsonLogFile } from "./json-log-file";
import { isAlive } from "./process-identity";
import { superviseProcess } from "./supervised-process";

const root = resolve(import.meta.dirname, "../..");
const preload = ["--import", "./server/platform/exit-with-parent.mjs"];
let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "nexus-alpha-child-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function supervise(script: string) {
  const lines: string[] = [];
  const notes: string[] = [];
  const log = openJsonLogFile(join(folder, "child.log"), "child", () => new Date());
  const child = superviseProcess({ name: "child", args: [...preload, "-e", script], cwd: root, env: childEnv({}), log, onLine: ({ text }) => lines.push(text), onNote: (note) => notes.push(note) });
  return { child, lines, notes };
}

describe("superviseProcess", () => {
  it("starts a process again that ended by itself, and none that was asked to stop", async () => {
    const { child, lines, notes } = supervise("console.log(process.pid); setInterval(() => {}, 1000)");
    await expect.poll(() => lines.length, { timeout: 10_000 }).toBe(1);
    process.kill(Number(lines[0]), "SIGKILL");
    await expect.poll(() => lines.length, { timeout: 10_000 }).toBe(2);
    expect(notes).toEqual(["child ended (SIGKILL); starting it again in 0.5 s"]);
    await child.stop();
    expect(isAlive(Number(lines[1]))).toBe(false);
    expect(child.pid()).toBeNull();
    expect(notes).toHaveLength(1);
  });
});

describe("a child of a parent that is killed", () => {
  it("ends by itself", async () => {
    const script = `const { spawn } = require("node:child_process");
      const child = spawn(process.execPath, ${JSON.stringify([...preload, "-e", "setInterval(() => {}, 1000)"])}, { detached: true, stdio: ["ignore", "ignore", "ignore", "ipc"] });
      console.log(child.pid); setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ["-e", script], { cwd: root, stdio: ["ignore", "pipe", "ignore"] });
    const [line] = (await once(parent.stdout!, "data")) as [Buffer];
    // The child needs a moment to listen.
    await new Promise((done) => setTimeout(done, 1_000));
    parent.kill("SIGKILL");
    await expect.poll(() => stillRuns(Number(line)), { timeout: 10_000 }).toBe(false);
  });

  it("is not kept from ending when it is done", async () => {
    const child = spawn(process.execPath, [...preload, "-e", "0"], { cwd: root, stdio: ["ignore", "ignore", "ignore", "ipc"] });
    const [code] = (await once(child, "exit")) as [number];
    expect(code).toBe(0);
  });
});

/** A child without a parent may stay as an entry in the process table when nobody reaps it. */
function stillRuns(pid: number): boolean {
  return isAlive(pid) && !/\) Z /.test(processLine(pid));
}

function processLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return ") Z ";
  }
}
