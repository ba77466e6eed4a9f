import { z } from "zod";
import { MAX_SYMBOLS_PER_MESSAGE } from "@/server/domain/realtime/wire-limits";
import { krwExchange } from "./coin";
import { BASES } from "./common";
import { inboxState } from "./notification";
import { influencerAlert } from "./social";

export const CHANNELS = ["prices", "market-updates", "macro", "notifications", "crypto", "sp500", "sp500_market", "etf", "etf_market", "influencer-alerts"] as const;
export const channel = z.enum(CHANNELS);
export type Channel = z.infer<typeof channel>;

/**
 * Client to sidecar: event "subscribe" | "unsubscribe" with this; `symbols` for prices only, and for `notifications` and `influencer-alerts` the
 * `ticket` that `notification.getSocketTicket` gave within the last minute. Subscribing adds to what was asked before,
 * and asking again for a symbol brings its snapshot again; unsubscribing without symbols leaves the channel.
 */
export const subscription = z.object({
  channel,
  symbols: z.array(z.string().min(1).max(15)).max(MAX_SYMBOLS_PER_MESSAGE).default([]),
  ticket: z.string().max(1_000).optional(),
});
export type Subscription = z.infer<typeof subscription>;

/** The answer to each of them. `unknown` lists the symbols that no feed carries; nothing of that message was joined then. */
export const subscriptionAck = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({
    error: z.object({ code: z.string(), message: z.string(), field: z.string().nullable(), unknown: z.array(z.string()).default([]) }),
  }),
]);
export type SubscriptionAck = z.infer<typeof subscriptionAck>;

export const tick = z.object({
  symbol: z.string(),
  price: z.number(),
  previousClose: z.number().nullable(),
  /** Sum since the session's start; null where it is not known. */
  volume: z.number().nullable(),
  /** Epoch milliseconds of the instant the price speaks of: now while its market is open, else the last close. */
  time: z.number(),
  /** `recorded` for a stored close that stands while its market is closed, and for what a vendor's stream tells, which `provider` names then; whatever else moves is simulated or replay. */
  basis: z.enum(BASES),
  /** Vendor whose stream told the price; absent for stored and made ones. */
  provider: z.string().optional(),
});
export type Tick = z.infer<typeof tick>;

/** One cell of the strip (id of its item) or one macro series (id is its code). */
export const update = z.object({
  id: z.string(),
  value: z.number(),
  change: z.number().nullable(),
  time: z.number().nullable(),
  basis: z.enum(BASES),
});
export type Update = z.infer<typeof update>;

/** The newest price of a won market and its newest premium. */
export const coinTick = z.object({
  /** Exchange and its market, as upbit:KRW-BTC. */
  id: z.string(),
  exchange: krwExchange,
  market: z.string(),
  coin: z.string(),
  /** In won. */
  price: z.number(),
  /** Fraction; null where the exchange counts from its day's begin. */
  change24h: z.number().nullable(),
  /** In won. */
  value24h: z.number().nullable(),
  /** Fraction against the banks' rate, of `premiumAt`; null where there is none or its match is suspicious. */
  premium: z.number().nullable(),
  premiumAt: z.number().nullable(),
  /** Epoch milliseconds at which the price was paid. */
  time: z.number(),
});
export type CoinTick = z.infer<typeof coinTick>;

const mover = z.object({ symbol: z.string(), change: z.number() });

/** How a whole board stands; changes are fractions of the previous close. */
export const marketPulse = z.object({
  members: z.number().int(),
  /** Members with a price and a previous close: those that are counted. */
  counted: z.number().int(),
  advancers: z.number().int(),
  decliners: z.number().int(),
  unchanged: z.number().int(),
  /** Advancers less decliners over all counted. */
  netShare: z.number().nullable(),
  /** Each member counts the same. */
  meanChange: z.number().nullable(),
  medianChange: z.number().nullable(),
  leaders: z.array(mover),
  laggards: z.array(mover),
  /** Epoch milliseconds of the newest price counted. */
  time: z.number().nullable(),
  /** How many of the counted prices are of each basis. */
  bases: z.partialRecord(z.enum(BASES), z.number().int()),
  /** Without a list of members every stored share is counted. */
  membership: z.enum(["members", "noList", "funds"]),
});
export type MarketPulse = z.infer<typeof marketPulse>;

/**
 * Sidecar to client: event "snapshot" once after each subscribing, then "delta" with what changed, at most one each 250 ms, or up to 750 ms where thousands are connected; of the boards
 * `crypto`, `sp500` and `etf` one each second, of their markets one each few seconds. Prices and boards hold newest values by symbol or id, so both are merged. `seq` grows by one per frame of a channel on one connection; a gap asks for a new snapshot.
 */
export const frame = z.object({
  channel,
  seq: z.number().int(),
  sentAt: z.number(),
  ticks: z.array(tick).default([]),
  updates: z.array(update).default([]),
  /** Of `notifications` alone: the whole state of the person's inbox, each time. */
  inbox: inboxState.optional(),
  /** Of `crypto` alone. */
  coins: z.array(coinTick).optional(),
  /** Of `sp500_market` and `etf_market`: the whole, each time. */
  pulse: marketPulse.optional(),
  /** Of `influencer-alerts`: all of the last day from accounts that the person watches, newest first, each time. */
  alerts: z.array(influencerAlert).optional(),
});
export type Frame = z.infer<typeof frame>;

export const streamStatus = z.object({
  vendor: z.string(),
  phase: z.enum(["connecting", "open", "waiting", "closed"]),
  /** Symbols asked for. */
  symbols: z.number().int(),
  /** Since the last price; null when none has come. */
  ageMs: z.number().nullable(),
  /** Lines lost and messages that could not be read, since the start. */
  faults: z.number().int(),
  lastFault: z.string().nullable(),
  /** Whether what is shown instead is made or replayed, because the vendor is away. */
  fellBack: z.boolean(),
});
export type StreamStatus = z.infer<typeof streamStatus>;

export const wsStatus = z.object({
  /** Degraded: the database is away, or nothing could be loaded from it yet; what was loaded before goes on. */
  status: z.enum(["ok", "degraded"]),
  database: z.enum(["up", "down"]),
  connections: z.number().int(),
  channels: z.record(z.string(), z.number().int()),
  uptimeSeconds: z.number(),
  /** Event-loop delay p99 in milliseconds over the last minute. */
  lagMs: z.number(),
  /** Processor time since the start, and resident memory: their growth is the price of a socket. */
  cpuSeconds: z.number(),
  memoryBytes: z.number().int(),
  feed: z.object({ id: z.string(), basis: z.enum(BASES), symbols: z.number().int(), ageMs: z.number().nullable() }),
  /** Lines to vendors; none where none is configured. */
  streams: z.array(streamStatus).default([]),
  /** With whom the feed is shared: off without REDIS_URL; while Redis is down each sidecar is alone with its own. */
  sharing: z.object({ redis: z.enum(["off", "up", "down"]), role: z.enum(["alone", "leader", "follower"]) }).default({ redis: "off", role: "alone" }),
});
export type WsStatus = z.infer<typeof wsStatus>;
