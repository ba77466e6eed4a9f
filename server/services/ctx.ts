import type { Role, Tier } from "@/server/domain/account/access";
import type { DomainEvent } from "@/server/contracts/events";
import type { Cache } from "@/server/platform/cache";
import type { Db } from "@/server/platform/db";
import type { Log } from "@/server/platform/log";
import type { RateLimiter } from "@/server/platform/rate-limiter";
import type { OutboxTx } from "@/server/platform/outbox";
import type { UsageCounter } from "@/server/platform/usage-counter";

/** Where the app is, and what it seals and signs with. Of `previousSecret` only what was sealed before the secret was changed is opened. */
export type Site = { url: string; secret: string; previousSecret?: string };

/** All that a use-case may reach. Tests build their own. */
export type Ctx = {
  db: Db;
  now: () => Date;
  log: Log;
  cache: Cache;
  limiter: RateLimiter;
  usage: Pick<UsageCounter, "count" | "written">;
  /** Address under which people reach the app, without a slash at its end, and the secret that seals and signs. */
  site: Site;
  /** Tells of a change: give the transaction that makes it, and the event is sent when, and only when, that commits. */
  emit: (tx: OutboxTx, event: DomainEvent) => Promise<void>;
};

/** Of use-cases that bring figures: they run in scripts too, where nobody calls and nothing is emitted. */
export type FiguresCtx = Pick<Ctx, "db" | "now" | "log" | "cache">;

/** Minted in api/find-caller.ts and api/rest-ctx.ts, nowhere else, so that an id out of an input can never stand for the caller. */
export type UserId = string & { readonly UserId: unique symbol };

/** Where a request comes from, for limits and the audit log. */
export type Origin = { address: string; userAgent: string; place: string; requestId: string; /** The note by which a browser shows whose it is; only signing in looks at it. */ knownBrowser?: string };

/** The signed-in person as the database has them now; the cookie is not believed in this. */
export type CtxUser = { id: UserId; role: Role; /** Whether a second factor is set up, without which no admin acts. */ secondFactor: boolean; tier: Tier; requestsPerHour: number | null; locale: string; timeZone: string };

export type Caller =
  | { kind: "guest" }
  | { kind: "session"; user: CtxUser; sessionId: string; steppedUpAt: Date | null; impersonatorId: string | null }
  | { kind: "key"; user: CtxUser; keyId: string; scopes: readonly string[] }
  /** A program in which the person has signed in; such a session is never an admin's with another person's eyes. */
  | { kind: "login"; user: CtxUser; sessionId: string; steppedUpAt: Date | null; impersonatorId: null; scopes: readonly string[] };

export type CallerCtx = Ctx & { caller: Caller; origin: Origin };

/** Of use-cases that anybody may start. */
export type GuestCtx = Ctx & { origin: Origin };

/** Of use-cases that act for one person: ownership stands in their WHERE clauses. */
export type UserCtx = GuestCtx & { user: CtxUser };

/** Of use-cases that only a person in a browser may start, never an API key. */
export type SessionCtx = UserCtx & { sessionId: string };
