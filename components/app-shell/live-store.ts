import type { InboxState } from "@/server/contracts/notification";
import type { CoinTick, Frame, MarketPulse, SubscriptionAck, Tick, Update } from "@/server/contracts/realtime";
import type { InfluencerAlert } from "@/server/contracts/social";
import { frameStep } from "@/server/domain/realtime/frame-sequence";
import { liveStatus, type LiveStatus } from "@/server/domain/realtime/live-status";
import { MAX_SYMBOLS_PER_MESSAGE } from "@/server/domain/realtime/wire-limits";
import type { LiveSocket, OpenLiveSocket } from "./live-socket";

/** What each channel that is followed whole keeps, by symbol or id. */
export type TopicValues = { "market-updates": Update; macro: Update; crypto: CoinTick; sp500: Tick; etf: Tick; sp500_market: MarketPulse; etf_market: MarketPulse };
export type TopicChannel = keyof TopicValues;
/** What is told to one person alone: the state of an inbox, and the alerts of accounts that are watched. */
export type PersonalValues = { notifications: InboxState; "influencer-alerts": InfluencerAlert[] };
export type PersonalChannel = keyof PersonalValues;

/** `ageMs` says how long ago the server was last heard; null while connected, or when it never was. */
export type ConnectionState = { status: LiveStatus; ageMs: number | null };

type Watch = (notify: () => void) => () => void;

