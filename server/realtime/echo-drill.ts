import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import type { WsStatus } from "@/server/contracts/realtime";

/** A bare server that sends back what it is sent: the least that a socket costs. `server/cli/bench/socket-load.ts` compares the gateway with it. */
const server = createServer((_, response) => {
  const { user, system } = process.cpuUsage();
  const status: WsStatus = {
    status: "ok", database: "up", connections: sockets.clients.size, channels: {}, uptimeSeconds: Math.round(process.uptime()), lagMs: 0, cpuSeconds: Math.round((user + system) / 1e4) / 100, memoryBytes: process.memoryUsage.rss(),
    feed: { id: "echo", basis: "simulated", symbols: 1, ageMs: null }, streams: [], sharing: { redis: "off", role: "alone" },
  };
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(status));
});
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
sockets.on("connection", (socket) => socket.on("message", (data) => socket.send(data, { binary: false })));
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port, symbols: ["ECHO"] }));
process.on("SIGTERM", () => process.exit(0));
