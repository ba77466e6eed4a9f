import { z } from "zod";
import { BASES } from "./common";

export const CHANNELS = ["prices", "market-updates", "macro"] as const;
export const channel = z.enum(CHANNELS);
export type Channel = z.infer<typeof channel>;

/** Client to sidecar: event "subscribe" | "unsubscribe" with this; `symbols` for prices only (at most 200). Acknowledged with { ok } or { error: { code, message, field } }. */
export const subscription = z.object({ channel, symbols: z.array(z.string().min(1).max(15)).max(200).default([]) });

export const tick = z.object({
  symbol: z.string(),
  price: z.number(),
  previousClose: z.number().nullable(),
  /** Sum since the session's start. */
  volume: z.number(),
  /** Epoch milliseconds. */
  time: z.number(),
  basis: z.enum(BASES),
});
export type Tick = z.infer<typeof tick>;

/** Sidecar to client, event "snapshot" once after joining, then "delta" with what changed, at most one each 250 ms. `seq` grows by one per frame and channel; a gap asks for a new snapshot. */
export const frame = z.object({
  channel,
  seq: z.number().int(),
  sentAt: z.number(),
  ticks: z.array(tick).default([]),
  updates: z.array(z.object({ id: z.string(), value: z.number(), change: z.number().nullable(), time: z.number(), basis: z.enum(BASES) })).default([]),
});
export type Frame = z.infer<typeof frame>;

export const wsStatus = z.object({
  status: z.enum(["ok", "degraded"]),
  connections: z.number().int(),
  channels: z.record(z.string(), z.number().int()),
  uptimeSeconds: z.number(),
  /** Event-loop delay p99 in milliseconds over the last minute. */
  lagMs: z.number(),
  feed: z.object({ id: z.string(), basis: z.enum(BASES), ageMs: z.number().nullable() }),
});
export type WsStatus = z.infer<typeof wsStatus>;
