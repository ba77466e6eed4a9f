import { performance } from "node:perf_hooks";
import { io, type Socket } from "socket.io-client";
import type { Frame, SubscriptionAck } from "@/server/contracts/realtime";
import { SOCKET_PATH } from "@/server/domain/realtime/wire-limits";

/** From the bench: open these sockets, start counting, stop counting. */
export type WorkerOrder = { kind: "open"; url: string; sockets: number; symbols: string[]; symbolsPerSocket: number; offset: number; pricesAreNumbered: boolean } | { kind: "count" } | { kind: "report" };

export type WorkerReport = {
  /** Frames that arrived while counting, and how many the sequence numbers say were sent. */
  received: number;
  sent: number;
  values: number;
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
let missed = 0;
let pricesAreNumbered = false;
let lost = 0;
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

async function openAll(order: Extract<WorkerOrder, { kind: "open" }>): Promise<void> {
  const { symbols, symbolsPerSocket, offset } = order;
  pricesAreNumbered = order.pricesAreNumbered;
  for (let from = 0; from < order.sockets; from += OPENED_AT_ONCE) {
    const batch = Array.from({ length: Math.min(OPENED_AT_ONCE, order.sockets - from) }, (_, i) => from + i);
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
    answer({ ready: true });
  } else {
    counting = false;
    const sent = clients.reduce((sum, { firstSeq, lastSeq }) => sum + (firstSeq === null ? 0 : lastSeq - firstSeq + 1), 0);
    const received = clients.reduce((sum, client) => sum + client.received, 0);
    answer({ received, sent, values, missed: pricesAreNumbered ? missed : null, latencies: [...latencies], lost });
    for (const { socket } of clients) socket.disconnect();
    process.disconnect();
  }
});
