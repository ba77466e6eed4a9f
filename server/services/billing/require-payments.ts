import { AppError } from "@/server/domain/app-error";
import type { Payments } from "@/server/platform/payments";

/** Payments, or the sentence that says why there are none. */
export function requirePayments(payments: Payments | null): Payments {
  if (!payments) throw new AppError("RULE_VIOLATED", "Plans cannot be bought here; ask an admin for another one", { reason: "PAYMENTS_OFF" });
  return payments;
}
