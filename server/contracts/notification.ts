import { z } from "zod";
import { TIERS } from "@/server/domain/account/access";
import { POST_MOVES } from "@/server/domain/news/post-move";
import { MFA_CHANGES, PROVIDER_CHANGES, SOCIAL_NETWORKS, type NotificationContent } from "@/server/domain/notification/notification-content";
import { NOTIFICATION_GROUPS, NOTIFICATION_KINDS } from "@/server/domain/notification/notification-kinds";
import { oauthProvider } from "./account";
import { pageInput } from "./common";

export { NOTIFICATION_GROUPS, NOTIFICATION_KINDS };

export const notificationKind = z.enum(NOTIFICATION_KINDS);

const nothing = z.object({});

/** What a notification says: a kind with its values; the sentence stands in the messages, in the reader's language. */
export const notificationContent = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("security.new-device"), params: z.object({ device: z.string(), place: z.string(), address: z.string() }) }),
  z.object({ kind: z.literal("security.password-changed"), params: nothing }),
  z.object({ kind: z.literal("security.mfa-changed"), params: z.object({ change: z.enum(MFA_CHANGES) }) }),
  z.object({ kind: z.literal("security.provider-changed"), params: z.object({ change: z.enum(PROVIDER_CHANGES), provider: oauthProvider }) }),
  z.object({ kind: z.literal("security.session-reused"), params: nothing }),
  z.object({ kind: z.literal("export.ready"), params: z.object({ until: z.iso.datetime() }) }),
  z.object({ kind: z.literal("social.post-moved"), params: z.object({ author: z.string(), handle: z.string(), network: z.enum(SOCIAL_NETWORKS), reason: z.enum(POST_MOVES), quote: z.string(), tickers: z.string() }) }),
  z.object({ kind: z.literal("api-key.expiring"), params: z.object({ name: z.string(), prefix: z.string(), expiresAt: z.iso.datetime() }) }),
  z.object({ kind: z.literal("webhook.disabled"), params: z.object({ url: z.string() }) }),
  z.object({ kind: z.literal("plan.changed"), params: z.object({ from: z.enum(TIERS), to: z.enum(TIERS) }) }),
  z.object({ kind: z.literal("plan.payment-failed"), params: nothing }),
]) satisfies z.ZodType<NotificationContent>;

export const notification = z.object({
  id: z.uuid(),
  content: notificationContent,
  /** Path within the product. */
  link: z.string().nullable(),
  createdAt: z.iso.datetime(),
  readAt: z.iso.datetime().nullable(),
});
export type NotificationDto = z.infer<typeof notification>;

export const listNotificationsInput = pageInput.extend({ show: z.enum(["all", "unread"]).default("all") });
export type ListNotificationsInput = z.infer<typeof listNotificationsInput>;
export const notificationPage = z.object({ items: z.array(notification), nextCursor: z.string().nullable() });

/** So many are marked as read at once. */
export const MARKED_AT_MOST = 500;

/** What the bell shows, and what the socket sends at each change: how many are unread and which (the newest of them, when there are very many), and the newest, read or not. */
export const inboxState = z.object({ unread: z.number().int(), unreadIds: z.array(z.uuid()).max(MARKED_AT_MOST), latest: z.array(notification) });
export type InboxState = z.infer<typeof inboxState>;

/** By name, also for all of them: what a slow transaction puts before the newest that was shown has not been seen. */
export const markReadInput = z.strictObject({ ids: z.array(z.uuid()).min(1).max(MARKED_AT_MOST) });
export const unreadCount = z.object({ unread: z.number().int() });

export const notificationPreference = z.object({
  kind: notificationKind,
  inbox: z.boolean(),
  mail: z.boolean(),
  webhook: z.boolean(),
  /** Mails of this kind are always sent. */
  mailFixed: z.boolean(),
});
export type NotificationPreferenceDto = z.infer<typeof notificationPreference>;
export const notificationPreferences = z.object({ items: z.array(notificationPreference) });
export const updatePreferenceInput = z.strictObject({ kind: notificationKind, inbox: z.boolean().optional(), mail: z.boolean().optional(), webhook: z.boolean().optional() });
export type UpdatePreferenceInput = z.infer<typeof updatePreferenceInput>;

/** Opens the channel `notifications` of the socket for a minute; it is worth nothing after. */
export const socketTicket = z.object({ ticket: z.string() });
