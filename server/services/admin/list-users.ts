import type { Prisma } from "@/prisma/generated/client";
import type { AdminUserDto, ListUsersInput, UserDetailDto, UserInput } from "@/server/contracts/admin";
import { AppError } from "@/server/domain/app-error";
import { literalText } from "@/server/platform/literal-text";
import { deviceName } from "@/server/services/account/device-name";
import { toApiKeyDto } from "@/server/services/api-key/api-key-dto";
import type { Ctx, UserCtx } from "@/server/services/ctx";
import { decodeTimeCursor, encodeCursor } from "@/server/services/market/list-cursor";
import { named } from "./list-audit-log";

const LIST = "users";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MOST = 50;

const COLUMNS = {
  id: true, email: true, emailVerifiedAt: true, name: true, handle: true, role: true, tier: true, lockedAt: true, erasedAt: true, createdAt: true,
  sessions: { select: { lastUsedAt: true }, where: { impersonatorId: null }, orderBy: { lastUsedAt: "desc" }, take: 1 },
} satisfies Prisma.UserSelect;

type Row = Prisma.UserGetPayload<{ select: typeof COLUMNS }>;

const toDto = ({ id, email, emailVerifiedAt, name, handle, role, tier, lockedAt, erasedAt, createdAt, sessions }: Row): AdminUserDto => ({
  id, email, name, handle, role, tier,
  emailVerified: emailVerifiedAt !== null,
  lockedAt: lockedAt?.toISOString() ?? null,
  erasedAt: erasedAt?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
  lastUsedAt: sessions[0]?.lastUsedAt.toISOString() ?? null,
});

/** People, newest first, by a part of their name, handle or e-mail, or by their id. */
export async function listUsers(ctx: Pick<Ctx, "db">, { limit, cursor, search, role, tier, locked }: ListUsersInput): Promise<{ items: AdminUserDto[]; nextCursor: string | null }> {
  const after = cursor ? decodeTimeCursor(cursor, LIST) : null;
  const contains = { contains: literalText(search.replace(/^@/, "")), mode: "insensitive" as const };
  const rows = await ctx.db.user.findMany({
    where: {
      AND: [
        search === "" ? {} : UUID.test(search) ? { id: search.toLowerCase() } : { OR: [{ name: contains }, { handle: contains }, { email: contains }] },
        role ? { role } : {},
        tier ? { tier } : {},
        locked == null ? {} : { lockedAt: locked ? { not: null } : null },
        after ? { OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { gt: after.id } }] } : {},
      ],
    },
    select: COLUMNS,
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
    take: limit + 1,
  });
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items: rows.slice(0, limit).map(toDto), nextCursor: last ? encodeCursor({ list: LIST, key: last.createdAt.toISOString(), id: last.id }) : null };
}

/** One person with sessions, keys without their secrets, and the last entries of the audit log. */
export async function getUser(ctx: UserCtx, { userId }: UserInput): Promise<UserDetailDto> {
  const now = ctx.now();
  const [user, sessions, apiKeys, audit] = await Promise.all([
    ctx.db.user.findUnique({ where: { id: userId }, select: { ...COLUMNS, lockedReason: true, mfaEnabledAt: true, requestsPerHour: true, seatsGranted: true, erasureRequestedAt: true, locale: true, timeZone: true, oauthAccounts: { select: { provider: true } } } }),
    ctx.db.session.findMany({ where: { userId, revokedAt: null, expiresAt: { gt: now } }, orderBy: [{ lastUsedAt: "desc" }, { id: "desc" }], take: MOST }),
    ctx.db.apiKey.findMany({ where: { userId }, orderBy: [{ createdAt: "desc" }, { id: "asc" }], take: MOST }),
    ctx.db.auditEntry.findMany({ where: { subjectId: userId }, orderBy: [{ at: "desc" }, { id: "asc" }], take: MOST }),
  ]);
  if (!user) throw new AppError("NOT_FOUND", "No such person", { field: "userId" });
  return {
    ...toDto(user),
    lockedReason: user.lockedReason,
    mfaEnabledAt: user.mfaEnabledAt?.toISOString() ?? null,
    requestsPerHour: user.requestsPerHour,
    seatsGranted: user.seatsGranted,
    erasureRequestedAt: user.erasureRequestedAt?.toISOString() ?? null,
    locale: user.locale,
    timeZone: user.timeZone,
    providers: user.oauthAccounts.map(({ provider }) => provider),
    sessions: sessions.map(({ id, userAgent, address, place, createdAt, lastUsedAt, expiresAt, impersonatorId }) => ({
      id, device: deviceName(userAgent).name, address, place, impersonated: impersonatorId !== null,
      createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt.toISOString(), expiresAt: expiresAt.toISOString(),
    })),
    apiKeys: apiKeys.map(toApiKeyDto),
    audit: await named(ctx, audit),
    self: userId === ctx.user.id,
  };
}
