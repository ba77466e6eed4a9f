import { optionPair, priceOptionInput, requiredReturnDto, requireReturnInput } from "@/server/contracts/quant";
import { blackScholes } from "@/server/domain/market/black-scholes";
import { requireReturn } from "@/server/services/market/require-return";
import { publicProcedure, router } from "../procedures";

export const quantRouter = router({
  priceOption: publicProcedure
    .meta({ rest: { method: "POST", path: "/quant/black-scholes", summary: "Price a European call and put, with their sensitivities", scope: "read", example: { spot: 42, strike: 40, yearsToExpiry: 0.5, volatilityPerYear: 0.2, ratePerYear: 0.1 } } })
    .input(priceOptionInput).output(optionPair).query(({ input }) => blackScholes(input)),
  requireReturn: publicProcedure
    .meta({ rest: { method: "POST", path: "/quant/capm", summary: "Get the return that an asset must promise for its beta, given or estimated", scope: "read", example: { riskFreePerYear: 0.04, marketReturnPerYear: 0.09, beta: 1.2 } } })
    .input(requireReturnInput).output(requiredReturnDto).query(({ input }) => requireReturn(input)),
});
