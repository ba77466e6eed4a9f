import { z } from "zod";
import { TIERS } from "@/server/domain/account/access";

/** Every event that may be emitted, with the shape of its data. Data are small: ids of rows, not rows. */
export const EVENTS = {
  /** Events wait in the outbox. */
  "outbox/filled": z.object({}),
  /** A mail stands in the outbox of mails. */
  "mail/queued": z.object({ mailId: z.uuid() }),
  /** A person asked for their data; the tier says how soon it is their turn, and is missing in events of before it did. */
  "export/requested": z.object({ exportId: z.uuid(), tier: z.enum(TIERS).optional() }),
  /** A delivery to a program's address waits. */
  "webhook/queued": z.object({ deliveryId: z.uuid(), endpointId: z.uuid() }),
  /** A macro series is to be brought up to date. */
  "macro/series-requested": z.object({ code: z.string() }),
  /** The days, the minutes, or the splits and dividends of an instrument are to be brought up to date. */
  "prices/daily-requested": z.object({ symbol: z.string() }),
  "prices/minutes-requested": z.object({ symbol: z.string() }),
  "prices/actions-requested": z.object({ symbol: z.string() }),
  /** Of an admin to the local runner: end this run, or make it once more. */
  "runner/cancel-requested": z.object({ runId: z.string() }),
  "runner/rerun-requested": z.object({ runId: z.string() }),
} as const satisfies Record<string, z.ZodObject>;

export type EventName = keyof typeof EVENTS;

export type DomainEvent = { [Name in EventName]: { name: Name; data: z.infer<(typeof EVENTS)[Name]> } }[EventName];
