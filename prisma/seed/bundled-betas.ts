import { RETURN_SERIES, MARKET_SYMBOL } from "@/server/domain/graph/return-model";
import { tStrength } from "@/server/domain/graph/estimate-response";
import { round8 } from "@/server/domain/graph/impact-connections";
import type { ConnectionToStore } from "@/server/services/graph/store-connections";
import type { ReturnBetaFigure } from "./figure-files";

export const BUNDLED_ESTIMATE = "bundled-estimate";

/** Estimates that came with the program, as edges. They rest on recorded prices that are not bundled, and name their window; on simulated prices nothing is estimated. */
export function bundledBetas(figures: readonly ReturnBetaFigure[], companies: ReadonlySet<string>): ConnectionToStore[] {
  return figures.flatMap(({ symbol, n, rSquared, errorLags, from, to, responses }) =>
    responses.map(([driver, elasticity, stdError]): ConnectionToStore => ({
      kind: "IMPACT",
      from: `driver:${driver}`,
      to: companies.has(symbol) ? `company:${symbol}` : `asset:${symbol}`,
      response: "return",
      ...tStrength(elasticity / stdError, round8),
      elasticity,
      stdError,
      n,
      rSquared,
      lagQuarters: 0,
      basis: "ESTIMATED",
      evidence: {
        method: { code: "bundledReturnRegression", errorLags },
        from,
        to,
        data: [symbol, MARKET_SYMBOL, ...RETURN_SERIES.map(({ series }) => series)].join(", "),
      },
      verified: false,
      author: BUNDLED_ESTIMATE,
    })),
  );
}
