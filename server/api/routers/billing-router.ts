import { addSeatInput, billing, paymentPage, seat, seatInput, startCheckoutInput, usage, usageInput } from "@/server/contracts/billing";
import { systemPayments } from "@/server/runtime";
import { addSeat } from "@/server/services/billing/add-seat";
import { getBilling } from "@/server/services/billing/get-billing";
import { getUsage } from "@/server/services/billing/get-usage";
import { openPortal } from "@/server/services/billing/open-portal";
import { removeSeat } from "@/server/services/billing/remove-seat";
import { startCheckout } from "@/server/services/billing/start-checkout";
import { router, userProcedure } from "../procedures";

// What costs money is done by the person in the browser; none of it is offered to API keys.
export const billingRouter = router({
  get: userProcedure.output(billing).query(({ ctx }) => getBilling(ctx, systemPayments())),
  getUsage: userProcedure.input(usageInput).output(usage).query(({ ctx, input }) => getUsage(ctx, input)),
  startCheckout: userProcedure.meta({ access: "user", limit: "sign-in" }).input(startCheckoutInput).output(paymentPage).mutation(({ ctx, input }) => startCheckout(ctx, input, systemPayments())),
  openPortal: userProcedure.meta({ access: "user", limit: "sign-in" }).output(paymentPage).mutation(({ ctx }) => openPortal(ctx, systemPayments())),
  /** Each sends a mail. */
  addSeat: userProcedure.meta({ access: "user", limit: "sign-in" }).input(addSeatInput).output(seat).mutation(({ ctx, input }) => addSeat(ctx, input)),
  removeSeat: userProcedure.input(seatInput).output(seat).mutation(({ ctx, input }) => removeSeat(ctx, input)),
});
