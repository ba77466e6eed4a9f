import type { InboxState } from "@/server/contracts/notification";
import type { Frame, SubscriptionAck, Tick, Update } from "@/server/contracts/realtime";
import { frameStep } from "@/server/domain/realtime/frame-sequence";
import { liveStatus, type LiveStatus } from "@/server/domain/realtime/live-status";
import { MAX_SYMBOLS_PER_MESSAGE } from "@/server/domain/realtime/wire-limits";
import type { LiveSocket, OpenLiveSocket } from "./live-socket";

type UpdateChannel = "market-updates" | "macro";

/** `ageMs` says how long ago the server was last heard; null while connected, or when it never was. */
export type ConnectionState = { status: LiveStatus; ageMs: number | null };

type Watch = (notify: () => void) => () => void;

/** Live figures outside React. Reading is free; watching keeps a figure subscribed for as long as somebody watches it. */
export type LiveStore = {
  watchPrice: (symbol: string) => Watch;
  price: (symbol: string) => Tick | null;
  watchUpdates: (channel: UpdateChannel) => Watch;
  /** A new map whenever an entry changed, so that identity tells. */
  updates: (channel: UpdateChannel) => ReadonlyMap<string, Update>;
  /** Follows the inbox of the person whom the ticket names; a new one is fetched for each connection. */
  watchInbox: (getTicket: () => Promise<string>) => Watch;
  /** Null while nothing has come over the connection that stands now: then the inbox has to be asked for. */
  inbox: () => InboxState | null;
  watchState: Watch;
  state: () => ConnectionState;
};

/** Joins and leaves of one moment travel together, and what React mounts twice or moves between pages is neither left nor joined again. */
const GATHER_MS = 40;
/** A socket nobody needs is kept this long, for the next page usually needs it. */
const LINGER_MS = 30_000;
const RETRY_MS = 5_000;
const AGE_EVERY_MS = 5_000;
/** A refused ticket is a session that ended, or clocks that differ: neither is mended by asking at once. */
const NEXT_TICKET_MS = 60_000;

type UpdateTopic = { watchers: Set<() => void>; joined: boolean; seq: number | null; values: ReadonlyMap<string, Update> };

