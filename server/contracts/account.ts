import { z } from "zod";
import { ROLES, TIERS } from "@/server/domain/account/access";
import type { ProviderId } from "@/server/domain/account/provider-names";
import { pageInput, pageOf } from "./common";

export const LOCALES = ["en", "ko"] as const;
export const COLOUR_CONVENTIONS = ["GREEN_UP", "RED_UP"] as const;
export const DIGEST_RHYTHMS = ["NONE", "DAILY", "WEEKLY"] as const;
export const OAUTH_PROVIDERS = ["google", "apple", "github"] as const satisfies readonly ProviderId[];
export const oauthProvider = z.enum(OAUTH_PROVIDERS);
export type OauthProvider = z.infer<typeof oauthProvider>;

export const PASSWORD_LENGTH = { min: 12, max: 128 } as const;

/** Letters that look the same are the same (NFKC); a database keeps no NUL, and a name has no line breaks. */
const oneLine = (max: number) => z.string().max(max * 4).transform((text) => text.normalize("NFKC").replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, " ").trim().replace(/ {2,}/g, " ")).pipe(z.string().max(max));

export const email = z.string().max(400).transform((text) => text.normalize("NFKC").trim().toLowerCase()).pipe(z.email({ pattern: z.regexes.html5Email, error: "This is no e-mail address" }).max(254));
/** What is typed to sign in: any length that could be a password of old, so that its rules are no oracle. */
const typedPassword = z.string().min(1).max(1_024).transform((text) => text.normalize("NFKC"));
export const newPassword = z
  .string()
  .max(1_024)
  .transform((text) => text.normalize("NFKC"))
  .pipe(z.string().min(PASSWORD_LENGTH.min, `A password has at least ${PASSWORD_LENGTH.min} characters`).max(PASSWORD_LENGTH.max, `A password has at most ${PASSWORD_LENGTH.max} characters`));
const linkToken = z.string().regex(/^[0-9A-Za-z]{20,64}$/, "The link is incomplete");
export const code = z.string().max(60).transform((text) => text.normalize("NFKC").replace(/[\s-]/g, "")).pipe(z.string().regex(/^[0-9A-Za-z]{6,30}$/, "A code has six digits, a recovery code 24 letters and digits"));

export const personName = oneLine(80);
export const handle = z.string().trim().toLowerCase().regex(/^[a-z0-9][a-z0-9_-]{2,29}$/, "A handle has 3 to 30 letters, digits, - or _");
const timeZone = z.string().max(64).refine((zone) => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}, "This is no time zone");
const currency = z.string().regex(/^[A-Z]{3}$/, "A currency has three capital letters").refine((code) => Intl.supportedValuesOf("currency").includes(code), "This is no currency");
const minuteOfDay = z.number().int().min(0).max(1_439);

/** The same for every address, so that nobody learns who has an account. */
export const accepted = z.object({ accepted: z.literal(true) });
export type Accepted = z.infer<typeof accepted>;

export const registerInput = z.strictObject({ email, password: newPassword, name: personName.optional(), locale: z.enum(LOCALES).default("en"), timeZone: timeZone.default("UTC") });
export type RegisterInput = z.infer<typeof registerInput>;

export const signInInput = z.strictObject({ email, password: typedPassword, code: code.optional(), newPassword: newPassword.optional() });
export type SignInInput = z.infer<typeof signInInput>;

/** How a program signs in for a person. */
export const logInInput = z.strictObject({ email, password: typedPassword, mfaCode: code.optional() });
export const refreshInput = z.strictObject({ refreshToken: z.string().min(1).max(1_000) });
export const loginTokens = z.object({
  /** Sent as `Authorization: Bearer` with each call. */
  accessToken: z.string(),
  /** Good once, for 30 days after signing in at most. */
  refreshToken: z.string(),
  tokenType: z.literal("Bearer"),
  /** Of the access token. */
  expiresAt: z.iso.datetime(),
});

/** What a sign-in still needs, after the password was right. */
export const SIGN_IN_NEEDS = ["code", "new-password"] as const;

export const emailInput = z.strictObject({ email });
export const tokenInput = z.strictObject({ token: linkToken });
export const resetPasswordInput = z.strictObject({ token: linkToken, password: newPassword });
export type ResetPasswordInput = z.infer<typeof resetPasswordInput>;
export const changePasswordInput = z.strictObject({ currentPassword: typedPassword.optional(), password: newPassword });
export type ChangePasswordInput = z.infer<typeof changePasswordInput>;
/** A code where a second factor is set up, else the password. */
export const stepUpInput = z.strictObject({ code: code.optional(), password: typedPassword.optional() });
export type StepUpInput = z.infer<typeof stepUpInput>;
export const steppedUp = z.object({ until: z.string() });

/** The signed-in person as the frame of the app shows them; null for guests. */
export const me = z
  .object({
    id: z.string(),
    email: z.string().nullable(),
    name: z.string().nullable(),
    handle: z.string(),
    role: z.enum(ROLES),
    /** Set up; an admin without one is led to it before anything else. */
    secondFactor: z.boolean(),
    tier: z.enum(TIERS),
    locale: z.enum(LOCALES),
    /** An admin looks with this person's eyes. */
    impersonated: z.boolean(),
  })
  .nullable();
