import type { CoinInput, CoinInvestmentDto, GuidanceDto, PremiumHistoryDto } from "@/server/contracts/coin";
import type { Provenance } from "@/server/contracts/common";
import { ASSUMED_LIMITS, exitSize, fundingPerYear, lossLimitShare, volatilityBudgetShare } from "@/server/domain/market/coin-guidance";
import { annualVolatility } from "@/server/domain/risk/annual-volatility";
import { maxDrawdown } from "@/server/domain/risk/max-drawdown";
import { engineProvenance } from "@/server/domain/shared/provenance";
import type { Ctx } from "@/server/services/ctx";
import { findBankRate, toFxRate } from "./bank-rate";
import { loadCoinFeeds } from "./coin-feeds";
import { coinInstruments, loadCoin } from "./coin-parts";
import { sourceOf } from "./coin-rows";
import { getPremiumHistory } from "./get-premium-history";

const YEAR_DAYS = 365;
const WINDOWS = [30, 90, 365] as const;

/** Premium, futures, risk and the rules that follow of them, each with its inputs. */
export async function getCoinInvestment(ctx: Ctx, { symbol }: CoinInput): Promise<CoinInvestmentDto> {
  const coin = await loadCoin(ctx, symbol);
  const [history, rate, derivatives, risk, feeds] = await Promise.all([getPremiumHistory(ctx, { symbol }), findBankRate(ctx), loadDerivatives(ctx, symbol), loadRisk(ctx, symbol), loadCoinFeeds(ctx)]);
  const liquidity = liquidityOf(coin.markets);
  return { symbol, nameEn: coin.nameEn, nameKo: coin.nameKo, markets: coin.markets, history, bankRate: rate && toFxRate(rate), derivatives, risk, liquidity, guidance: guidanceOf({ risk, liquidity, history, derivatives }), feeds };
}

/** The newest snapshot of each future. */
async function loadDerivatives(ctx: Ctx, symbol: string): Promise<CoinInvestmentDto["derivatives"]> {
  const rows = await ctx.db.derivativeSnapshot.findMany({ where: { coin: symbol }, distinct: ["exchange", "market"], orderBy: [{ exchange: "asc" }, { market: "asc" }, { at: "desc" }] });
  return rows.map((row) => ({
    exchange: row.exchange, market: row.market, at: row.at.toISOString(), markPrice: row.markPrice, indexPrice: row.indexPrice, basis: row.markPrice !== null && row.indexPrice ? row.markPrice / row.indexPrice - 1 : null, fundingRate: row.fundingRate,
    fundingHours: row.fundingHours, fundingPerYear: row.fundingRate !== null && row.fundingHours ? fundingPerYear(row.fundingRate, row.fundingHours) : null, nextFundingAt: row.nextFundingAt?.toISOString() ?? null, openInterest: row.openInterest,
    openInterestValue: row.openInterestValue, longShortRatio: row.longShortRatio, provenance: sourceOf("recorded", row.provider, row.at.toISOString()),
  }));
}

/** Of the stored daily closes against the dollar or a dollar coin, recorded ones before simulated ones. */
async function loadRisk(ctx: Ctx, symbol: string): Promise<CoinInvestmentDto["risk"]> {
  const candidates = await ctx.db.instrument.findMany({ where: { kind: "CRYPTO", symbol: { in: coinInstruments(symbol) } }, select: { id: true, symbol: true, priceOrigin: true }, orderBy: [{ priceOrigin: "desc" }, { symbol: "asc" }] });
  for (const instrument of candidates) {
    const newestFirst = await ctx.db.priceBar.findMany({ where: { instrumentId: instrument.id, interval: "D1" }, orderBy: { time: "desc" }, take: YEAR_DAYS + 1, select: { time: true, close: true, provider: true, origin: true } });
    const bars = newestFirst.reverse();
    const last = bars.at(-1);
    if (!last || bars.length < 3) continue;
    const closes = bars.map(({ close }) => close);
    const dayOf = (at: number) => bars[at]!.time.toISOString().slice(0, 10);
    const deepest = maxDrawdown(closes);
    return {
      symbol: instrument.symbol, from: dayOf(0), to: dayOf(bars.length - 1), days: bars.length - 1, volatility: WINDOWS.map((days) => ({ days, perYear: bars.length > days ? annualVolatility(closes.slice(-days - 1), YEAR_DAYS) : null })),
      maxDrawdown: deepest && { value: deepest.value, from: dayOf(deepest.top), to: dayOf(deepest.bottom) }, drawdown: last.close / Math.max(...closes) - 1,
      provenance: { ...sourceOf(last.origin === "RECORDED" ? "computed" : "simulated", last.provider, dayOf(bars.length - 1), instrument.symbol), n: bars.length },
    };
  }
  return null;
}

