import { z } from "zod";

/** Every event that may be emitted, with the shape of its data. Data are small: ids of rows, not rows. */
export const EVENTS = {
  /** Events wait in the outbox. */
  "outbox/filled": z.object({}),
} as const satisfies Record<string, z.ZodObject>;

export type EventName = keyof typeof EVENTS;

export type DomainEvent = { [Name in EventName]: { name: Name; data: z.infer<(typeof EVENTS)[Name]> } }[EventName];
