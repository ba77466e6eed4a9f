import type { Socket } from "socket.io";
import { CHANNELS, subscription, type Channel, type Frame, type Subscription, type SubscriptionAck, type Tick } from "@/server/contracts/realtime";
import { FOLLOW_SHARED, type ChannelFollower, type FrameContent, type PersonChannel, type PersonDoor } from "./channel-follower";
import { createChannelReader, type ChannelReader } from "./channel-reader";
import type { Boards } from "./live-boards";
import type { MessageAllowance } from "./message-allowance";

type Listens = { subscribe: (message: unknown, acknowledge: unknown) => void; unsubscribe: (message: unknown, acknowledge: unknown) => void };
type Emits = { snapshot: (frame: Frame) => void; delta: (frame: Frame) => void };
export type ClientSocket = Socket<Listens, Emits>;

export type ClientSession = {
  /** Sends what is new in every channel; a client whose last frame is still under way is passed over and catches up later. */
  flush: () => void;
  follows: (channel: Channel) => boolean;
  /** The socket has gone; its places in its person's rooms are given up, and what it followed is watched no more. */
  end: () => void;
  counts: () => { frames: number; passedOver: number };
};

export type SessionOptions = {
  boards: Boards;
  /** Doors to rooms of people; a sidecar that cannot read their tickets has none. */
  doors?: Readonly<Record<PersonChannel, PersonDoor>>;
  catalogue: { knows: (symbol: string) => boolean; symbolCount: () => number };
  allowance: MessageAllowance;
  maxSymbols: number;
  now: () => number;
};

/** Messages answered in a row while the client takes nothing off the wire; their answers would pile up in memory. */
const MAX_DEAF_MESSAGES = 50;

const refusal = (code: string, message: string, field: string | null, unknown: string[] = []): SubscriptionAck => ({ error: { code, message, field, unknown } });

/** Everything one connected client asked for, and the answers to its messages. */
export function openClientSession(socket: ClientSocket, { boards, doors, catalogue, allowance, maxSymbols, now }: SessionOptions): ClientSession {
  let prices: ChannelReader<Tick> | null = null;
  const followed = new Map<Exclude<Channel, "prices">, ChannelFollower>();
  let frames = 0;
  let passedOver = 0;
  let deafMessages = 0;

  const canSend = () => socket.connected && socket.conn.transport.writable;

  const send = (channel: Channel, { kind, seq }: { kind: "snapshot" | "delta"; seq: number }, content: FrameContent) => {
    frames++;
    socket.emit(kind, { channel, seq, sentAt: now(), ticks: [], updates: [], ...content });
  };

  // Frames are asked for only when they can leave at once: `next` counts as read, and a queue of frames would grow behind a slow client.
  const flush = () => {
    if (!canSend()) {
      passedOver++;
      return;
    }
    deafMessages = 0;
    const priceFrame = prices?.next();
    if (priceFrame) send("prices", priceFrame, { ticks: priceFrame.values });
    for (const [channel, follower] of followed) {
      const frame = follower.next(now());
      if (frame === "over") leave(channel);
      else if (frame) send(channel, frame, frame.content);
    }
  };

  const leave = (channel: Exclude<Channel, "prices">) => {
    followed.get(channel)?.close();
    followed.delete(channel);
  };

  const leavePrices = () => {
    prices?.close();
    prices = null;
  };

  const joinRoom = (channel: PersonChannel, ticket: string | undefined): SubscriptionAck => {
    if (!doors) return refusal("UPSTREAM_UNAVAILABLE", "Nothing is told here at the moment; try again", null);
    const place = ticket === undefined ? null : doors[channel](ticket);
    if (!place) return refusal("UNAUTHENTICATED", "This ticket is wrong or too old; ask for a new one", "ticket");
    leave(channel);
    place.join();
    followed.set(channel, place);
    return { ok: true };
  };

  const subscribe = ({ channel, symbols, ticket }: Subscription): SubscriptionAck => {
    if (channel !== "prices") {
      if (symbols.length > 0) return refusal("INVALID_INPUT", "Only the prices channel takes symbols", "symbols");
      if (channel === "notifications" || channel === "influencer-alerts") return joinRoom(channel, ticket);
      const follower = followed.get(channel) ?? FOLLOW_SHARED[channel](boards);
      follower.join();
      followed.set(channel, follower);
      return { ok: true };
    }
    if (symbols.length === 0) return refusal("INVALID_INPUT", "Name the symbols to follow", "symbols");
    if (catalogue.symbolCount() === 0) return refusal("UPSTREAM_UNAVAILABLE", "No instruments are loaded yet; try again", null);
    const unknown = symbols.filter((symbol) => !catalogue.knows(symbol));
    if (unknown.length > 0) return refusal("NOT_FOUND", `Unknown symbols: ${unknown.join(", ")}`, "symbols", unknown);
    const reader = prices ?? createChannelReader(boards.prices);
    const added = new Set(symbols.filter((symbol) => !reader.follows(symbol))).size;
    if (reader.size() + added > maxSymbols) return refusal("INVALID_INPUT", `One connection follows at most ${maxSymbols} symbols`, "symbols");
    reader.join(symbols);
    prices = reader;
    return { ok: true };
  };

  const unsubscribe = ({ channel, symbols }: Subscription): SubscriptionAck => {
    if (channel !== "prices") leave(channel);
    else if (symbols.length === 0 || prices?.leave(symbols)) leavePrices();
    return { ok: true };
  };

  const answer = (message: unknown, act: (wanted: Subscription) => SubscriptionAck): SubscriptionAck => {
    const parsed = subscription.safeParse(message);
    if (parsed.success) return act(parsed.data);
    const issue = parsed.error.issues[0]!;
    return refusal("INVALID_INPUT", issue.message, issue.path.join(".") || "message");
  };

  const handle = (act: (wanted: Subscription) => SubscriptionAck) => (message: unknown, acknowledge: unknown) => {
    const ack = answer(message, act);
    if (typeof acknowledge === "function") acknowledge(ack);
    // The answer is still leaving now; right after it the wire is free for the snapshot.
    setImmediate(flush);
  };

  socket.use(([event, message, acknowledge], next) => {
    const reply = [message, acknowledge].find((argument): argument is (ack: SubscriptionAck) => void => typeof argument === "function");
    if (!socket.conn.transport.writable && ++deafMessages > MAX_DEAF_MESSAGES) {
      socket.disconnect(true);
      return;
    }
    const verdict = allowance.take(now());
    if (verdict === "exhausted") socket.disconnect(true);
    else if (verdict === "refused") reply?.(refusal("RATE_LIMITED", "Too many messages; slow down", null));
    else if (event !== "subscribe" && event !== "unsubscribe") reply?.(refusal("INVALID_INPUT", "Unknown event; known are subscribe and unsubscribe", "event"));
    else if (typeof message === "function") reply?.(refusal("INVALID_INPUT", "A message is an object", "message"));
    else next();
  });
  socket.on("subscribe", handle(subscribe));
  socket.on("unsubscribe", handle(unsubscribe));

  return {
    flush,
    follows: (channel) => (channel === "prices" ? prices !== null : followed.has(channel)),
    end() {
      leavePrices();
      for (const channel of [...followed.keys()]) leave(channel);
    },
    counts: () => ({ frames, passedOver }),
  };
}

export const channelCounts = (sessions: Iterable<ClientSession>): Record<Channel, number> => {
  const counts = Object.fromEntries(CHANNELS.map((name) => [name, 0])) as Record<Channel, number>;
  for (const session of sessions) for (const name of CHANNELS) if (session.follows(name)) counts[name]++;
  return counts;
};
