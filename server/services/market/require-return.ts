import type { RequiredReturnDto, RequireReturnInput } from "@/server/contracts/quant";
import { AppError } from "@/server/domain/app-error";
import { estimateBeta, requiredReturn } from "@/server/domain/market/capital-asset-pricing";

/** What an asset must promise, by the beta that is given or by the one that its returns show. */
export function requireReturn({ riskFreePerYear, marketReturnPerYear, beta, assetReturns, marketReturns, periodsPerYear }: RequireReturnInput): RequiredReturnDto {
  const given = beta ?? null;
  const [asset, market] = [assetReturns ?? null, marketReturns ?? null];
  if (given === null ? !asset || !market : asset || market) throw new AppError("INVALID_INPUT", "Give either beta, or assetReturns and marketReturns", { field: "beta" });
  if (asset?.length !== market?.length) throw new AppError("INVALID_INPUT", "assetReturns and marketReturns are of the same periods", { field: "marketReturns" });
  const found = asset && market ? estimateBeta(asset, market, riskFreePerYear / periodsPerYear) : null;
  const used = given ?? found?.beta;
  if (used === undefined) throw new AppError("RULE_VIOLATED", "The market's returns do not vary, so no beta can be told", { field: "marketReturns" });
  const expectedReturnPerYear = requiredReturn({ riskFreePerYear, marketReturnPerYear, beta: used });
  return {
    expectedReturnPerYear,
    riskPremiumPerYear: expectedReturnPerYear - riskFreePerYear,
    beta: used,
    estimate: found && { alphaPerPeriod: found.alphaPerPeriod, stdError: found.stdError, rSquared: found.rSquared, n: found.n },
  };
}
