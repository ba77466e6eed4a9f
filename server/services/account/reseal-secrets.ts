import type { Ctx } from "@/server/services/ctx";
import { resealWebhookSecret } from "@/server/services/webhook/webhook-secret";
import { resealTotpSecret } from "./second-factor";

type ResealCtx = Pick<Ctx, "db" | "site">;
export type Resealed = { resealed: number; /** Opened by neither secret. */ lost: number };

const AT_ONCE = 500;

/** Seals with the secret in force all that is stored sealed, so that the one before is needed no more. A second time changes nothing that matters. */
export async function resealSecrets(ctx: ResealCtx): Promise<{ secondFactors: Resealed; webhooks: Resealed }> {
  return { secondFactors: await resealSecondFactors(ctx), webhooks: await resealWebhooks(ctx) };
}

async function resealSecondFactors(ctx: ResealCtx): Promise<Resealed> {
  const total = { resealed: 0, lost: 0 };
  for (let after = ""; ; ) {
    const rows = await ctx.db.user.findMany({ where: { totpSecret: { not: null }, ...(after && { id: { gt: after } }) }, orderBy: { id: "asc" }, take: AT_ONCE, select: { id: true, totpSecret: true } });
    for (const { id, totpSecret } of rows) {
      const sealed = totpSecret && resealTotpSecret(ctx, totpSecret);
      if (!sealed) total.lost += 1;
      // Not over one that was set up anew meanwhile.
      else total.resealed += (await ctx.db.user.updateMany({ where: { id, totpSecret }, data: { totpSecret: sealed } })).count;
    }
    if (rows.length < AT_ONCE) return total;
    after = rows.at(-1)!.id;
  }
}

async function resealWebhooks(ctx: ResealCtx): Promise<Resealed> {
  const total = { resealed: 0, lost: 0 };
  for (let after = ""; ; ) {
    const rows = await ctx.db.webhookEndpoint.findMany({ where: after ? { id: { gt: after } } : {}, orderBy: { id: "asc" }, take: AT_ONCE, select: { id: true, secret: true, previousSecret: true } });
    for (const { id, secret, previousSecret } of rows) {
      const sealed = resealWebhookSecret(ctx, secret);
      if (sealed === null) total.lost += 1;
      else {
        const before = previousSecret && resealWebhookSecret(ctx, previousSecret);
        total.resealed += (await ctx.db.webhookEndpoint.updateMany({ where: { id, secret }, data: { secret: sealed, previousSecret: before } })).count;
      }
    }
    if (rows.length < AT_ONCE) return total;
    after = rows.at(-1)!.id;
  }
}
