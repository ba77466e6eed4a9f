import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestCtx } from "@/server/testing/test-ctx";
import { askForBackup } from "./ask-for-backup";

const ctx = createTestCtx({ now: () => new Date("2026-11-20T03:30:00Z") });
const seen: { headers: IncomingHttpHeaders; body: string }[] = [];
let status = 202;
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (part: Buffer) => (body += part.toString()));
  request.on("end", () => {
    seen.push({ headers: request.headers, body });
    response.writeHead(status).end("secret words");
  });
});
let url: URL;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hush-token`);
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await ctx.db.$disconnect();
});
const runs = () => ctx.db.ingestionRun.findMany({ where: { subject: "backup", scope: { startsWith: url.host } }, orderBy: { id: "asc" } });

describe("asking for a backup", () => {
  it("posts to the operator's address with a key of the day, and leaves a row without its path", async () => {
    await askForBackup(ctx, { url, allowPrivate: true });
    await askForBackup(ctx, { url, allowPrivate: true });
    expect(seen.map(({ headers, body }) => [headers["idempotency-key"], JSON.parse(body)])).toEqual(Array(2).fill(["backup-2026-11-20", { event: "backup/requested", date: "2026-11-20" }]));
    expect(await runs()).toMatchObject([{ status: "SUCCEEDED", provider: "operator" }, { status: "SUCCEEDED" }]);
    expect((await runs()).map(({ scope, error }) => `${scope} ${error}`).join()).not.toMatch(/hush|secret/);
  });

  it("leaves a failed row where it is refused, and does nothing where none is set", async () => {
    status = 500;
    await expect(askForBackup(ctx, { url, allowPrivate: true })).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    // Without leave, an address of this machine is not called at all.
    await expect(askForBackup(ctx, { url, allowPrivate: false })).rejects.toMatchObject({ code: "INVALID_INPUT" });
    expect(seen).toHaveLength(3);
    expect((await runs()).slice(2)).toMatchObject([{ status: "FAILED", error: "The backup hook answered 500" }, { status: "FAILED" }]);
    expect(await askForBackup(ctx, { url: null, allowPrivate: true })).toBeNull();
    expect(await runs()).toHaveLength(4);
  });
});
