import { createServer, type AddressInfo, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { Tick } from "@/server/contracts/realtime";
import { createLog } from "@/server/platform/log";
import { freePort } from "@/server/platform/ports";
import { createRedisLink } from "@/server/platform/redis-link";
import { hasRedisServer, startRedisServer } from "@/server/testing/redis-server";
import type { Feed } from "./feed";
import { createFeedRelay, type FeedRelay } from "./feed-relay";
import { createSharedFeed } from "./shared-feed";

const log = createLog("test", "silent");
const PACE = { beatMs: 50, leaseMs: 600, readMs: 20, sendMs: 20, snapshotMs: 400 };
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const tickOf = (symbol: string, price: number): Tick => ({ symbol, price, previousClose: null, volume: 0, time: price, basis: "simulated" });

/** A feed that the test ticks by hand. */
function aFeed() {
  const state = { running: false, mayStream: null as boolean | null, watched: [] as readonly string[], newest: new Map<string, Tick>() };
  const listeners: ((ticks: readonly Tick[]) => void)[] = [];
  const feed: Feed = {
    id: "hand", basis: "simulated", sessions: 1, load: () => undefined,
    start: () => void (state.running = true),
    stop: () => void (state.running = false),
    onTick: (listener) => void listeners.push(listener),
    snapshot: () => [...state.newest.values()],
    knows: (symbol) => symbol !== "UNKNOWN",
    symbolCount: () => 1,
    watch: (symbols) => void (state.watched = symbols),
    mayStream: (may) => void (state.mayStream = may),
    age: () => 0,
  };
  const price = (symbol: string, value: number) => {
    const tick = tickOf(symbol, value);
    state.newest.set(symbol, tick);
    for (const listener of listeners) listener([tick]);
  };
  return { feed, state, price };
}

/** A sidecar's feed, shared over the Redis at a port. */
function aSidecar(port: number, prefix = "test") {
  const local = aFeed();
  const shown = new Map<string, number>();
  const link = createRedisLink({ url: `redis://127.0.0.1:${port}`, log, callWithinMs: 100, awayAfterMs: 300 });
  let relay!: FeedRelay;
  const feed = createSharedFeed(local.feed, { now: Date.now, openRelay: (events) => (relay = createFeedRelay({ link, log, ...events, pace: PACE, prefix })) });
  feed.onTick((ticks) => {
    for (const { symbol, price } of ticks) shown.set(symbol, price);
  });
  feed.start();
  const stop = async () => {
    feed.stop();
    await relay.stop();
  };
  closers.push(stop);
  return { ...local, shared: feed, shown, role: () => relay.role(), link, stop };
}

async function until(holds: () => boolean) {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

async function aServer(answer: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    answer(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

describe("a feed whose Redis is of no use", () => {
  it.each<[string, () => Promise<number>]>([
    ["refuses", () => freePort(43_000)],
    ["hangs", () => aServer(() => undefined)],
    ["hangs up", () => aServer((socket) => socket.destroy())],
    ["talks nonsense", () => aServer((socket) => void socket.write("<html>not here</html>\r\n"))],
  ])("runs by itself at once when Redis %s", async (_, openPort) => {
    const { role, shown, price, state, shared, link } = aSidecar(await openPort());
    expect([role(), state.running, state.mayStream]).toEqual(["alone", true, true]);
    shared.watch!(["A"]);
    price("A", 1);
    expect(shown.get("A")).toBe(1);
    await until(() => state.watched.includes("A"));
    price("A", 2);
    expect([role(), shown.get("A"), link.state()]).toEqual(["alone", 2, "down"]);
    const startedAt = performance.now();
    await expect(link.call((redis) => redis.ping())).rejects.toThrow();
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

// Redis itself is not among the packages: where the machine has none, the line below says so.
describe.skipIf(!hasRedisServer())("a feed shared over Redis (needs redis-server on the PATH)", () => {
  it("is run by one sidecar and shown by all, with what is watched anywhere", async () => {
    const port = await freePort(43_000);
    const redis = await startRedisServer(port);
    closers.push(redis.stop);
    const first = aSidecar(port);
    await until(() => first.role() === "leader");
    first.price("EARLY", 7);
    const second = aSidecar(port);
    await until(() => second.role() === "follower");
    expect([first.state.running, second.state.running, first.state.mayStream, second.state.mayStream]).toEqual([true, false, true, false]);
    second.shared.watch!(["A"]);
    await until(() => first.state.watched.includes("A"));
    first.price("A", 1);
    await until(() => second.shown.get("A") === 1);
    // What was said before it came is told again.
    await until(() => second.shown.get("EARLY") === 7);
    second.price("A", 99);
    expect(second.shown.get("A")).toBe(1);
    await first.stop();
    await until(() => second.role() === "leader" && second.state.running && second.state.mayStream === true);
    second.price("A", 3);
    expect(second.shown.get("A")).toBe(3);
  });

  it("goes on alone while Redis hangs or is gone, and is shared again when it is back", async () => {
    const port = await freePort(43_000);
    const redis = await startRedisServer(port);
    closers.push(redis.stop);
    const [first, second] = [aSidecar(port), aSidecar(port)];
    const roles = () => [first.role(), second.role()].sort().join(" ");
    await until(() => roles() === "follower leader");
    redis.hang();
    await until(() => roles() === "alone alone");
    expect([first.state.running, second.state.running]).toEqual([true, true]);
    // The line to a vendor stays with whoever had it.
    expect([first.state.mayStream, second.state.mayStream].filter(Boolean)).toHaveLength(1);
    for (const [n, sidecar] of [first, second].entries()) {
      sidecar.price("A", n);
      expect(sidecar.shown.get("A")).toBe(n);
    }
    redis.goOn();
    await until(() => roles() === "follower leader");
    await redis.stop();
    await until(() => roles() === "alone alone");
    const back = await startRedisServer(port);
    closers.push(back.stop);
    await until(() => roles() === "follower leader");
    const [leader, follower] = first.role() === "leader" ? [first, second] : [second, first];
    leader.price("A", 50);
    await until(() => follower.shown.get("A") === 50);
  });
});
