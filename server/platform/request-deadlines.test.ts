import http from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";

const untouched = http.createServer;
beforeAll(async () => void (await import("./request-deadlines.mjs" as string)));
afterAll(() => void (http.createServer = untouched));

it("gives every server of the process a deadline for what arrives, and keeps what it was told", () => {
  const listener = () => undefined;
  const server = http.createServer(listener);
  expect(server).toMatchObject({ headersTimeout: 10_000, requestTimeout: 30_000 });
  expect(server.listeners("request")).toEqual([listener]);
  expect(http.createServer({ requestTimeout: 60_000 }, listener)).toMatchObject({ headersTimeout: 10_000, requestTimeout: 60_000 });
});

it("ends a request whose body does not come", async () => {
  const server = http.createServer({ headersTimeout: 20, requestTimeout: 40, connectionsCheckingInterval: 20 }, (_, response) => response.write("")).listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{");
  await new Promise((done) => socket.resume().once("close", done).on("error", () => undefined));
  server.close();
});
