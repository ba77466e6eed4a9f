import { randomUUID } from "node:crypto";
import type { Prisma, User } from "@/prisma/generated/client";
import type { Ctx, UserCtx, UserId } from "@/server/services/ctx";

/** A person of their own for one test. */
export function createUser(ctx: Pick<Ctx, "db">, data: Partial<Prisma.UserCreateInput> = {}): Promise<User> {
  const unique = randomUUID().replaceAll("-", "").slice(0, 20);
  return ctx.db.user.create({ data: { email: `${unique}@example.test`, handle: `u${unique}`, name: "Test Person", emailVerifiedAt: new Date("2026-01-01T00:00:00Z"), ...data } });
}

export const TEST_ORIGIN = { address: "203.0.113.10", userAgent: "test", place: "", requestId: "test-request" };

/** The context of a use-case on behalf of that person. */
export function asUser(ctx: Ctx, { id, role, tier, requestsPerHour, locale, timeZone }: User): UserCtx {
  return { ...ctx, origin: TEST_ORIGIN, user: { id: id as UserId, role, tier, requestsPerHour, locale, timeZone } };
}
