import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { freePort } from "./ports";

const servers: Server[] = [];
const occupy = (port: number, host: string) =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(port, host, () => resolve((server.address() as { port: number }).port));
    servers.push(server);
  });
afterEach(() => servers.splice(0).forEach((server) => server.close()));

describe("freePort", () => {
  it("gives the port wanted when it is free", async () => {
    const port = await freePort(41_000);
    expect(await freePort(port)).toBe(port);
  });

  it.each(["127.0.0.1", "::"])("gives another one when a server listens on %s", async (host) => {
    const busy = await occupy(0, host);
    const port = await freePort(busy);
    expect(port).not.toBe(busy);
    expect(await occupy(port, "::")).toBe(port);
  });

  it("passes over ports that were promised to others", async () => {
    const port = await freePort(42_000);
    expect(await freePort(port, [port, port + 1])).toBeGreaterThan(port + 1);
  });
});
