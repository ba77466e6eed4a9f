import type { MarketBiasDto, MarketInternals } from "@/server/contracts/market";
import { BIAS_FROM, marketBias } from "@/server/domain/market/market-bias";
import type { Ctx } from "@/server/services/ctx";
import { getMarketInternals } from "./get-market-internals";

/** What the internals of the newest session add up to, with the part of each. */
export async function getMarketBias(ctx: Ctx): Promise<MarketBiasDto> {
  const internals = await getMarketInternals(ctx);
  const above = (sessions: number) => internals.aboveAverage.find((one) => one.sessions === sessions)?.share ?? null;
  const found = marketBias({
    breadth: internals.breadth.netShare,
    upTurnover: internals.breadth.upTurnoverShare,
    aboveAverage50: above(50),
    aboveAverage200: above(200),
    newExtremes: newExtremesOf(internals.extremes),
    momentum: internals.momentum?.score ?? null,
    moneyFlow: internals.volumeFlow?.moneyFlowIndex ?? null,
    volatility: internals.volatility?.rank ?? null,
    correlation: internals.correlation?.value ?? null,
  });
  return { ...found, boundary: BIAS_FROM, weightsBasis: "assumed", provenance: internals.provenance };
}

const newExtremesOf = ({ shares, newHighs, newLows }: MarketInternals["extremes"]) => (shares === 0 ? null : (newHighs - newLows) / shares);
