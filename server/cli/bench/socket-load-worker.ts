import { performance } from "node:perf_hooks";
import { io, type Socket } from "socket.io-client";
import { WebSocket } from "ws";
import type { Frame, SubscriptionAck } from "@/server/contracts/realtime";
import { SOCKET_PATH } from "@/server/domain/realtime/wire-limits";

/** From the bench: open these sockets, start counting, stop counting. */
export type WorkerOrder = { kind: "open"; url: string; sockets: number; symbols: string[]; symbolsPerSocket: number; offset: number; pricesAreNumbered: boolean; /** Length of the texts to be echoed by a bare server, instead of following anything. */ echoBytes: number | null } | { kind: "count" } | { kind: "report" };

export type WorkerReport = {
  /** Frames that arrived while counting, and how many the sequence numbers say were sent. */
  received: number;
  sent: number;
  values: number;
  /** Length of what was received, as JSON. */
  bytes: number;
  /** Ticks passed over between two that arrived; null when prices are not numbered. */
  missed: number | null;
  /** Latency in milliseconds, rounded up, and how many frames took it. */
  latencies: [number, number][];
  /** Connections that broke. */
  lost: number;
};

const OPENED_AT_ONCE = 50;

type Client = { socket: Socket; firstSeq: number | null; lastSeq: number; received: number; last: Map<string, number> };

const clients: Client[] = [];
let counting = false;
let values = 0;
let bytes = 0;
let echoed = 0;
const echoSockets: WebSocket[] = [];
let missed = 0;
let pricesAreNumbered = false;
let lost = 0;
let sampled = 0;
let samples = 0;
let countingSince = 0;
const timers: NodeJS.Timeout[] = [];
const echoCounts: (() => number)[] = [];
const latencies = new Map<number, number>();

const answer = (message: { ready: true } | WorkerReport) => process.send?.(message);

async function openClient(url: string, symbols: string[]): Promise<void> {
  const socket = io(url, { path: SOCKET_PATH, addTrailingSlash: false, transports: ["websocket"], forceNew: true, reconnection: false, timeout: 30_000 });
  const client: Client = { socket, firstSeq: null, lastSeq: 0, received: 0, last: new Map() };
  clients.push(client);
  const take = (frame: Frame) => {
    if (!counting) return;
    const latency = Math.max(0, Math.ceil(performance.timeOrigin + performance.now() - frame.sentAt));
    latencies.set(latency, (latencies.get(latency) ?? 0) + 1);
    client.firstSeq ??= frame.seq;
    client.lastSeq = frame.seq;
    client.received++;
    values += frame.ticks.length;
    // Frames of one socket are alike, so a part of them is enough to tell their length.
    if (client.received % 16 === 1) sampled += JSON.stringify(frame).length;
    if (client.received % 16 === 1) samples++;
    if (!pricesAreNumbered) return;
    for (const { symbol, price } of frame.ticks) {
      missed += price - (client.last.get(symbol) ?? price - 1) - 1;
      client.last.set(symbol, price);
    }
  };
  socket.on("snapshot", take);
  socket.on("delta", take);
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
  });
  socket.once("disconnect", () => lost++);
  const ack = (await socket.timeout(30_000).emitWithAck("subscribe", { channel: "prices", symbols })) as SubscriptionAck;
  if ("error" in ack) throw new Error(`Refused: ${ack.error.message}`);
}

const ECHO_EVERY_MS = 250;
const nowMs = () => performance.timeOrigin + performance.now();

/** Sends a text of that length four times a second, as often as a frame comes, and takes the time until it is back. */
async function openEcho(url: string, length: number, n: number): Promise<void> {
  const socket = new WebSocket(url.replace("http", "ws"), { perMessageDeflate: false });
  echoSockets.push(socket);
  await new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  socket.once("close", () => lost++);
  let counted = 0;
  socket.on("message", (data: Buffer) => {
    const sentAt = Number(data.toString("utf8", 0, 16));
    if (!counting || sentAt < countingSince) return;
    values++;
    bytes += data.length;
    const latency = Math.max(0, Math.ceil(nowMs() - sentAt));
    latencies.set(latency, (latencies.get(latency) ?? 0) + 1);
    counted++;
  });
  const send = () => {
    if (counting) echoed++;
    socket.send(nowMs().toFixed(2).padEnd(Math.max(16, length), " "));
  };
  // Spread over the quarter of a second, as the gateway spreads its frames over turns.
  setTimeout(() => timers.push(setInterval(send, ECHO_EVERY_MS)), (n * 37) % ECHO_EVERY_MS);
  echoCounts.push(() => counted);
}

async function openAll(order: Extract<WorkerOrder, { kind: "open" }>): Promise<void> {
  const { symbols, symbolsPerSocket, offset } = order;
  pricesAreNumbered = order.pricesAreNumbered;
  for (let from = 0; from < order.sockets; from += OPENED_AT_ONCE) {
    const batch = Array.from({ length: Math.min(OPENED_AT_ONCE, order.sockets - from) }, (_, i) => from + i);
    const { echoBytes } = order;
    if (echoBytes !== null) await Promise.all(batch.map((n) => openEcho(order.url, echoBytes, n)));
    if (echoBytes !== null) continue;
    // Neighbouring sockets follow different symbols, as people do.
    await Promise.all(batch.map((n) => openClient(order.url, Array.from({ length: symbolsPerSocket }, (_, k) => symbols[((offset + n) * 7 + k) % symbols.length]!))));
  }
}

process.on("message", (order: WorkerOrder) => {
  if (order.kind === "open") {
    openAll(order).then(
      () => answer({ ready: true }),
      (error: unknown) => {
        console.error(error instanceof Error ? error.message : error);
        process.exit(1);
      },
    );
  } else if (order.kind === "count") {
    counting = true;
    countingSince = nowMs();
    answer({ ready: true });
  } else {
    for (const timer of timers) clearInterval(timer);
    // What was sent last is still on its way back.
    if (timers.length > 0) setTimeout(report, ECHO_EVERY_MS);
    else report();
  }
});

function report(): void {
  counting = false;
  const sent = echoed + clients.reduce((sum, { firstSeq, lastSeq }) => sum + (firstSeq === null ? 0 : lastSeq - firstSeq + 1), 0);
  const frames = clients.reduce((sum, client) => sum + client.received, 0);
  const received = frames + echoCounts.reduce((sum, count) => sum + count(), 0);
  answer({ received, sent, values, bytes: bytes + (samples === 0 ? 0 : (sampled / samples) * frames), missed: pricesAreNumbered ? missed : null, latencies: [...latencies], lost });
  for (const { socket } of clients) socket.disconnect();
  for (const socket of echoSockets) socket.terminate();
  process.disconnect();
}