export function createLiveStore(openSocket: OpenLiveSocket, now: () => number = Date.now): LiveStore {
  const watchers = new Map<string, Set<() => void>>();
  const ticks = new Map<string, Tick>();
  /** Asked for on the connection that stands now. */
  const joined = new Set<string>();
  /** Refused on the connection that stands now. */
  const refused = new Set<string>();
  let priceSeq: number | null = null;
  const topics: Record<UpdateChannel, UpdateTopic> = {
    "market-updates": { watchers: new Set(), joined: false, seq: null, values: new Map() },
    macro: { watchers: new Set(), joined: false, seq: null, values: new Map() },
  };
  const inbox = { watchers: new Set<() => void>(), joined: false, seq: null as number | null, value: null as InboxState | null, getTicket: null as (() => Promise<string>) | null, notBefore: 0 };
  const stateWatchers = new Set<() => void>();

  let socket: LiveSocket | null = null;
  let opening = false;
  let connected = false;
  let hasData = false;
  let heardAt: number | null = null;
  let withoutSince = now();
  let state: ConnectionState = { status: "connecting", ageMs: null };
  const timers: { sync?: ReturnType<typeof setTimeout>; linger?: ReturnType<typeof setTimeout>; retry?: ReturnType<typeof setTimeout>; age?: ReturnType<typeof setInterval> } = {};

  const isNeeded = () => watchers.size > 0 || inbox.watchers.size > 0 || topicEntries().some(([, topic]) => topic.watchers.size > 0);
  const topicEntries = () => Object.entries(topics) as [UpdateChannel, UpdateTopic][];

  const refreshState = () => {
    const status = liveStatus({ connected, hasData, withoutConnectionMs: connected ? 0 : now() - withoutSince });
    const ageMs = connected || heardAt === null ? null : now() - heardAt;
    if (status === state.status && ageMs === state.ageMs) return;
    state = { status, ageMs };
    for (const notify of stateWatchers) notify();
  };

  const heard = () => {
    heardAt = now();
  };

  const forgetConnection = () => {
    joined.clear();
    refused.clear();
    priceSeq = null;
    for (const [, topic] of topicEntries()) {
      topic.joined = false;
      topic.seq = null;
    }
    forgetInbox();
  };

  const forgetInbox = () => {
    inbox.joined = false;
    inbox.seq = null;
    if (inbox.value === null) return;
    inbox.value = null;
    for (const notify of inbox.watchers) notify();
  };

  const listeners = {
    connected() {
      connected = true;
      clearInterval(timers.age);
      forgetConnection();
      heard();
      refreshState();
      sync();
    },
    lost() {
      connected = false;
      withoutSince = now();
      forgetConnection();
      clearInterval(timers.age);
      timers.age = setInterval(refreshState, AGE_EVERY_MS);
      refreshState();
    },
    heard,
    frame(kind: "snapshot" | "delta", frame: Frame) {
      heard();
      hasData = true;
      if (frame.channel === "prices") takePrices(kind, frame);
      else if (frame.channel === "notifications") takeInbox(kind, frame);
      else takeUpdates(topics[frame.channel], kind, frame);
      refreshState();
    },
  };

  const takePrices = (kind: "snapshot" | "delta", frame: Frame) => {
    const step = frameStep(priceSeq, { kind, seq: frame.seq });
    if (step === "ignore") return;
    if (step === "resync") {
      priceSeq = null;
      joined.clear();
      return gather();
    }
    priceSeq = frame.seq;
    const due = new Set<() => void>();
    for (const tick of frame.ticks) {
      const interested = watchers.get(tick.symbol);
      if (!interested) continue;
      ticks.set(tick.symbol, tick);
      for (const notify of interested) due.add(notify);
    }
    for (const notify of due) notify();
  };

  const takeUpdates = (topic: UpdateTopic, kind: "snapshot" | "delta", frame: Frame) => {
    const step = frameStep(topic.seq, { kind, seq: frame.seq });
    if (step === "ignore") return;
    if (step === "resync") {
      topic.seq = null;
      topic.joined = false;
      return gather();
    }
    topic.seq = frame.seq;
    if (frame.updates.length === 0) return;
    const values = new Map(topic.values);
    for (const update of frame.updates) values.set(update.id, update);
    topic.values = values;
    for (const notify of topic.watchers) notify();
  };

  const takeInbox = (kind: "snapshot" | "delta", frame: Frame) => {
    const step = frameStep(inbox.seq, { kind, seq: frame.seq });
    if (step === "ignore" || !inbox.joined) return;
    if (step === "resync") {
      forgetInbox();
      return gather();
    }
    inbox.seq = frame.seq;
    inbox.value = frame.inbox ?? null;
    for (const notify of inbox.watchers) notify();
  };

  const gather = () => {
    timers.sync ??= setTimeout(() => {
      timers.sync = undefined;
      sync();
    }, GATHER_MS);
  };

  const sync = () => {
    clearTimeout(timers.linger);
    if (!isNeeded()) {
      timers.linger = setTimeout(closeSocket, LINGER_MS);
    } else if (!socket) {
      open();
    }
    if (!socket || !connected) return;
    const wanted = [...watchers.keys()].filter((symbol) => !joined.has(symbol) && !refused.has(symbol));
    for (let from = 0; from < wanted.length; from += MAX_SYMBOLS_PER_MESSAGE) joinPrices(socket, wanted.slice(from, from + MAX_SYMBOLS_PER_MESSAGE));
    const unwanted = [...joined].filter((symbol) => !watchers.has(symbol));
    for (let from = 0; from < unwanted.length; from += MAX_SYMBOLS_PER_MESSAGE) leavePrices(socket, unwanted.slice(from, from + MAX_SYMBOLS_PER_MESSAGE));
    for (const [channel, topic] of topicEntries()) {
      if (topic.watchers.size > 0 && !topic.joined) joinTopic(socket, channel, topic);
      else if (topic.watchers.size === 0 && topic.joined) leaveTopic(socket, channel, topic);
    }
    if (inbox.watchers.size > 0 && !inbox.joined) joinInbox(socket);
    else if (inbox.watchers.size === 0 && inbox.joined) {
      forgetInbox();
      socket.ask("unsubscribe", { channel: "notifications" }).catch(() => undefined);
    }
  };

  const joinPrices = (to: LiveSocket, symbols: string[]) => {
    for (const symbol of symbols) joined.add(symbol);
    to.ask("subscribe", { channel: "prices", symbols }).then(
      (ack) => {
        if ("ok" in ack || socket !== to) return;
        for (const symbol of symbols) joined.delete(symbol);
        const { unknown } = ack.error;
        if (isPassing(ack)) return retryLater();
        // What no feed carries is not asked for again on this connection, nor is a message that was refused as a whole.
        for (const symbol of unknown.length > 0 ? unknown : symbols) refused.add(symbol);
        gather();
      },
      // No answer: the connection is gone or busy, and a lost one joins everything anew.
      () => {
        for (const symbol of symbols) joined.delete(symbol);
        retryLater();
      },
    );
  };

  const leavePrices = (to: LiveSocket, symbols: string[]) => {
    for (const symbol of symbols) {
      joined.delete(symbol);
      ticks.delete(symbol);
    }
    to.ask("unsubscribe", { channel: "prices", symbols }).catch(() => undefined);
  };

  const joinTopic = (to: LiveSocket, channel: UpdateChannel, topic: UpdateTopic) => {
    topic.joined = true;
    topic.seq = null;
    const again = () => {
      topic.joined = false;
      retryLater();
    };
    to.ask("subscribe", { channel }).then((ack) => {
      if ("error" in ack && socket === to) again();
    }, again);
  };

  const leaveTopic = (to: LiveSocket, channel: UpdateChannel, topic: UpdateTopic) => {
    topic.joined = false;
    topic.seq = null;
    topic.values = new Map();
    to.ask("unsubscribe", { channel }).catch(() => undefined);
  };

  const joinInbox = (to: LiveSocket) => {
    const { getTicket } = inbox;
    if (!getTicket || now() < inbox.notBefore) return retryLater();
    inbox.joined = true;
    const refusedNow = () => {
      if (socket !== to) return;
      inbox.notBefore = now() + NEXT_TICKET_MS;
      forgetInbox();
      retryLater();
    };
    getTicket()
      .then((ticket) => to.ask("subscribe", { channel: "notifications", ticket }))
      .then((ack) => "error" in ack && refusedNow(), refusedNow);
  };

  const retryLater = () => {
    timers.retry ??= setTimeout(() => {
      timers.retry = undefined;
      sync();
    }, RETRY_MS);
  };

  const open = () => {
    if (opening) return;
    opening = true;
    withoutSince = now();
    clearInterval(timers.age);
    timers.age = setInterval(refreshState, AGE_EVERY_MS);
    openSocket(listeners).then(
      (made) => {
        opening = false;
        socket = made;
        sync();
      },
      () => {
        opening = false;
        retryLater();
      },
    );
  };

  const closeSocket = () => {
    socket?.close();
    socket = null;
    connected = false;
    hasData = false;
    clearInterval(timers.age);
    forgetConnection();
    ticks.clear();
    heardAt = null;
    withoutSince = now();
    refreshState();
  };

  const watchIn = (set: () => Set<() => void>, left: () => void): Watch => (notify) => {
    // A wrapper of its own for each watcher: the same function given twice counts twice.
    const own = () => notify();
    set().add(own);
    gather();
    return () => {
      set().delete(own);
      left();
      gather();
    };
  };

  return {
    watchPrice: (symbol) =>
      watchIn(
        () => {
          const set = watchers.get(symbol) ?? new Set();
          watchers.set(symbol, set);
          return set;
        },
        () => {
          if (watchers.get(symbol)?.size === 0) watchers.delete(symbol);
        },
      ),
    price: (symbol) => ticks.get(symbol) ?? null,
    watchUpdates: (channel) => watchIn(() => topics[channel].watchers, () => undefined),
    updates: (channel) => topics[channel].values,
    watchInbox(getTicket) {
      inbox.getTicket = getTicket;
      return watchIn(() => inbox.watchers, () => undefined);
    },
    inbox: () => inbox.value,
    watchState(notify) {
      const own = () => notify();
      stateWatchers.add(own);
      return () => void stateWatchers.delete(own);
    },
    state: () => state,
  };
}

/** Refusals that time heals. */
const isPassing = (ack: SubscriptionAck) => "error" in ack && (ack.error.code === "RATE_LIMITED" || ack.error.code === "UPSTREAM_UNAVAILABLE");
