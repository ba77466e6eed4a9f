import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import type { WsStatus } from "@/server/contracts/realtime";
import { SOCKET_PATH } from "@/server/domain/realtime/wire-limits";
import type { Log } from "@/server/platform/log";
import { channelCounts, openClientSession, type ClientSession, type ClientSocket, type SessionOptions } from "./client-session";
import { watchEventLoopLag } from "./event-loop-lag";
import type { Feed } from "./feed";
import type { Boards } from "./live-boards";
import { createMessageAllowance } from "./message-allowance";
import { isOriginAllowed } from "./origin-rule";

export type GatewayOptions = {
  port: number;
  host: string;
  boards: Boards;
  doors?: SessionOptions["doors"];
  feed: Pick<Feed, "id" | "basis" | "age" | "knows" | "symbolCount" | "streams">;
  /** With whom the feed is shared; with nobody unless given. */
  sharing?: () => WsStatus["sharing"];
  database: () => "up" | "down";
  log: Log;
  allowedOrigins: readonly string[];
  limits?: Partial<GatewayLimits>;
};

export type GatewayLimits = {
  connections: number;
  symbolsPerConnection: number;
  payloadBytes: number;
  /** A client gets at most one frame of deltas per channel in this time. */
  flushMs: number;
  /** With more connections than this the time grows in proportion, for a frame costs more than the values in it; up to three times. */
  calmConnections: number;
  pingIntervalMs: number;
  pingTimeoutMs: number;
  messageBurst: number;
  messagesPerSecond: number;
  messagePatience: number;
};

export type Gateway = { port: number; status: () => WsStatus; close: () => Promise<void> };

const LIMITS: GatewayLimits = {
  connections: 10_000,
  symbolsPerConnection: 500,
  payloadBytes: 16_384,
  flushMs: 250,
  calmConnections: 1_000,
  pingIntervalMs: 10_000,
  pingTimeoutMs: 5_000,
  messageBurst: 40,
  messagesPerSecond: 10,
  messagePatience: 100,
};

/** Clients are spread over so many turns per flush period, so that no turn holds the event loop for all of them. */
const TURNS = 5;
const SLOWEST = 3;

const singleHeader = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

/** Serves snapshots and coalesced deltas of the boards to any number of browsers; it fans out and knows no rules. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { boards, feed, log } = options;
  const limits = { ...LIMITS, ...options.limits };
  const startedAt = performance.now();
  const lag = watchEventLoopLag();
  const sessions = new Map<string, ClientSession>();
  const turns = Array.from({ length: TURNS }, () => new Set<ClientSession>());
  let opened = 0;

  const status = (): WsStatus => ({
    status: options.database() === "up" && feed.symbolCount() > 0 ? "ok" : "degraded",
    database: options.database(),
    connections: sessions.size,
    channels: channelCounts(sessions.values()),
    uptimeSeconds: Math.round((performance.now() - startedAt) / 1_000),
    lagMs: lag.p99Ms(),
    cpuSeconds: Math.round((process.cpuUsage().user + process.cpuUsage().system) / 1e4) / 100,
    memoryBytes: process.memoryUsage.rss(),
    feed: { id: feed.id, basis: feed.basis, symbols: feed.symbolCount(), ageMs: feed.age() },
    streams: feed.streams?.() ?? [],
    sharing: options.sharing?.() ?? { redis: "off", role: "alone" },
  });

  const server = createServer((request, response) => answerHttp(request, response, status));
  server.requestTimeout = 10_000;
  const io = new Server(server, {
    path: SOCKET_PATH,
    addTrailingSlash: false,
    serveClient: false,
    transports: ["websocket"],
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: limits.payloadBytes,
    pingInterval: limits.pingIntervalMs,
    pingTimeout: limits.pingTimeoutMs,
    connectTimeout: 10_000,
    allowRequest(request, answer) {
      const { origin, host } = request.headers;
      if (!isOriginAllowed({ origin, host, forwardedHost: singleHeader(request.headers["x-forwarded-host"]) }, options.allowedOrigins)) return answer("origin not allowed", false);
      if (io.engine.clientsCount >= limits.connections) return answer("too many connections", false);
      answer(null, true);
    },
  });

  io.on("connection", (socket: ClientSocket) => {
    const since = performance.now();
    const session = openClientSession(socket, {
      boards,
      doors: options.doors,
      catalogue: feed,
      allowance: createMessageAllowance({ burst: limits.messageBurst, perSecond: limits.messagesPerSecond, patience: limits.messagePatience }),
      maxSymbols: limits.symbolsPerConnection,
      now: Date.now,
    });
    const turn = turns[opened++ % TURNS]!;
    sessions.set(socket.id, session);
    turn.add(session);
    socket.once("disconnect", (reason) => {
      sessions.delete(socket.id);
      turn.delete(session);
      session.end();
      log.info({ event: "socket closed", reason, durationMs: Math.round(performance.now() - since), ...session.counts() });
    });
  });

  let turnNumber = 0;
  let timer: NodeJS.Timeout;
  const turnLater = (afterMs: number) => {
    timer = setTimeout(() => {
      const startedAt = performance.now();
      for (const session of turns[turnNumber++ % TURNS]!) session.flush();
      const everyMs = (limits.flushMs / TURNS) * Math.min(SLOWEST, Math.max(1, sessions.size / limits.calmConnections));
      turnLater(Math.max(1, everyMs - (performance.now() - startedAt)));
    }, afterMs);
  };
  turnLater(limits.flushMs / TURNS);

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    port,
    status,
    async close() {
      clearTimeout(timer);
      lag.stop();
      await io.close();
    },
  };
}

function answerHttp(request: IncomingMessage, response: ServerResponse, status: () => WsStatus): void {
  const path = (request.url ?? "").split("?")[0];
  const found = path === "/ws/status" || path === "/ws/health";
  const readable = request.method === "GET" || request.method === "HEAD";
  const code = !found ? 404 : readable ? 200 : 405;
  const body = code !== 200 ? { code: found ? "INVALID_INPUT" : "NOT_FOUND" } : path === "/ws/health" ? { status: "ok" } : status();
  response.writeHead(code, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store", "x-content-type-options": "nosniff" });
  response.end(request.method === "HEAD" ? undefined : JSON.stringify(body));
}
