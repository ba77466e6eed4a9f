import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readSecrets, searchLogs, secretsIn } from "./kept-secrets";

const password = { name: "a password", value: 'p"ss w/rd+ü' };

describe("secretsIn", () => {
  it("finds a secret however a log line spells it", () => {
    for (const line of [
      password.value,
      JSON.stringify({ msg: password.value }),
      `postgresql://me:${encodeURIComponent(password.value)}@host/db`,
      `Basic ${Buffer.from(`me:${password.value}`).toString("base64")}`,
      Buffer.from(password.value).toString("hex"),
    ]) expect(secretsIn(line, [password])).toEqual(["a password"]);
    expect(secretsIn("nothing here", [password])).toEqual([]);
  });

  it("finds it in base64 whatever stands around it", () => {
    fc.assert(fc.property(fc.string(), fc.string(), fc.stringMatching(/^[A-Za-z0-9]{12,40}$/), (before, after, value) => {
      expect(secretsIn(Buffer.from(`${before}${value}${after}`).toString("base64"), [{ name: "it", value }])).toEqual(["it"]);
    }));
  });
});

describe("searchLogs", () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "nexus-alpha-secrets-"))));
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true, force: true });
  });

  it("counts each secret once, and says where it stands without repeating it", async () => {
    const said = vi.spyOn(console, "log").mockImplementation(() => undefined);
    writeFileSync(join(folder, "web.log"), `{"msg":"fine"}\n{"msg":${JSON.stringify(password.value)}}\n`);
    writeFileSync(join(folder, "sidecar.log.1"), `${password.value}\n`);
    const kept = { name: "a key", value: "0123456789" };
    expect(await searchLogs(folder, [password, kept])).toEqual({ passed: 1, failed: 1, said: "2 secrets, 3 log lines" });
    expect(said).toHaveBeenCalledOnce();
    expect(said.mock.calls.flat().join()).not.toContain(password.value);
  });

  it("fails where nothing was logged, as that would prove nothing", async () => {
    writeFileSync(join(folder, "web.log"), "");
    expect(await searchLogs(folder, [password])).toMatchObject({ passed: 0, failed: 1 });
  });

  it("reads the secrets that tests have written down, and refuses one too short to be told from chance", () => {
    const file = join(folder, "secrets.jsonl");
    expect(readSecrets(file)).toEqual([]);
    writeFileSync(file, `${JSON.stringify(password)}\n`);
    expect(readSecrets(file)).toEqual([password]);
    writeFileSync(file, `${JSON.stringify({ name: "short", value: "abc" })}\n`);
    expect(() => readSecrets(file)).toThrow();
  });
});
