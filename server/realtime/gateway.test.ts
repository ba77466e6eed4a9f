import { io, type Socket } from "socket.io-client";
import { afterEach, describe, expect, it } from "vitest";
import { frame as frameContract, subscriptionAck, wsStatus, type Frame, type SubscriptionAck, type Tick } from "@/server/contracts/realtime";
import { SOCKET_PATH } from "@/server/domain/realtime/wire-limits";
import { createLog } from "@/server/platform/log";
import { createLiveBoards, type Boards } from "./live-boards";
import { startGateway, type Gateway, type GatewayLimits } from "./gateway";

const SYMBOLS = Array.from({ length: 700 }, (_, i) => `S${i}`);
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const tickOf = (symbol: string, price: number): Tick => ({ symbol, price, previousClose: null, volume: 0, time: 0, basis: "simulated" });

type Received = { kind: "snapshot" | "delta"; frame: Frame };

async function aGateway({ limits = {}, port = 0, boards }: { limits?: Partial<GatewayLimits>; port?: number; boards?: Boards } = {}) {
  const own: Boards = boards ?? createLiveBoards();
  const feed = { id: "fake", basis: "simulated" as const, age: () => 5, knows: (symbol: string) => SYMBOLS.includes(symbol), symbolCount: () => SYMBOLS.length };
  const gateway: Gateway = await startGateway({ port, host: "127.0.0.1", boards: own, feed, database: () => "up", log: createLog("test", "silent"), allowedOrigins: [], limits: { flushMs: 25, ...limits } });
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await gateway.close();
  };
  closers.push(close);
  return { gateway, boards: own, close, price: (symbol: string, price: number) => own.prices.set(symbol, tickOf(symbol, price)) };
}

function aClient(port: number, options: Parameters<typeof io>[1] = {}) {
  const socket: Socket = io(`http://127.0.0.1:${port}`, { path: SOCKET_PATH, addTrailingSlash: false, transports: ["websocket"], forceNew: true, reconnectionDelay: 10, reconnectionDelayMax: 50, ...options });
  const received: Received[] = [];
  for (const kind of ["snapshot", "delta"] as const) socket.on(kind, (frame: unknown) => received.push({ kind, frame: frameContract.parse(frame) }));
  closers.push(() => socket.disconnect());
  const ask = async (event: string, message: unknown): Promise<SubscriptionAck> => subscriptionAck.parse(await socket.emitWithAck(event, message));
  const lastPrice = (symbol: string) => received.flatMap(({ frame }) => frame.ticks).findLast((tick) => tick.symbol === symbol)?.price;
  return { socket, received, ask, lastPrice };
}

