import { createMemoryCache } from "@/server/platform/cache";
import { createDb } from "@/server/platform/db";
import { jobEngine, readEnv } from "@/server/platform/env";
import { systemFetchDeps } from "@/server/platform/fetch-text";
import { createLog, type Log } from "@/server/platform/log";
import { createMailer, type Mailer } from "@/server/platform/mailer";
import { appendOutbox } from "@/server/platform/outbox";
import { createPayments, type Payments } from "@/server/platform/payments";
import { createRateLimiter } from "@/server/platform/rate-limiter";
import { createUsageCounter, type UsageCounter } from "@/server/platform/usage-counter";
import type { Providers } from "@/server/providers/capabilities";
import { createProviders } from "@/server/providers/registry";
import { VENDORS } from "@/server/providers/vendor-list";
import type { Ctx } from "@/server/services/ctx";

const now = () => new Date();

// Next evaluates modules once per bundle; the process keeps one pool, one cache and one log all the same.
const holder = globalThis as { nexusCtx?: Ctx; nexusMailer?: Mailer; nexusPayments?: Payments; nexusProviders?: Providers };

/** The process's own context, built on first use so that a build needs no database. */
export function systemCtx(name = "web"): Ctx {
  holder.nexusCtx ??= buildCtx(name);
  return holder.nexusCtx;
}

function buildCtx(name: string): Ctx {
  const env = readEnv();
  if (!env.DATABASE_URL) throw new Error("Environment: DATABASE_URL is not set; `npm start` sets it for the embedded database");
  const log = createLog(name, env.LOG_LEVEL);
  // The local runner reads the outbox itself; an Inngest server has to be told that there is something to send.
  const nudge = jobEngine(env) === "inngest" ? createNudge(log) : () => undefined;
  const db = createDb(env.DATABASE_URL);
  const usage = createUsageCounter({ db, now, onError: (error) => log.warn({ event: "usage not written", message: error instanceof Error ? error.message : String(error) }) });
  return {
    db,
    now,
    log,
    cache: createMemoryCache(now),
    limiter: createRateLimiter(env.DATABASE_URL, (error) => log.warn({ event: "rate limiter lost its store", message: error.message })),
    usage: writtenAtTheEnd(usage),
    site: {
      url: new URL(env.NEXTAUTH_URL).origin,
      get secret() {
        if (!env.NEXTAUTH_SECRET) throw new Error("Environment: NEXTAUTH_SECRET is not set; `npm start` makes one");
        return env.NEXTAUTH_SECRET;
      },
      previousSecret: env.NEXTAUTH_SECRET_PREVIOUS,
    },
    async emit(tx, event) {
      await appendOutbox(tx, event);
      nudge();
    },
  };
}

/** The web server, the only one that counts, ends itself at a signal and waits for work of its requests; what was counted is written at once then. Scripts never count, and keep their own way to end. */
function writtenAtTheEnd({ count, flush, written }: UsageCounter): Pick<UsageCounter, "count" | "written"> {
  let armed = false;
  return {
    written,
    count(used) {
      if (!armed) for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void flush());
      armed = true;
      count(used);
    },
  };
}

/** Whether webhooks may go to private addresses: in tests and closed networks only. */
export const allowsPrivateWebhooks = (): boolean => readEnv().WEBHOOKS_TO_PRIVATE_ADDRESSES;

/** Where the operator wants to be told that it is time for a backup; null for nowhere. */
export function backupHook(): URL | null {
  const { BACKUP_WEBHOOK_URL: hook } = readEnv();
  return hook ? new URL(hook) : null;
}

/** CIKs of the managers whose holdings are read. */
export const holdingManagers = (): readonly string[] => readEnv().HOLDING_MANAGERS;

/** Sends mails by SMTP; null when no server is set, and mails stay in the outbox that admins see. */
export function systemMailer(): Mailer | null {
  const { SMTP_URL: smtpUrl, MAIL_FROM: from } = readEnv();
  if (!smtpUrl) return null;
  holder.nexusMailer ??= createMailer({ smtpUrl, from });
  return holder.nexusMailer;
}

/** Speaks with Stripe; null unless both of its secrets are set: who pays must be believed when Stripe says so. */
export function systemPayments(): Payments | null {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret, STRIPE_PRICE_PRO, STRIPE_PRICE_PREMIUM, STRIPE_PRICE_INSTITUTIONAL, STRIPE_API_URL: apiUrl } = readEnv();
  if (!secretKey || !webhookSecret) return null;
  const prices = Object.fromEntries(Object.entries({ PRO: STRIPE_PRICE_PRO, PREMIUM: STRIPE_PRICE_PREMIUM, INSTITUTIONAL: STRIPE_PRICE_INSTITUTIONAL }).filter(([, price]) => price !== undefined));
  holder.nexusPayments ??= createPayments({ secretKey, webhookSecret, prices, apiUrl });
  return holder.nexusPayments;
}

/** Live data, by capability; every capability is off unless PROVIDERS and its keys turn it on. Budgets and breakers are the process's own. */
export function systemProviders(): Providers {
  const { limiter, log } = systemCtx();
  holder.nexusProviders ??= createProviders({ env: readEnv(), vendors: VENDORS, limiter, log, deps: systemFetchDeps });
  return holder.nexusProviders;
}

/** What use-cases that ask vendors may reach. */
export const ingestCtx = (): Ctx & { providers: Providers } => ({ ...systemCtx(), providers: systemProviders() });

/** By then the transaction that filled the outbox has ended, as a rule; what is missed is found by the function's own clock. */
const NUDGE_AFTER_MS = 1_000;

/** Starts the function that sends the outbox, once for all that was emitted within a second. */
function createNudge(log: Log): () => void {
  let timer: NodeJS.Timeout | null = null;
  return () => {
    timer ??= setTimeout(() => {
      timer = null;
      void import("@/inngest/inngest-client")
        .then(({ inngest }) => inngest.send({ name: "outbox/filled", data: {} }))
        .catch((error: unknown) => log.warn({ event: "outbox nudge failed", message: error instanceof Error ? error.message : String(error) }));
    }, NUDGE_AFTER_MS).unref();
  };
}
