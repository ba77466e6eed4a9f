import type { SessionDto } from "@/server/contracts/account";
import type { SessionCtx } from "@/server/services/ctx";
import { deviceName } from "./device-name";

const MOST = 100;

/** The open sessions of a person, the one in use first, then by last use. */
export async function listSessions(ctx: SessionCtx): Promise<{ items: SessionDto[] }> {
  const rows = await ctx.db.session.findMany({ where: { userId: ctx.user.id, revokedAt: null, expiresAt: { gt: ctx.now() }, impersonatorId: null }, orderBy: [{ lastUsedAt: "desc" }, { id: "desc" }], take: MOST });
  const items = rows.map((row) => {
    const { name, kind } = deviceName(row.userAgent);
    return {
      id: row.id, device: name, deviceKind: kind, address: row.address, place: row.place, current: row.id === ctx.sessionId,
      createdAt: row.createdAt.toISOString(), lastUsedAt: row.lastUsedAt.toISOString(), expiresAt: row.expiresAt.toISOString(),
    };
  });
  return { items: items.sort((a, b) => Number(b.current) - Number(a.current)) };
}