/** Waits for a condition; the test's own time-out says when it never came. */
async function until(holds: () => boolean) {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe("gateway", () => {
  it("sends a snapshot on joining, then deltas of what changed", async () => {
    const { gateway, price } = await aGateway();
    price("S1", 10);
    price("S2", 20);
    const { ask, received, socket } = aClient(gateway.port);
    expect(await ask("subscribe", { channel: "prices", symbols: ["S1", "S2"] })).toEqual({ ok: true });
    await until(() => received.length === 1);
    expect(received[0]).toMatchObject({ kind: "snapshot", frame: { channel: "prices", seq: 1, ticks: [tickOf("S1", 10), tickOf("S2", 20)] } });
    price("S2", 21);
    price("S3", 30);
    await until(() => received.length === 2);
    expect(received[1]).toMatchObject({ kind: "delta", frame: { seq: 2, ticks: [tickOf("S2", 21)] } });
    socket.disconnect();
  });

  it("serves the strip and the macro channel whole", async () => {
    const { gateway, boards } = await aGateway();
    boards["market-updates"].set("btc", { id: "btc", value: 1, change: 0.1, time: 1, basis: "simulated" });
    boards.macro.set("FEDFUNDS", { id: "FEDFUNDS", value: 4, change: null, time: null, basis: "reported" });
    const { ask, received } = aClient(gateway.port);
    await ask("subscribe", { channel: "market-updates" });
    await ask("subscribe", { channel: "macro" });
    await until(() => received.length === 2);
    expect(received.map(({ frame }) => [frame.channel, frame.seq, frame.updates[0]?.id])).toEqual([["market-updates", 1, "btc"], ["macro", 1, "FEDFUNDS"]]);
    expect(gateway.status().channels).toMatchObject({ prices: 0, "market-updates": 1, macro: 1, notifications: 0, crypto: 0 });
    await ask("unsubscribe", { channel: "macro" });
    expect(gateway.status().channels.macro).toBe(0);
  });

  it("serves the boards whole: shares and funds as ticks, coins with their premium, and how each board stands", async () => {
    const { gateway, boards } = await aGateway();
    const coin = { id: "upbit:KRW-BTC", exchange: "upbit" as const, market: "KRW-BTC", coin: "BTC", price: 1.4e8, change24h: null, value24h: 1e11, premium: 0.02, premiumAt: 1, time: 2 };
    const pulse = { members: 2, counted: 1, advancers: 1, decliners: 0, unchanged: 0, netShare: 1, meanChange: 0.1, medianChange: 0.1, leaders: [{ symbol: "S1", change: 0.1 }], laggards: [], time: 1, bases: { recorded: 1 }, membership: "members" as const };
    boards.sp500.set("S1", tickOf("S1", 11));
    boards.etf.set("S9", tickOf("S9", 90));
    boards.crypto.set(coin.id, coin);
    boards.sp500_market.set("pulse", pulse);
    const { ask, received } = aClient(gateway.port);
    for (const channel of ["sp500", "etf", "crypto", "sp500_market", "etf_market"]) expect(await ask("subscribe", { channel })).toEqual({ ok: true });
    await until(() => received.length === 5);
    const content = Object.fromEntries(received.map(({ kind, frame: { channel, ticks, coins, pulse: told } }) => [channel, [kind, ticks.length > 0 ? ticks : (coins ?? told)]]));
    expect(content).toEqual({ sp500: ["snapshot", [tickOf("S1", 11)]], etf: ["snapshot", [tickOf("S9", 90)]], crypto: ["snapshot", [coin]], sp500_market: ["snapshot", pulse], etf_market: ["snapshot", undefined] });
    for (let price = 1; price <= 50; price++) {
      boards.sp500.set("S1", tickOf("S1", price));
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
    await until(() => received.some(({ kind, frame: { channel, ticks } }) => kind === "delta" && channel === "sp500" && ticks[0]?.price === 50));
    expect(received.filter(({ kind, frame: { channel } }) => kind === "delta" && channel === "sp500").length).toBeLessThanOrEqual(2);
    expect(boards.sp500.watched()).toEqual({ whole: 1, keys: [] });
  });

  it("sends frames more seldom when it is crowded, and still every last value", async () => {
    const [calm, crowded] = [await aGateway({ limits: { flushMs: 100 } }), await aGateway({ limits: { flushMs: 100, calmConnections: 0.25 } })];
    const clients = [calm, crowded].map(({ gateway }) => aClient(gateway.port));
    for (const { ask } of clients) await ask("subscribe", { channel: "prices", symbols: ["S1"] });
    for (let value = 1; value <= 200; value++) {
      for (const { price } of [calm, crowded]) price("S1", value);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await until(() => clients.every(({ lastPrice }) => lastPrice("S1") === 200));
    expect(clients[1]!.received.length).toBeLessThan(clients[0]!.received.length * 0.7);
  });

  it("coalesces many changes and never loses the last value, nor the order of frames", async () => {
    const { gateway, price } = await aGateway();
    const { ask, received, lastPrice } = aClient(gateway.port);
    const symbols = SYMBOLS.slice(0, 50);
    await ask("subscribe", { channel: "prices", symbols });
    for (let round = 1; round <= 200; round++) {
      for (const symbol of symbols) price(symbol, round);
      if (round % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await until(() => symbols.every((symbol) => lastPrice(symbol) === 200));
    expect(received.length).toBeLessThan(200);
    expect(received.map(({ frame }) => frame.seq)).toEqual(received.map((_, i) => i + 1));
  });

  it("starts over with a snapshot after a restart, with each frame handled once", async () => {
    const first = await aGateway();
    first.price("S1", 1);
    const { socket, received, ask } = aClient(first.gateway.port);
    let connections = 0;
    socket.on("connect", () => {
      connections++;
      void ask("subscribe", { channel: "prices", symbols: ["S1"] });
    });
    await until(() => received.length === 1);
    await first.close();
    const second = await aGateway({ port: first.gateway.port, boards: first.boards });
    await until(() => connections === 2 && received.length === 2);
    second.price("S1", 2);
    await until(() => received.length === 3);
    expect(received.map(({ kind, frame }) => [kind, frame.seq, frame.ticks[0]?.price])).toEqual([["snapshot", 1, 1], ["snapshot", 1, 1], ["delta", 2, 2]]);
  });

  it("drops a socket that does not answer its heartbeat", async () => {
    const { gateway } = await aGateway({ limits: { pingIntervalMs: 50, pingTimeoutMs: 50 } });
    const alive = aClient(gateway.port);
    const dead = aClient(gateway.port, { reconnection: false });
    await until(() => gateway.status().connections === 2);
    // From here on nothing of what it says, its answers to pings included, reaches the wire.
    dead.socket.io.engine.transport.send = () => undefined;
    await until(() => gateway.status().connections === 1);
    await until(() => !dead.socket.connected);
    expect(alive.socket.connected).toBe(true);
  });

  it.each<[event: string, message: unknown, field: string, why: string]>([
    ["subscribe", { channel: "nonsense" }, "channel", "an unknown channel"],
    ["subscribe", { channel: "prices", symbols: [7] }, "symbols.0", "a symbol that is no text"],
    ["subscribe", { channel: "prices", symbols: ["S1", "x".repeat(16)] }, "symbols.1", "a symbol too long"],
    ["subscribe", { channel: "prices", symbols: SYMBOLS.slice(0, 201) }, "symbols", "more than 200 symbols"],
    ["subscribe", { channel: "prices" }, "symbols", "prices of nothing"],
    ["subscribe", { channel: "macro", symbols: ["S1"] }, "symbols", "symbols where there are none"],
    ["subscribe", "prices", "message", "a text"],
    ["subscribe", null, "message", "nothing"],
    ["unsubscribe", { channel: 3 }, "channel", "a number for a channel"],
    ["shout", {}, "event", "an unknown event"],
  ])("refuses %s with a typed error that names the field ($3)", async (event, message, field) => {
    const { gateway } = await aGateway();
    const { ask, received, socket } = aClient(gateway.port);
    expect(await ask(event, message)).toMatchObject({ error: { code: "INVALID_INPUT", field } });
    expect(received).toEqual([]);
    expect(socket.connected).toBe(true);
  });

  it("lists unknown symbols and joins nothing of that message", async () => {
    const { gateway } = await aGateway();
    const { ask } = aClient(gateway.port);
    expect(await ask("subscribe", { channel: "prices", symbols: ["S1", "NOPE", "NADA"] })).toMatchObject({ error: { code: "NOT_FOUND", field: "symbols", unknown: ["NOPE", "NADA"] } });
    expect(gateway.status().channels.prices).toBe(0);
  });

  it("bounds the symbols of one connection", async () => {
    const { gateway } = await aGateway({ limits: { symbolsPerConnection: 250 } });
    const { ask } = aClient(gateway.port);
    expect(await ask("subscribe", { channel: "prices", symbols: SYMBOLS.slice(0, 200) })).toEqual({ ok: true });
    expect(await ask("subscribe", { channel: "prices", symbols: SYMBOLS.slice(150, 260) })).toMatchObject({ error: { field: "symbols" } });
    expect(await ask("subscribe", { channel: "prices", symbols: SYMBOLS.slice(150, 250) })).toEqual({ ok: true });
  });

  it("refuses a flood of messages and puts out who keeps on", async () => {
    const { gateway } = await aGateway({ limits: { messageBurst: 5, messagesPerSecond: 0.001, messagePatience: 5 } });
    const { ask, socket } = aClient(gateway.port, { reconnection: false });
    for (let i = 0; i < 5; i++) expect(await ask("unsubscribe", { channel: "macro" })).toEqual({ ok: true });
    for (let i = 0; i < 5; i++) expect(await ask("unsubscribe", { channel: "macro" })).toMatchObject({ error: { code: "RATE_LIMITED" } });
    const out = new Promise<string>((resolve) => socket.once("disconnect", resolve));
    socket.emit("unsubscribe", { channel: "macro" });
    expect(await out).toBe("io server disconnect");
    expect(gateway.status().connections).toBe(0);
  });

  it("closes a connection that sends more than it may in one message", async () => {
    const { gateway } = await aGateway({ limits: { payloadBytes: 2_000 } });
    const { socket } = aClient(gateway.port, { reconnection: false });
    await new Promise((resolve) => socket.once("connect", () => resolve(null)));
    const out = new Promise<string>((resolve) => socket.once("disconnect", resolve));
    socket.emit("subscribe", { channel: "prices", symbols: ["x".repeat(4_000)] });
    expect(["transport close", "transport error"]).toContain(await out);
  });

  it("lets no page of another site in, and no more connections than its limit", async () => {
    const { gateway } = await aGateway({ limits: { connections: 1 } });
    const foreign = aClient(gateway.port, { reconnection: false, extraHeaders: { origin: "https://elsewhere.example" } });
    await new Promise((resolve) => foreign.socket.once("connect_error", resolve));
    const welcome = aClient(gateway.port, { extraHeaders: { origin: "http://127.0.0.1:3000" } });
    await new Promise((resolve) => welcome.socket.once("connect", () => resolve(null)));
    const surplus = aClient(gateway.port, { reconnection: false });
    await new Promise((resolve) => surplus.socket.once("connect_error", resolve));
    expect(gateway.status().connections).toBe(1);
  });

  it("brings a client that took nothing off the wire for a while up to date without a gap, and serves the others meanwhile", async () => {
    const { gateway, price } = await aGateway({ limits: { flushMs: 5 } });
    const quick = aClient(gateway.port);
    const slow = aClient(gateway.port);
    const symbols = SYMBOLS.slice(0, 200);
    await quick.ask("subscribe", { channel: "prices", symbols });
    await slow.ask("subscribe", { channel: "prices", symbols });
    await until(() => slow.received.length > 0);
    const { ws } = slow.socket.io.engine.transport as unknown as { ws: { pause: () => void; resume: () => void } };
    ws.pause();
    const seenBefore = slow.received.length;
    for (let round = 1; round <= 50; round++) {
      for (const symbol of symbols) price(symbol, round);
      await until(() => quick.lastPrice("S0") === round);
    }
    expect(slow.received.length).toBe(seenBefore);
    ws.resume();
    await until(() => slow.lastPrice("S199") === 50);
    expect(slow.received.map(({ frame }) => frame.seq)).toEqual(slow.received.map((_, i) => i + 1));
  });

  it("serves 300 sockets at once, each with its own symbols and the last value of each", async () => {
    const { gateway, price } = await aGateway();
    const clients = Array.from({ length: 300 }, (_, i) => ({ ...aClient(gateway.port), symbols: SYMBOLS.slice(i, i + 5) }));
    const acks = await Promise.all(clients.map(({ ask, symbols }) => ask("subscribe", { channel: "prices", symbols })));
    expect(acks.every((ack) => "ok" in ack)).toBe(true);
    for (const round of [1, 2, 3]) for (const symbol of SYMBOLS) price(symbol, round);
    await until(() => clients.every(({ symbols, lastPrice }) => symbols.every((symbol) => lastPrice(symbol) === 3)));
    expect(clients.every(({ received, symbols }) => received.every(({ frame }) => frame.ticks.every((tick) => symbols.includes(tick.symbol))))).toBe(true);
    expect(gateway.status()).toMatchObject({ connections: 300, channels: { prices: 300 } });
  });

  it("answers status and health over HTTP, and nothing else", async () => {
    const { gateway } = await aGateway();
    const at = (path: string, method = "GET") => fetch(`http://127.0.0.1:${gateway.port}${path}`, { method });
    const status = await at("/ws/status");
    expect(wsStatus.parse(await status.json())).toMatchObject({ status: "ok", connections: 0, feed: { id: "fake", ageMs: 5 } });
    expect((await at("/ws/health")).status).toBe(200);
    expect((await at("/ws/status", "POST")).status).toBe(405);
    expect((await at("/")).status).toBe(404);
    const polling = await at(`${SOCKET_PATH}?EIO=4&transport=polling`);
    expect(polling.status).toBe(400);
  });
});
