import type { ProviderKeyCheckDto, ProviderKeyOutcome } from "@/server/contracts/admin";
import { AppError } from "@/server/domain/app-error";
import type { Mailer } from "@/server/platform/mailer";
import type { Payments } from "@/server/platform/payments";
import { recordAudit } from "@/server/services/account/record-audit";
import type { UserCtx } from "@/server/services/ctx";

type Asked = { mailer: Mailer | null; payments: Payments | null };

/** Asks those whose keys can be tried without a person whether they take them. A key for signing in is tried by nothing but a sign-in. */
export async function checkProviderKeys(ctx: UserCtx, { mailer, payments }: Asked): Promise<{ items: ProviderKeyCheckDto[] }> {
  const [smtp, stripe] = await Promise.all([outcomeOf(mailer && (() => mailer.verify())), outcomeOf(payments && (() => payments.verify()))]);
  const checkedAt = ctx.now().toISOString();
  const items = [{ id: "smtp", outcome: smtp, checkedAt }, { id: "stripe", outcome: stripe, checkedAt }];
  await recordAudit(ctx.db, ctx, { action: "provider-keys.checked", actorId: ctx.user.id, subjectId: null, details: { smtp, stripe } });
  return { items };
}

async function outcomeOf(ask: (() => Promise<void>) | null): Promise<ProviderKeyOutcome> {
  if (!ask) return "notSet";
  try {
    await ask();
    return "works";
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.code === "UPSTREAM_INVALID" ? "refused" : "unreachable";
  }
}
