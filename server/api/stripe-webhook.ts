import { AppError } from "@/server/domain/app-error";
import { isDatabaseDown } from "@/server/platform/database-down";
import type { Payments } from "@/server/platform/payments";
import { systemCtx, systemPayments } from "@/server/runtime";
import { handleStripeEvent, type EventCtx } from "@/server/services/billing/handle-stripe-event";
import { boundedBody } from "./bounded-body";

const STATUS: Record<string, number> = { INVALID_INPUT: 400, RULE_VIOLATED: 422, UPSTREAM_INVALID: 502, UPSTREAM_UNAVAILABLE: 503 };

/** Answers Stripe: 2xx for what is done or needs no doing, else it comes again. The signature on the raw body is all that opens this address; cookies are not looked at. */
export async function answerStripe(req: Request, { ctx, payments }: { ctx: EventCtx; payments: Payments | null }): Promise<Response> {
  if (!payments) return told(404, "NOT_FOUND", "No payments are set up here");
  const body = await boundedBody(req);
  if ("fault" in body) return told(body.fault.status, body.fault.code, body.fault.message);
  try {
    return Response.json(await handleStripeEvent(ctx, { rawBody: body.text, signature: req.headers.get("stripe-signature") ?? "" }, payments));
  } catch (error) {
    if (error instanceof AppError) {
      ctx.log.warn({ event: "stripe event refused", code: error.code, message: error.message });
      return told(STATUS[error.code] ?? 500, error.code, error.message);
    }
    ctx.log.error({ event: "stripe event failed", err: error });
    return isDatabaseDown(error) ? told(503, "UPSTREAM_UNAVAILABLE", "The database cannot be reached") : told(500, "INTERNAL", "Something went wrong");
  }
}

export const stripeWebhook = (req: Request): Promise<Response> => answerStripe(req, { ctx: systemCtx(), payments: systemPayments() });

const told = (status: number, code: string, message: string) => Response.json({ error: { code, message } }, { status, headers: { "cache-control": "no-store" } });
