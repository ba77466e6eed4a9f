import { z } from "zod";
import { hmacSha256, sameText } from "@/server/platform/crypto";
import type { Ctx, SessionCtx } from "@/server/services/ctx";

/** A page asks for a ticket whenever its socket has connected, and shows it at once. */
export const TICKET_LASTS_MS = 60_000;

const claims = z.strictObject({ userId: z.uuid(), sessionId: z.uuid(), until: z.number() });
export type TicketClaims = z.infer<typeof claims>;

const mac = (secret: string, body: string) => hmacSha256(secret, `socket:${body}`);

/** Says to the sidecar who is at the other end of a socket. */
export function issueSocketTicket({ site, now, user, sessionId }: Pick<SessionCtx, "site" | "now" | "user" | "sessionId">): { ticket: string } {
  const body = Buffer.from(JSON.stringify({ userId: user.id, sessionId, until: now().getTime() + TICKET_LASTS_MS } satisfies TicketClaims), "utf8").toString("base64url");
  return { ticket: `${body}.${mac(site.secret, body)}` };
}

/** Who holds this ticket; null when it was not issued here, was changed, or is too old. */
export function readSocketTicket({ site, now }: Pick<Ctx, "site" | "now">, ticket: string): TicketClaims | null {
  const [body = "", sign = "", ...rest] = ticket.split(".");
  if (rest.length > 0 || !sameText(sign, mac(site.secret, body))) return null;
  const read = claims.safeParse(JSON.parse(Buffer.from(body, "base64url").toString("utf8")));
  return read.success && read.data.until >= now().getTime() ? read.data : null;
}
