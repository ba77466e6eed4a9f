import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openJsonLogFile } from "./json-log-file";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "nexus-alpha-log-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const now = () => new Date("2026-11-21T00:00:00Z");
const open = () => openJsonLogFile(join(folder, "web.log"), "web", now);
const lines = () => readFileSync(join(folder, "web.log"), "utf8").trim().split("\n").map((line) => JSON.parse(line) as unknown);

describe("openJsonLogFile", () => {
  it("keeps JSON lines as they are and says what matters of them", () => {
    const line = JSON.stringify({ level: 50, name: "web", msg: "broke", err: { message: "no" }, requestId: "r-1" });
    expect(open().write(line, "stdout")).toEqual({ level: "error", text: "web · broke · no · r-1" });
    expect(lines()).toEqual([JSON.parse(line)]);
  });

  it("wraps other lines without their colours; what a program complains about is a warning", () => {
    const log = open();
    expect(log.write("\u001b[32mready\u001b[39m", "stdout")).toEqual({ level: "info", text: "ready" });
    expect(log.write("{ not json", "stderr")).toEqual({ level: "warn", text: "{ not json" });
    expect(lines()).toEqual([
      { level: 30, time: "2026-11-21T00:00:00.000Z", process: "web", stream: "stdout", msg: "ready" },
      { level: 40, time: "2026-11-21T00:00:00.000Z", process: "web", stream: "stderr", msg: "{ not json" },
    ]);
  });

  it("writes nothing for an empty line", () => {
    const log = open();
    log.write("", "stdout");
    log.write("x", "stdout");
    expect(lines()).toHaveLength(1);
  });

  it("sets a large file aside", () => {
    writeFileSync(join(folder, "web.log"), "x".repeat(20_000_001));
    open().write("new", "stdout");
    expect(lines()).toHaveLength(1);
    expect(readFileSync(join(folder, "web.log.1"), "utf8")).toHaveLength(20_000_001);
  });

  it("survives a folder that is taken away", () => {
    const log = open();
    rmSync(folder, { recursive: true });
    expect(log.write("x", "stdout").text).toBe("x");
  });
});
