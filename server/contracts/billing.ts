import { z } from "zod";
import { TIERS } from "@/server/domain/account/access";
import { LIMIT_GROUPS } from "@/server/domain/account/rate-limits";
import { PAID_TIERS } from "@/server/domain/account/subscription-state";
import { email } from "./account";

const idempotencyKey = z.string().regex(/^[\w-]{8,64}$/, "An idempotency key has 8 to 64 letters, digits, - or _");
export const SEATS_AT_MOST = 10_000;

export const startCheckoutInput = z.strictObject({ tier: z.enum(PAID_TIERS), idempotencyKey });
export type StartCheckoutInput = z.infer<typeof startCheckoutInput>;

/** Where to go on: a page of Stripe. */
export const paymentPage = z.object({ url: z.url({ protocol: /^https?$/ }), page: z.enum(["checkout", "portal"]) });
export type PaymentPage = z.infer<typeof paymentPage>;

export const billing = z.object({
  /** The plan that counts: the person's own, or that of the institution whose seat they have. */
  tier: z.enum(TIERS),
  ownTier: z.enum(TIERS),
  requestsPerHour: z.number().int().nullable(),
  /** Plans that can be bought here; none where no payments are set up, and admins set the plans. */
  sells: z.array(z.enum(PAID_TIERS)),
  subscription: z.object({ tier: z.enum(TIERS), status: z.string(), live: z.boolean(), currentPeriodEnd: z.string().nullable(), cancelsAtPeriodEnd: z.boolean() }).nullable(),
  /** Whether Stripe's page with cards, invoices and the end of the subscription can be opened. */
  portal: z.boolean(),
  /** Seats of an institution; null for everybody else. */
  seats: z.object({ bound: z.number().int(), items: z.array(z.object({ id: z.uuid(), email: z.string(), createdAt: z.string() })) }).nullable(),
});
export type BillingDto = z.infer<typeof billing>;

export const addSeatInput = z.strictObject({ email });
export const seatInput = z.strictObject({ seatId: z.uuid() });
export const seat = z.object({ id: z.uuid(), email: z.string(), createdAt: z.string() });
export type SeatDto = z.infer<typeof seat>;

export const setTierInput = z.strictObject({
  userId: z.uuid(),
  tier: z.enum(TIERS),
  /** Agreed instead of the tier's own; null takes the tier's. */
  requestsPerHour: z.number().int().min(1).max(100_000_000).nullable().default(null),
  /** Agreed instead of those that the plan includes; null takes the plan's. */
  seats: z.number().int().min(0).max(SEATS_AT_MOST).nullable().default(null),
  /** Why; the audit log keeps it. */
  reason: z.string().trim().min(3, "Say why in a few words").max(500),
});
export type SetTierInput = z.infer<typeof setTierInput>;
export const setTierOutput = z.object({ userId: z.uuid(), tier: z.enum(TIERS), requestsPerHour: z.number().int().nullable(), seats: z.number().int().nullable() });
export type SetTierDto = z.infer<typeof setTierOutput>;

export const USAGE_WINDOWS = ["day", "week", "month"] as const;
export type UsageWindow = (typeof USAGE_WINDOWS)[number];
export const USAGE_SURFACES = ["api", "app"] as const;
export type UsageSurface = (typeof USAGE_SURFACES)[number];

export const usageInput = z.strictObject({ window: z.enum(USAGE_WINDOWS).default("day"), surface: z.enum(USAGE_SURFACES).default("api") });
export type UsageInput = z.infer<typeof usageInput>;

export const usage = z.object({
  step: z.enum(["hour", "day"]),
  /** Beginnings of all hours or days of the window, oldest first, in the person's time zone. */
  starts: z.array(z.string()),
  /** One for each group that was asked: requests of each hour or day, of which `refused` got a 429. */
  groups: z.array(z.object({ group: z.enum(LIMIT_GROUPS), requests: z.array(z.number().int()), refused: z.array(z.number().int()) })),
  /** Requests an hour to the public API; null where the plan has no limit. */
  limitPerHour: z.number().int().nullable(),
  tier: z.enum(TIERS),
  nextTier: z.enum(TIERS).nullable(),
});
export type UsageDto = z.infer<typeof usage>;