function liquidityOf(markets: CoinInvestmentDto["markets"]): CoinInvestmentDto["liquidity"] {
  const known = markets.flatMap(({ value24h, at, exchange }) => (value24h === null || at === null ? [] : [{ value24h, at, exchange }]));
  const oldest = known.map(({ at }) => at).sort()[0];
  return oldest === undefined ? null : { value24h: known.reduce((sum, { value24h }) => sum + value24h, 0), provenance: sourceOf("computed", known.map(({ exchange }) => exchange).join(" + "), oldest) };
}

const assumed = (): Provenance => engineProvenance("assumed");
type Known = Pick<CoinInvestmentDto, "risk" | "liquidity" | "history" | "derivatives">;

/** Rules with the figures that they take; a rule without its figures has no answer. They are no advice: the limits in them are assumed. */
function guidanceOf({ risk, liquidity, history, derivatives }: Known): GuidanceDto[] {
  const ofRisk = risk?.provenance ?? engineProvenance("computed");
  const volatility = risk?.volatility.findLast(({ perYear }) => perYear !== null)?.perYear ?? null;
  const fall = risk?.maxDrawdown?.value ?? null;
  const funded = derivatives.filter(({ fundingPerYear: perYear }) => perYear !== null).sort((a, b) => (b.openInterestValue ?? 0) - (a.openInterestValue ?? 0))[0];
  const ofFunding = funded?.provenance ?? engineProvenance("computed");
  const ofLiquidity = liquidity?.provenance ?? engineProvenance("computed");
  return [
    {
      rule: "volatility-budget", unit: "fraction", place: null, value: volatility === null ? null : volatilityBudgetShare(volatility, ASSUMED_LIMITS.volatilityBudget),
      inputs: [{ name: "volatilityPerYear", value: volatility, unit: "fraction", provenance: ofRisk }, { name: "volatilityBudget", value: ASSUMED_LIMITS.volatilityBudget, unit: "fraction", provenance: assumed() }],
    },
    {
      rule: "loss-limit", unit: "fraction", place: null, value: fall === null ? null : lossLimitShare(fall, ASSUMED_LIMITS.lossLimit),
      inputs: [{ name: "maxDrawdown", value: fall, unit: "fraction", provenance: ofRisk }, { name: "lossLimit", value: ASSUMED_LIMITS.lossLimit, unit: "fraction", provenance: assumed() }],
    },
    {
      rule: "exit-size", unit: "krw", place: null, value: liquidity && exitSize(liquidity.value24h, ASSUMED_LIMITS.shareOfValue),
      inputs: [{ name: "value24h", value: liquidity?.value24h ?? null, unit: "krw", provenance: ofLiquidity }, { name: "shareOfValue", value: ASSUMED_LIMITS.shareOfValue, unit: "fraction", provenance: assumed() }],
    },
    premiumPlace(history),
    {
      rule: "funding-cost", unit: "fraction-per-year", place: null, value: funded?.fundingPerYear ?? null,
      inputs: [{ name: "fundingRate", value: funded?.fundingRate ?? null, unit: "fraction", provenance: ofFunding }, { name: "fundingHours", value: funded?.fundingHours ?? null, unit: "hours", provenance: ofFunding }],
    },
  ];
}

/** Where the newest premium stands in its own history. */
function premiumPlace({ band, points, provenance }: PremiumHistoryDto): GuidanceDto {
  const value = points.findLast(({ bank }) => bank !== null)?.bank ?? null;
  const place = band === null || value === null ? null : value < band.lower ? "below" : value > band.upper ? "above" : "inside";
  const of = provenance ?? engineProvenance("computed");
  return {
    rule: "premium-place", unit: "place", place, value: place === null ? null : value,
    inputs: [{ name: "premium", value, unit: "fraction", provenance: of }, { name: "bandLower", value: band?.lower ?? null, unit: "fraction", provenance: of }, { name: "bandUpper", value: band?.upper ?? null, unit: "fraction", provenance: of }],
  };
}