export type Me = z.infer<typeof me>;

export const profile = z.object({
  id: z.string(),
  email: z.string().nullable(),
  emailVerified: z.boolean(),
  name: z.string().nullable(),
  handle: z.string(),
  role: z.enum(ROLES),
  tier: z.enum(TIERS),
  locale: z.enum(LOCALES),
  timeZone: z.string(),
  colourConvention: z.enum(COLOUR_CONVENTIONS),
  baseCurrency: z.string(),
  /** Minutes after midnight in the person's time zone; both or neither. */
  quietFromMinute: z.number().int().nullable(),
  quietToMinute: z.number().int().nullable(),
  digest: z.enum(DIGEST_RHYTHMS),
  createdAt: z.string(),
});
export type Profile = z.infer<typeof profile>;

export const updateProfileInput = z
  .strictObject({
    name: personName.nullable(),
    handle,
    locale: z.enum(LOCALES),
    timeZone,
    colourConvention: z.enum(COLOUR_CONVENTIONS),
    baseCurrency: currency,
    quietFromMinute: minuteOfDay.nullable(),
    quietToMinute: minuteOfDay.nullable(),
    digest: z.enum(DIGEST_RHYTHMS),
  })
  .partial()
  .refine(({ quietFromMinute, quietToMinute }) => (quietFromMinute == null) === (quietToMinute == null), { message: "Quiet hours have a beginning and an end", path: ["quietToMinute"] });
export type UpdateProfileInput = z.infer<typeof updateProfileInput>;

export const security = z.object({
  hasPassword: z.boolean(),
  mfaEnabledAt: z.string().nullable(),
  /** Unused ones. */
  recoveryCodesLeft: z.number().int(),
  providers: z.array(z.object({ provider: oauthProvider, linkedAt: z.string() })),
  /** Sensitive actions need no further proof until then; null when they do now. */
  steppedUpUntil: z.string().nullable(),
});
export type Security = z.infer<typeof security>;

export const signInWays = z.object({ providers: z.array(oauthProvider) });

export const mfaEnrolment = z.object({
  /** For typing it in; the picture holds the same. */
  secret: z.string(),
  /** The QR code as an SVG picture in a data: address. */
  picture: z.string(),
});
export type MfaEnrolment = z.infer<typeof mfaEnrolment>;
export const codeInput = z.strictObject({ code });
/** Shown once. */
export const recoveryCodes = z.object({ codes: z.array(z.string()) });
export type RecoveryCodes = z.infer<typeof recoveryCodes>;

export const session = z.object({
  id: z.string(),
  device: z.string(),
  deviceKind: z.enum(["desktop", "mobile", "tablet", "unknown"]),
  address: z.string(),
  place: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.string(),
  expiresAt: z.string(),
  current: z.boolean(),
});
export type SessionDto = z.infer<typeof session>;
export const sessions = z.object({ items: z.array(session) });
export const sessionInput = z.strictObject({ sessionId: z.uuid() });
export const revoked = z.object({ revoked: z.number().int() });
export const providerInput = z.strictObject({ provider: oauthProvider });

export const auditEntry = z.object({
  id: z.string(),
  at: z.string(),
  action: z.string(),
  /** Whether the person did it, or somebody else (an admin, the system). */
  byYou: z.boolean(),
  device: z.string(),
  address: z.string(),
  details: z.record(z.string(), z.unknown()),
});
export type AuditEntryDto = z.infer<typeof auditEntry>;
export const listAuditInput = pageInput;
export const auditPage = pageOf(auditEntry);

export const EXPORT_STATES = ["WAITING", "READY", "FAILED", "EXPIRED"] as const;
export const dataExport = z.object({ id: z.string(), status: z.enum(EXPORT_STATES), requestedAt: z.string(), readyAt: z.string().nullable(), expiresAt: z.string().nullable() });
export type DataExportDto = z.infer<typeof dataExport>;
export const dataExports = z.object({ items: z.array(dataExport) });

export const exportInput = z.strictObject({ exportId: z.uuid() });

export const erasure = z.object({ requestedAt: z.string().nullable(), eraseAt: z.string().nullable() });
export type ErasureDto = z.infer<typeof erasure>;

/** One's own; `me` stands for one's id. */
export const userStatsInput = z.object({ userId: z.union([z.literal("me"), z.uuid()]) });
export const userStats = z.object({
  userId: z.string(),
  memberSince: z.iso.datetime(),
  openSessions: z.number().int(),
  /** In force. */
  apiKeys: z.number().int(),
  /** Switched on. */
  webhooks: z.number().int(),
  unreadNotifications: z.number().int(),
  /** Requests by programs over the last 30 days, the ones refused for a limit apart; counted up to some seconds ago. */
  requests: z.object({ admitted: z.number().int(), refused: z.number().int() }),
});
export type UserStats = z.infer<typeof userStats>;
