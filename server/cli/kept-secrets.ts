import { createReadStream, existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import type { Outcome } from "./test-stage";

/** What must not stand in a log. The name is printed when it does, the value never. */
const secret = z.object({ name: z.string(), value: z.string().min(8) });
export type Secret = z.infer<typeof secret>;

/** The names of the secrets that a line holds: as they are, or as JSON, an address, base64 or hex would write them. */
export function secretsIn(line: string, secrets: readonly Secret[]): string[] {
  return secrets.filter(({ value }) => spellings(value).some((spelling) => line.includes(spelling))).map(({ name }) => name);
}

function spellings(value: string): string[] {
  const bytes = Buffer.from(value);
  // How base64 writes it depends on what stands before ("user:" in basic authentication) and, for the last letters, on what follows.
  const base64 = [0, 1, 2].flatMap((before) => {
    const shifted = Buffer.concat([Buffer.alloc(before), bytes]);
    const whole = shifted.subarray(0, shifted.length - (shifted.length % 3));
    return (["base64", "base64url"] as const).map((encoding) => whole.toString(encoding).slice(before === 0 ? 0 : before + 1));
  });
  return [...new Set([value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value), ...base64, bytes.toString("hex")])];
}

/** The secrets that the browser tests have used, one JSON line each. */
export function readSecrets(file: string): Secret[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8").split("\n").filter((line) => line !== "").map((line) => secret.parse(JSON.parse(line)));
}

/** Reads every log of a run for secrets, one test for each of them; logs without a line would prove nothing and fail. */
export async function searchLogs(folder: string, secrets: readonly Secret[]): Promise<Outcome> {
  const leaked = new Set<string>();
  let lines = 0;
  for (const file of readdirSync(folder).filter((name) => /\.log(\.\d+)?$/.test(name))) {
    let at = 0;
    for await (const line of createInterface({ input: createReadStream(join(folder, file)), crlfDelay: Infinity })) {
      at++;
      for (const name of secretsIn(line, secrets)) {
        if (!leaked.has(name)) console.log(`✗ ${file}:${at} holds ${name}`);
        leaked.add(name);
      }
    }
    lines += at;
  }
  if (lines === 0) return { passed: 0, failed: 1, said: `no log line in ${folder}` };
  const names = new Set(secrets.map(({ name }) => name));
  return { passed: names.size - leaked.size, failed: leaked.size, said: `${names.size} secrets, ${lines} log lines` };
}
