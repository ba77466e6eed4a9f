import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { stripVTControlCharacters } from "node:util";

const MAX_BYTES = 20_000_000;
const LEVELS: Record<number, "warn" | "error"> = { 40: "warn", 50: "error", 60: "error" };

export type LogLine = { level: "info" | "warn" | "error"; text: string };
export type JsonLogFile = { write(line: string, stream: "stdout" | "stderr"): LogLine };

/**
 * Appends the output of a child to a file, one JSON object per line: lines that are JSON as they are, others wrapped.
 * Returns each line in its short form for people. The file is set aside once when it grows past 20 MB.
 */
export function openJsonLogFile(path: string, name: string, now: () => Date): JsonLogFile {
  mkdirSync(dirname(path), { recursive: true });
  if (existsSync(path) && statSync(path).size > MAX_BYTES) renameSync(path, `${path}.1`);
  const append = (text: string) => {
    try {
      appendFileSync(path, `${text}\n`);
    } catch {
      // A full disk or a removed folder must not take the app down with its log.
    }
  };
  return {
    write(line, stream) {
      const parsed = asObject(line);
      const text = stripVTControlCharacters(line).trimEnd();
      if (!parsed) {
        const level = stream === "stderr" ? "warn" : "info";
        if (text !== "") append(JSON.stringify({ level: level === "warn" ? 40 : 30, time: now().toISOString(), process: name, stream, msg: text }));
        return { level, text };
      }
      append(line);
      return { level: (typeof parsed.level === "number" && LEVELS[parsed.level]) || "info", text: shortForm(parsed) };
    },
  };
}

function asObject(line: string): Record<string, unknown> | null {
  if (!line.startsWith("{")) return null;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return null;
  }
}

function shortForm({ msg, message, event, name, code, err, requestId }: Record<string, unknown>): string {
  const fault = typeof err === "object" && err !== null && "message" in err ? err.message : undefined;
  return [name, event, code, msg ?? message, fault, requestId].filter((part) => typeof part === "string" && part !== "").join(" · ");
}
