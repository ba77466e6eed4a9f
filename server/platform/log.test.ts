import { expect, it } from "vitest";
import { createLog } from "./log";

it("writes no secret, at whatever depth an object or an error carries it", () => {
  const lines: string[] = [];
  const log = createLog("test", "info", { write: (line) => void lines.push(line) });
  log.info({ password: "hush-1", body: { password: "hush-2", input: { token: "hush-3", currentPassword: "hush-4" } }, kept: "plain" });
  log.error({ err: Object.assign(new Error("failed"), { secret: "hush-5", request: { headers: { cookie: "hush-6", authorization: "hush-7" } } }) });
  expect(lines).toHaveLength(2);
  expect(lines.join("")).toContain("plain");
  expect(lines.join("")).not.toMatch(/hush-\d/);
});

it("names process and procedure apart, each key once in a line", () => {
  const lines: string[] = [];
  createLog("web", "info", { write: (line) => void lines.push(line) }).info({ name: "market.getStrip" });
  expect(JSON.parse(lines[0]!)).toMatchObject({ process: "web", name: "market.getStrip" });
  expect(lines[0]!.match(/"name":/g)).toHaveLength(1);
});
