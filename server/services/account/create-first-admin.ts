import { randomSecret } from "@/server/platform/crypto";
import { argon2Hasher, type PasswordHasher } from "@/server/platform/password-hash";
import type { Ctx } from "@/server/services/ctx";
import { newHandle } from "./new-handle";
import { NO_ORIGIN, recordAudit } from "./record-audit";

/** Makes an admin when there is none, with a password for one time; null when there is one. */
export async function createFirstAdmin(ctx: Pick<Ctx, "db" | "now">, { email }: { email: string }, hasher: PasswordHasher = argon2Hasher): Promise<{ email: string; password: string } | null> {
  const password = randomSecret(14);
  const passwordHash = await hasher.hash(password);
  return ctx.db.$transaction(async (tx) => {
    // Two starts at once on one database make one admin.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(7301, 1)`;
    if (await tx.user.findFirst({ where: { role: "ADMIN", erasedAt: null }, select: { id: true } })) return null;
    const now = ctx.now();
    const made = { role: "ADMIN" as const, passwordHash, mustChangePassword: true, emailVerifiedAt: now };
    const user = await tx.user.upsert({ where: { email }, create: { email, handle: newHandle("admin"), createdAt: now, ...made }, update: made });
    await recordAudit(tx, { now: ctx.now, origin: NO_ORIGIN }, { action: "account.created", subjectId: user.id, actorId: null, details: { role: "ADMIN" } });
    return { email, password };
  });
}
