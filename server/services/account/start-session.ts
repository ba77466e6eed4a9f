import type { Prisma } from "@/prisma/generated/client";
import { randomSecret, sha256 } from "@/server/platform/crypto";
import type { GuestCtx } from "@/server/services/ctx";
import { notify } from "@/server/services/notification/notify";
import { deviceName } from "./device-name";
import type { SessionTicket } from "./find-session";
import { recordAudit } from "./record-audit";

const LASTS_MS = 30 * 86_400_000;
const DEVICES_ARE_REMEMBERED_MS = 180 * 86_400_000;

export type SessionOwner = { id: string; email: string | null; name: string | null; locale: string; timeZone: string };
type Start = { user: SessionOwner; how: "password" | "code" | "recovery-code" | "google" | "apple" | "github"; /** Of the cookie that the browser showed: it makes room. */ replaces: string | null };

/** Opens a session for a person who has just proved who they are, with a new secret each time, and tells them when the device is new. */
export async function startSession(tx: Prisma.TransactionClient, ctx: GuestCtx, { user, how, replaces }: Start): Promise<SessionTicket> {
  const now = ctx.now();
  const { address, userAgent, place } = ctx.origin;
  const secret = randomSecret();
  const device = deviceName(userAgent);
  const earlier = await tx.session.findMany({ where: { userId: user.id, createdAt: { gt: new Date(now.getTime() - DEVICES_ARE_REMEMBERED_MS) } }, distinct: ["userAgent"], select: { userAgent: true } });
  if (replaces) await tx.session.updateMany({ where: { id: replaces, revokedAt: null }, data: { revokedAt: now, revokedReason: "signed-out" } });
  const { id } = await tx.session.create({
    data: { userId: user.id, refreshHash: sha256(secret), createdAt: now, rotatedAt: now, lastUsedAt: now, expiresAt: new Date(now.getTime() + LASTS_MS), address, userAgent, place, steppedUpAt: now },
  });
  await recordAudit(tx, ctx, { action: "session.started", subjectId: user.id, actorId: user.id, details: { how, sessionId: id } });
  const isNew = earlier.length > 0 && !earlier.some((session) => deviceName(session.userAgent).name === device.name);
  if (isNew) await notify(tx, ctx, { userId: user.id, kind: "security.new-device", params: { device: device.name || "?", place, address }, onceKey: `session:${id}` });
  return { sessionId: id, secret };
}
