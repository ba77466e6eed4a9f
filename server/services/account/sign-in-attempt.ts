import { FAILURES_ARE_KEPT_MS, FREE_FAILURES, FREE_FAILURES_FROM_ANYWHERE, signInDelayMs } from "@/server/domain/account/sign-in-delay";
import { clientNetwork } from "@/server/platform/client-network";
import { sha256 } from "@/server/platform/crypto";
import type { Db } from "@/server/platform/db";
import type { Ctx, GuestCtx } from "@/server/services/ctx";
import { knownBrowser } from "./known-browser";

type FailureTx = Pick<Db, "signInFailure">;

/** What is guessed at, and the places whose failures count against this try. */
export type Aim = { subject: string; sources: readonly { source: string; free: number }[] };

export type Attempt = {
  /** Takes the attempt back: it was no guess. */
  refund(): Promise<void>;
  /** It was the person: what went wrong here before counts no more. */
  succeed(tx: FailureTx): Promise<void>;
};

const passwordSubject = (email: string) => sha256(`sign-in:${email}`);
const codeSubject = (userId: string) => `code:${userId}`;
const proofSubject = (userId: string) => `proof:${userId}`;

/**
 * A password typed at the door, for an address with an account or without: both cost the same. Each network has a count of its own, so that a
 * stranger's failures keep nobody waiting elsewhere; all networks together are slowed down later; and a browser that the person has
 * signed in with before is counted by itself alone.
 */
export function passwordAim(ctx: Pick<GuestCtx, "origin" | "now" | "site">, { email, userId }: { email: string; userId: string | null }): Aim {
  const known = knownBrowser(ctx, userId);
  const sources = known
    ? [{ source: `known:${known}`, free: FREE_FAILURES }]
    : [{ source: "all", free: FREE_FAILURES_FROM_ANYWHERE }, { source: `network:${clientNetwork(ctx.origin.address)}`, free: FREE_FAILURES }];
  return { subject: passwordSubject(email), sources };
}

/** A second factor at the door, which only who has the password, or the provider, gets to: all networks share one count, or each would be given guesses anew. */
export function codeAim(ctx: Pick<GuestCtx, "origin" | "now" | "site">, userId: string): Aim {
  const known = knownBrowser(ctx, userId);
  return { subject: codeSubject(userId), sources: [{ source: known ? `known:${known}` : "all", free: FREE_FAILURES }] };
}

/** A proof in a session that is open: nobody outside can keep the person from it, nor it the person from signing in. */
export const proofAim = (userId: string): Aim => ({ subject: proofSubject(userId), sources: [{ source: "all", free: FREE_FAILURES }] });

type Row = { source: string; failures: number; retryAfter: Date | null; lastFailedAt: Date };

/**
 * Counts an attempt before its secret is looked at, so that a hundred guesses at once are as few as five one by one.
 * Null while one of its sources waits after failures.
 */
export async function chargeAttempt(ctx: Pick<Ctx, "db" | "now">, { subject, sources }: Aim): Promise<Attempt | null> {
  const now = ctx.now();
  // In one order, or two attempts could wait for each other's row.
  const ordered = [...sources].sort((a, b) => (a.source < b.source ? -1 : 1));
  const names = ordered.map(({ source }) => source);
  const charged = await ctx.db.$transaction(async (tx) => {
    await tx.signInFailure.createMany({ data: names.map((source) => ({ subject, source, failures: 0, lastFailedAt: now })), skipDuplicates: true });
    const rows = await tx.$queryRaw<Row[]>`
      SELECT source, failures, retry_after AS "retryAfter", last_failed_at AS "lastFailedAt" FROM sign_in_failure WHERE subject = ${subject} AND source = ANY (${names}) ORDER BY source COLLATE "C" FOR UPDATE`;
    if (rows.some(({ retryAfter }) => retryAfter !== null && retryAfter > now)) return null;
    const counts: { source: string; failures: number }[] = [];
    for (const { source, free } of ordered) {
      const row = rows.find((one) => one.source === source);
      const before = row && now.getTime() - row.lastFailedAt.getTime() < FAILURES_ARE_KEPT_MS ? row.failures : 0;
      const failures = before + 1;
      const delayMs = signInDelayMs(failures, free);
      await tx.signInFailure.update({ where: { subject_source: { subject, source } }, data: { failures, lastFailedAt: now, retryAfter: delayMs > 0 ? new Date(now.getTime() + delayMs) : null } });
      counts.push({ source, failures });
    }
    return counts;
    // Many guesses at once queue here; none of them is to end as a fault of ours.
  }, { maxWait: 15_000, timeout: 15_000 });
  return charged && {
    async refund() {
      for (const { source, failures } of charged) {
        // The wait goes only where nobody has failed since.
        const { count } = await ctx.db.signInFailure.updateMany({ where: { subject, source, failures }, data: { failures: failures - 1, retryAfter: null } });
        if (count === 0) await ctx.db.signInFailure.updateMany({ where: { subject, source, failures: { gt: 0 } }, data: { failures: { decrement: 1 } } });
      }
    },
    succeed: async (tx) => void (await tx.signInFailure.deleteMany({ where: { subject, source: { in: names } } })),
  };
}

/** Lets a person who has set a new password by other means in at once; guesses at a second factor go on counting. */
export const forgetPasswordFailures = async (tx: FailureTx, email: string): Promise<void> => void (await tx.signInFailure.deleteMany({ where: { subject: passwordSubject(email) } }));

/** Deletes all that was counted for a person. */
export async function eraseFailures(tx: FailureTx, { id, email }: { id: string; email: string | null }): Promise<void> {
  await tx.signInFailure.deleteMany({ where: { subject: { in: [codeSubject(id), proofSubject(id), ...(email ? [passwordSubject(email)] : [])] } } });
}

/** Deletes what has been quiet for a day. */
export async function expireFailures(ctx: Pick<Ctx, "db" | "now">): Promise<{ expired: number }> {
  const { count } = await ctx.db.signInFailure.deleteMany({ where: { lastFailedAt: { lt: new Date(ctx.now().getTime() - FAILURES_ARE_KEPT_MS) } } });
  return { expired: count };
}
