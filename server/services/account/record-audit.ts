import type { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/platform/db";
import type { GuestCtx, Origin } from "@/server/services/ctx";

export type AuditEvent = {
  /** noun.verb */
  action: string;
  /** Whom it concerns, who may read it. */
  subjectId: string | null;
  /** Who did it; null for the system itself and for guests. */
  actorId: string | null;
  /** What changed; never a secret. */
  details?: Prisma.InputJsonObject;
};

/** Of what no request started. */
export const NO_ORIGIN: Origin = { address: "", userAgent: "", place: "", requestId: "" };

/** Appends to the audit log, in the transaction of what it tells. The table takes no change and no deletion. */
export async function recordAudit(tx: Pick<Db, "auditEntry">, { origin, now }: Pick<GuestCtx, "origin" | "now">, { action, subjectId, actorId, details = {} }: AuditEvent): Promise<void> {
  const { address, userAgent, requestId } = origin;
  await tx.auditEntry.create({ data: { at: now(), action, subjectId, actorId, details, address, userAgent, requestId } });
}