/** Live figures outside React. Reading is free; watching keeps a figure subscribed for as long as somebody watches it. */
export type LiveStore = {
  watchPrice: (symbol: string) => Watch;
  price: (symbol: string) => Tick | null;
  watchUpdates: (channel: TopicChannel) => Watch;
  /** A new map whenever an entry changed, so that identity tells. */
  updates: <C extends TopicChannel>(channel: C) => ReadonlyMap<string, TopicValues[C]>;
  /** Follows the inbox of the person whom the ticket names; a new one is fetched for each connection. */
  watchInbox: (getTicket: () => Promise<string>) => Watch;
  /** Null while nothing has come over the connection that stands now: then the inbox has to be asked for. */
  inbox: () => InboxState | null;
  /** The same for the alerts of watched accounts. */
  watchAlerts: (getTicket: () => Promise<string>) => Watch;
  alerts: () => InfluencerAlert[] | null;
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

type Topic<T> = { watchers: Set<() => void>; joined: boolean; seq: number | null; values: ReadonlyMap<string, T> };
type Topics = { [C in TopicChannel]: Topic<TopicValues[C]> };
type Room<T> = { channel: PersonalChannel; watchers: Set<() => void>; joined: boolean; seq: number | null; value: T | null; getTicket: (() => Promise<string>) | null; notBefore: number };

const aTopic = <T>(): Topic<T> => ({ watchers: new Set(), joined: false, seq: null, values: new Map() });
const aRoom = <T>(channel: PersonalChannel): Room<T> => ({ channel, watchers: new Set(), joined: false, seq: null, value: null, getTicket: null, notBefore: 0 });

export function createLiveStore(openSocket: OpenLiveSocket, now: () => number = Date.now): LiveStore {
  const watchers = new Map<string, Set<() => void>>();
  const ticks = new Map<string, Tick>();
  /** Asked for on the connection that stands now. */
  const joined = new Set<string>();
  /** Refused on the connection that stands now. */
  const refused = new Set<string>();
  let priceSeq: number | null = null;
  const topics: Topics = { "market-updates": aTopic(), macro: aTopic(), crypto: aTopic(), sp500: aTopic(), etf: aTopic(), sp500_market: aTopic(), etf_market: aTopic() };
  const inbox = aRoom<InboxState>("notifications");
  const alerts = aRoom<InfluencerAlert[]>("influencer-alerts");
  const rooms: readonly Room<unknown>[] = [inbox, alerts];
  const stateWatchers = new Set<() => void>();

  let socket: LiveSocket | null = null;
  let opening = false;
  let connected = false;
  let hasData = false;
  let heardAt: number | null = null;
  let withoutSince = now();
  let state: ConnectionState = { status: "connecting", ageMs: null };
  const timers: { sync?: ReturnType<typeof setTimeout>; linger?: ReturnType<typeof setTimeout>; retry?: ReturnType<typeof setTimeout>; age?: ReturnType<typeof setInterval> } = {};

  const isNeeded = () => watchers.size > 0 || rooms.some((room) => room.watchers.size > 0) || topicEntries().some(([, topic]) => topic.watchers.size > 0);
  const topicEntries = () => Object.entries(topics) as [TopicChannel, Topics[TopicChannel]][];

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
    for (const room of rooms) forgetRoom(room);
  };

  const forgetRoom = (room: Room<unknown>) => {
    room.joined = false;
    room.seq = null;
    if (room.value === null) return;
    room.value = null;
    for (const notify of room.watchers) notify();
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
      take(kind, frame);
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

  const take = (kind: "snapshot" | "delta", frame: Frame) => {
    const { channel, ticks: told, updates, coins = [], pulse, inbox: state, alerts: all } = frame;
    if (channel === "prices") return takePrices(kind, frame);
    if (channel === "notifications") return takeRoom(inbox, state ?? null, kind, frame);
    if (channel === "influencer-alerts") return takeRoom(alerts, all ?? null, kind, frame);
    if (channel === "crypto") return takeTopic(topics.crypto, coins.map((coin) => [coin.id, coin]), kind, frame);
    if (channel === "sp500" || channel === "etf") return takeTopic(topics[channel], told.map((tick) => [tick.symbol, tick]), kind, frame);
    if (channel === "sp500_market" || channel === "etf_market") return takeTopic(topics[channel], pulse ? [["pulse", pulse]] : [], kind, frame);
    takeTopic(topics[channel], updates.map((update) => [update.id, update]), kind, frame);
  };

  const takeTopic = <T>(topic: Topic<T>, news: [string, T][], kind: "snapshot" | "delta", frame: Frame) => {
    const step = frameStep(topic.seq, { kind, seq: frame.seq });
    if (step === "ignore") return;
    if (step === "resync") {
      topic.seq = null;
      topic.joined = false;
      return gather();
    }
    topic.seq = frame.seq;
    if (news.length === 0) return;
    const values = new Map(topic.values);
    for (const [id, value] of news) values.set(id, value);
    topic.values = values;
    for (const notify of topic.watchers) notify();
  };

  const takeRoom = <T>(room: Room<T>, value: T | null, kind: "snapshot" | "delta", frame: Frame) => {
    const step = frameStep(room.seq, { kind, seq: frame.seq });
    if (step === "ignore" || !room.joined) return;
    if (step === "resync") {
      forgetRoom(room);
      return gather();
    }
    room.seq = frame.seq;
    room.value = value;
    for (const notify of room.watchers) notify();
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
    for (const room of rooms) {
      if (room.watchers.size > 0 && !room.joined) joinRoom(socket, room);
      else if (room.watchers.size === 0 && room.joined) {
        forgetRoom(room);
        socket.ask("unsubscribe", { channel: room.channel }).catch(() => undefined);
      }
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

  const joinTopic = (to: LiveSocket, channel: TopicChannel, topic: Topics[TopicChannel]) => {
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

  const leaveTopic = (to: LiveSocket, channel: TopicChannel, topic: Topics[TopicChannel]) => {
    topic.joined = false;
    topic.seq = null;
    topic.values = new Map();
    to.ask("unsubscribe", { channel }).catch(() => undefined);
  };

  const joinRoom = (to: LiveSocket, room: Room<unknown>) => {
    const { getTicket } = room;
    if (!getTicket || now() < room.notBefore) return retryLater();
    room.joined = true;
    const refusedNow = () => {
      if (socket !== to) return;
      room.notBefore = now() + NEXT_TICKET_MS;
      forgetRoom(room);
      retryLater();
    };
    getTicket()
      .then((ticket) => to.ask("subscribe", { channel: room.channel, ticket }))
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

  const watchRoom = (room: Room<unknown>, getTicket: () => Promise<string>): Watch => {
    room.getTicket = getTicket;
    return watchIn(() => room.watchers, () => undefined);
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
    watchInbox: (getTicket) => watchRoom(inbox, getTicket),
    inbox: () => inbox.value,
    watchAlerts: (getTicket) => watchRoom(alerts, getTicket),
    alerts: () => alerts.value,
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
