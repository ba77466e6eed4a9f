import type { Prisma } from "@/prisma/generated/client";
import { newHandle } from "./new-handle";

type Tx = Prisma.TransactionClient;
type Person = { id: string; email: string | null };

/** One table with something personal: what an export takes out of it, and what erasure does to it. */
export type PersonalTable = {
  model: string;
  /** The columns that the schema marks `@personal`; a test compares. */
  personal: readonly string[];
  /** Name of its files in the archive. */
  file: string;
  rows(tx: Tx, person: Person): Promise<Record<string, unknown>[]>;
  erase(tx: Tx, person: Person): Promise<unknown>;
};

const newestFirst = { createdAt: "desc" } as const;

/**
 * Everything personal, in the order in which erasure goes. Secrets (hashes, sealed values, archives) are left out of the export:
 * they are of no use to the person and of much to whoever finds the file.
 */
export const PERSONAL_TABLES: readonly PersonalTable[] = [
  {
    model: "Session", personal: ["address", "userAgent", "place"], file: "sessions",
    rows: (tx, { id }) => tx.session.findMany({ where: { userId: id }, orderBy: newestFirst, omit: { userId: true, refreshHash: true, previousHash: true } }),
    erase: (tx, { id }) => tx.session.deleteMany({ where: { userId: id } }),
  },
  {
    model: "OauthAccount", personal: ["providerId"], file: "sign-in-providers",
    rows: (tx, { id }) => tx.oauthAccount.findMany({ where: { userId: id }, orderBy: newestFirst, omit: { userId: true } }),
    erase: (tx, { id }) => tx.oauthAccount.deleteMany({ where: { userId: id } }),
  },
  {
    model: "AccountToken", personal: ["email"], file: "links-sent",
    rows: (tx, { id }) => tx.accountToken.findMany({ where: { userId: id }, orderBy: newestFirst, omit: { userId: true, tokenHash: true } }),
    erase: (tx, { id }) => tx.accountToken.deleteMany({ where: { userId: id } }),
  },
  {
    model: "AuditEntry", personal: ["address", "userAgent"], file: "security-log",
    // What an admin did to others is not the admin's data, and the address of an admin is not the person's.
    rows: async (tx, { id }) => {
      const rows = await tx.auditEntry.findMany({ where: { subjectId: id }, orderBy: { at: "desc" }, omit: { subjectId: true } });
      return rows.map(({ actorId, address, userAgent, ...row }) => ({ ...row, byYou: actorId === id, address: actorId === null || actorId === id ? address : "", userAgent: actorId === null || actorId === id ? userAgent : "" }));
    },
    // The log takes this one change.
    erase: (tx, { id }) => tx.auditEntry.updateMany({ where: { OR: [{ subjectId: id }, { actorId: id }], NOT: { address: "", userAgent: "" } }, data: { address: "", userAgent: "" } }),
  },
  {
    model: "OutgoingMail", personal: ["recipient", "text", "html"], file: "mails",
    // Links in old mails may still open the account.
    rows: async (tx, { id }) => {
      const rows = await tx.outgoingMail.findMany({ where: { userId: id }, orderBy: newestFirst, omit: { userId: true, lastError: true } });
      return rows.map((row) => ({ ...row, text: withoutTokens(row.text), html: withoutTokens(row.html) }));
    },
    erase: (tx, { id, email }) => tx.outgoingMail.deleteMany({ where: { OR: [{ userId: id }, ...(email ? [{ recipient: email }] : [])] } }),
  },
  {
    model: "Seat", personal: ["email"], file: "seats",
    rows: (tx, { id, email }) => tx.seat.findMany({ where: { OR: [{ ownerId: id }, ...(email ? [{ email }] : [])] }, orderBy: newestFirst, select: { id: true, email: true, createdAt: true } }),
    erase: (tx, { id, email }) => tx.seat.deleteMany({ where: { OR: [{ ownerId: id }, ...(email ? [{ email }] : [])] } }),
  },
  {
    model: "Notification", personal: ["params"], file: "notifications",
    rows: (tx, { id }) => tx.notification.findMany({ where: { userId: id }, orderBy: newestFirst, omit: { userId: true } }),
    erase: (tx, { id }) => tx.notification.deleteMany({ where: { userId: id } }),
  },
  {
    model: "NotificationPreference", personal: ["inbox", "mail", "webhook"], file: "notification-choices",
    rows: (tx, { id }) => tx.notificationPreference.findMany({ where: { userId: id }, orderBy: { kind: "asc" }, omit: { userId: true } }),
    erase: (tx, { id }) => tx.notificationPreference.deleteMany({ where: { userId: id } }),
  },
  {
    model: "User", file: "account",
    personal: ["email", "name", "handle", "locale", "timeZone", "colourConvention", "baseCurrency", "quietFromMinute", "quietToMinute", "digest"],
    rows: (tx, { id }) => tx.user.findMany({ where: { id }, omit: { passwordHash: true, totpSecret: true, totpLastStep: true } }),
    erase: (tx, { id }) =>
      tx.user.update({
        where: { id },
        data: {
          email: null, emailVerifiedAt: null, name: null, handle: newHandle("erased"), passwordHash: null, mustChangePassword: false, passwordExpiresAt: null, totpSecret: null, mfaEnabledAt: null, totpLastStep: null,
          locale: "en", timeZone: "UTC", colourConvention: "GREEN_UP", baseCurrency: "USD", quietFromMinute: null, quietToMinute: null, digest: "NONE", digestSentAt: null,
          role: "USER", tier: "FREE", requestsPerHour: null, stripeCustomerId: null, seatsGranted: null,
        },
      }),
  },
];

/** What belongs to a person without being personal, and goes with them. */
export async function eraseBelongings(tx: Tx, userId: string): Promise<void> {
  const where = { where: { userId } };
  await tx.recoveryCode.deleteMany(where);
  await tx.dataExport.deleteMany(where);
  await tx.webhookEndpoint.deleteMany(where);
  await tx.apiKey.deleteMany(where);
  await tx.subscription.deleteMany(where);
  await tx.usageHour.deleteMany(where);
  await tx.usageDay.deleteMany(where);
  await tx.idempotencyRecord.deleteMany(where);
  await tx.socialWatch.deleteMany(where);
}

/** Belongings that an export shows besides; secrets left out. */
export const OTHER_EXPORTS: readonly Pick<PersonalTable, "file" | "rows">[] = [
  { file: "api-keys", rows: (tx, { id }) => tx.apiKey.findMany({ where: { userId: id }, orderBy: newestFirst, omit: { userId: true, keyHash: true } }) },
  { file: "webhooks", rows: (tx, { id }) => tx.webhookEndpoint.findMany({ where: { userId: id }, orderBy: newestFirst, omit: { userId: true, secret: true, previousSecret: true } }) },
  { file: "subscription", rows: (tx, { id }) => tx.subscription.findMany({ where: { userId: id }, omit: { userId: true } }) },
  { file: "usage", rows: (tx, { id }) => tx.usageHour.findMany({ where: { userId: id }, orderBy: { hour: "desc" }, omit: { userId: true } }) },
  { file: "watched-accounts", rows: (tx, { id }) => tx.socialWatch.findMany({ where: { userId: id }, orderBy: newestFirst, select: { createdAt: true, account: { select: { network: true, handle: true } } } }) },
  { file: "usage-by-day", rows: (tx, { id }) => tx.usageDay.findMany({ where: { userId: id }, orderBy: { day: "desc" }, omit: { userId: true } }) },
];

const withoutTokens = (text: string) => text.replace(/#token=[0-9A-Za-z]+/g, "#token=…");
