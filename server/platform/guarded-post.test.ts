import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { guardedPost, isPublicAddress } from "./guarded-post";

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));
async function serve(listener: RequestListener): Promise<URL> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  servers.push(server);
  await new Promise((resolve) => server.once("listening", resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`);
}
const post = (url: URL | string, allowPrivate = false, withinMs = 2_000) => guardedPost(new URL(url), { body: "{}", headers: { "content-type": "application/json" }, withinMs, allowPrivate });

describe("isPublicAddress", () => {
  it("takes public addresses, and no private, local, shared, reserved or wrapped one", () => {
    expect(["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"].map(isPublicAddress)).toEqual([true, true]);
    const inside = ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "localhost", ""];
    expect(inside.filter(isPublicAddress)).toEqual([]);
  });
});

describe("guardedPost", () => {
  it("refuses inner addresses however they are written, before anything is sent", async () => {
    let reached = 0;
    const url = await serve((_, response) => {
      reached += 1;
      response.end();
    });
    const disguises = [`https://127.0.0.1:${url.port}/`, "https://2130706433/", "https://0x7f.1/", "https://[::1]/", "https://[::ffff:7f00:1]/", "https://169.254.169.254/latest/meta-data", `https://localhost:${url.port}/`];
    for (const disguise of disguises) await expect(post(disguise)).rejects.toMatchObject({ code: "INVALID_INPUT", details: { field: "url" } });
    await expect(post(url)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    expect(reached).toBe(0);
  });

  it("hands back status and the beginning of the answer, and follows no redirect", async () => {
    const url = await serve((_, response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end("x".repeat(5_000)));
    expect(await post(url, true)).toEqual({ status: 302, body: "x".repeat(2_000) });
  });

  it("gives up on an answer without end", async () => {
    const url = await serve((_, response) => void response.write("a"));
    await expect(post(url, true, 300)).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
  });

  it("says when nobody is there", async () => {
    await expect(post("http://127.0.0.1:1/", true)).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
  });
});
