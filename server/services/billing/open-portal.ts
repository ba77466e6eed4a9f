import type { PaymentPage } from "@/server/contracts/billing";
import { AppError } from "@/server/domain/app-error";
import type { Payments } from "@/server/platform/payments";
import type { UserCtx } from "@/server/services/ctx";
import { requirePayments } from "./require-payments";

/** Leads to Stripe's page with the person's card, invoices and subscription. */
export async function openPortal(ctx: UserCtx, given: Payments | null): Promise<PaymentPage> {
  const payments = requirePayments(given);
  const { stripeCustomerId: customerId } = await ctx.db.user.findUniqueOrThrow({ where: { id: ctx.user.id }, select: { stripeCustomerId: true } });
  if (!customerId) throw new AppError("RULE_VIOLATED", "Nothing was bought with this account yet", { reason: "NOTHING_BOUGHT" });
  return { page: "portal", url: await payments.createPortal({ customerId, returnUrl: `${ctx.site.url}/settings/billing`, locale: ctx.user.locale }) };
}
