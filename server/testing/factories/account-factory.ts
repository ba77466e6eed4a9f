import { randomBytes, randomUUID } from "node:crypto";
import type { Prisma } from "@/prisma/generated/client";
import { argon2Hasher } from "@/server/platform/password-hash";
import type { Db } from "@/server/platform/db";
import { startSession } from "@/server/services/account/start-session";
import type { Ctx, CtxUser, GuestCtx, Origin, SessionCtx, UserId } from "@/server/services/ctx";

export const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
export const SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";

/** The password of every person that is made here, unless another is given. */
export const A_PASSWORD = "copper lantern drifts 42";

let hashed: Promise<string> | null = null;

/** Counts what is asked of it, and is quick. */
export function countingHasher() {
  const calls = { hash: 0, verify: 0 };
  return {
    calls,
    hash: async (password: string) => (calls.hash++, `plain:${password}`),
    verify: async (known: string | null, password: string) => (calls.verify++, known === `plain:${password}`),
  };
}

export const anOrigin = (given: Partial<Origin> = {}): Origin => ({ address: "203.0.113.7", userAgent: FIREFOX, place: "Seoul, KR", requestId: randomUUID(), ...given });

export const asGuest = (ctx: Ctx, origin: Partial<Origin> = {}): GuestCtx => ({ ...ctx, origin: anOrigin(origin) });

/** A confirmed person with a password. */
export async function aUser(db: Db, given: Partial<Prisma.UserUncheckedCreateInput> = {}) {
  const mark = randomBytes(6).toString("hex");
  hashed ??= argon2Hasher.hash(A_PASSWORD);
  return db.user.create({ data: { email: `person-${mark}@example.com`, handle: `person-${mark}`, name: "Kim Minji", emailVerifiedAt: new Date(), passwordHash: await hashed, ...given } });
}

/** The context of a person in a session of their own. */
export async function asPerson(ctx: Ctx, user: Awaited<ReturnType<typeof aUser>>, origin: Partial<Origin> = {}): Promise<SessionCtx & { secret: string; user: CtxUser }> {
  const guest = asGuest(ctx, origin);
  const { sessionId, secret } = await ctx.db.$transaction((tx) => startSession(tx, guest, { user, how: "password", replaces: null }));
  const { role, tier, requestsPerHour, locale, timeZone } = user;
  return { ...guest, user: { id: user.id as UserId, role, secondFactor: user.mfaEnabledAt !== null, tier, requestsPerHour, locale, timeZone }, sessionId, secret };
}

/** An admin who may act: with a second factor, whose secret no test needs. */
export const anAdmin = (db: Db, given: Partial<Prisma.UserUncheckedCreateInput> = {}) => aUser(db, { role: "ADMIN", mfaEnabledAt: new Date(), totpSecret: "sealed", ...given });

/** The secret of the link in the last mail of a kind. */
export async function linkToken(db: Db, recipient: string, kind: string): Promise<string> {
  const mail = await db.outgoingMail.findFirstOrThrow({ where: { recipient, kind }, orderBy: [{ createdAt: "desc" }, { id: "desc" }] });
  return /#token=([0-9A-Za-z]+)/.exec(mail.text)![1]!;
}
