import { describe, expect, it } from "vitest";
import type { Frame, SubscriptionAck, Tick } from "@/server/contracts/realtime";
import { openClientSession, type ClientSocket } from "./client-session";
import { createLiveBoards } from "./live-boards";
import { createMessageAllowance } from "./message-allowance";

type Middleware = (event: unknown[], next: () => void) => void;

/** A socket whose wire can be stopped by hand. */
function aSession() {
  const boards = createLiveBoards();
  const sent: { kind: string; frame: Frame }[] = [];
  const handlers = new Map<string, (message: unknown, acknowledge: unknown) => void>();
  const middlewares: Middleware[] = [];
  const wire = { writable: true };
  const socket = {
    connected: true,
    conn: { transport: wire },
    emit: (kind: string, frame: Frame) => void sent.push({ kind, frame }),
    on: (event: string, handler: (message: unknown, acknowledge: unknown) => void) => void handlers.set(event, handler),
    use: (middleware: Middleware) => void middlewares.push(middleware),
    disconnect: () => void (socket.connected = false),
  };
  const session = openClientSession(socket as unknown as ClientSocket, {
    boards,
    catalogue: { knows: () => true, symbolCount: () => 1 },
    allowance: createMessageAllowance({ burst: 1_000, perSecond: 1_000, patience: 10 }),
    maxSymbols: 10,
    now: () => 1,
  });
  const receive = (event: string, message: unknown) => {
    let ack: SubscriptionAck | null = null;
    const acknowledge = (answer: SubscriptionAck) => void (ack = answer);
    middlewares[0]!([event, message, acknowledge], () => handlers.get(event)!(message, acknowledge));
    return ack as SubscriptionAck | null;
  };
  const price = (symbol: string, value: number) => boards.prices.set(symbol, { symbol, price: value, previousClose: null, volume: 0, time: 0, basis: "simulated" } satisfies Tick);
  return { session, wire, sent, receive, price, socket };
}

describe("client session", () => {
  it("queues nothing for a client that cannot keep up, and catches it up with one frame of newest values", () => {
    const { session, wire, sent, receive, price } = aSession();
    receive("subscribe", { channel: "prices", symbols: ["A", "B"] });
    session.flush();
    sent.length = 0;
    wire.writable = false;
    for (let n = 1; n <= 1_000; n++) {
      price("A", n);
      session.flush();
    }
    expect(sent).toEqual([]);
    wire.writable = true;
    session.flush();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ kind: "delta", frame: { seq: 2, ticks: [{ symbol: "A", price: 1_000 }] } });
    expect(session.counts()).toEqual({ frames: 2, passedOver: 1_000 });
  });

  it("keeps the snapshot owed to a client whose wire was busy when it joined", () => {
    const { session, wire, sent, receive, price } = aSession();
    price("A", 5);
    wire.writable = false;
    expect(receive("subscribe", { channel: "prices", symbols: ["A"] })).toEqual({ ok: true });
    expect(sent).toEqual([]);
    wire.writable = true;
    session.flush();
    expect(sent).toMatchObject([{ kind: "snapshot", frame: { seq: 1, ticks: [{ price: 5 }] } }]);
  });

  it("puts out a client that keeps asking while it takes no answers", () => {
    const { wire, receive, socket } = aSession();
    wire.writable = false;
    for (let i = 0; i < 60; i++) receive("subscribe", { channel: "macro" });
    expect(socket.connected).toBe(false);
  });

  it("answers messages without a payload, and tolerates those without an acknowledgement", () => {
    const { receive, session } = aSession();
    expect(receive("subscribe", () => undefined)).toBeNull();
    expect(receive("subscribe", undefined)).toMatchObject({ error: { field: "message" } });
    expect(session.follows("prices")).toBe(false);
  });
});
