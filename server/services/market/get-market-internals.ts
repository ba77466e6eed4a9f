import type { MarketInternals } from "@/server/contracts/market";
import { averageCorrelation } from "@/server/domain/market/average-correlation";
import { simpleMovingAverage } from "@/server/domain/market/indicators/simple-moving-average";
import { marketBreadth } from "@/server/domain/market/market-breadth";
import { rangePlace } from "@/server/domain/market/range-place";
import { momentumScore } from "@/server/domain/market/momentum-score";
import { steadyRegime } from "@/server/domain/market/steady-regime";
import { volatilityRegime } from "@/server/domain/market/volatility-regime";
import { volumeFlow } from "@/server/domain/market/volume-flow";
import { mean } from "@/server/domain/shared/statistics";
import { engineProvenance } from "@/server/domain/shared/provenance";
import type { Ctx } from "@/server/services/ctx";
import { getMarketStrip } from "./get-market-strip";
import { closeBefore } from "./last-quotes";
import { listBars } from "./list-bars";
import { basisOfShares, HISTORY_SESSIONS, loadShareHistories, type ShareHistory } from "./load-share-histories";

const YEAR = 252;
const AVERAGES = [50, 200] as const;
const VOLATILITY_WINDOW = 20;
const WINDOWS_AT_LEAST = 60;
const CORRELATION_SESSIONS = 60;
/** How far past a boundary a rank has to be for the regime to change. */
const REGIME_MARGIN = 0.05;
const MOMENTUM_SPANS = [21, 63, 126, 252] as const;
const FLOW_FUND = "SPY";
const FLOW_SESSIONS = 14;
const KEEP_MS = 120_000;
const RENEW_MS = 30_000;

/** What the stored shares say of the market as a whole, in the newest session and up to it. */
export const getMarketInternals = (ctx: Ctx): Promise<MarketInternals> =>
  ctx.cache.remember("market:internals", KEEP_MS, async () => {
    const [{ session, shares }, momentum, flow] = await Promise.all([loadShareHistories(ctx), momentumOf(ctx), flowOf(ctx)]);
    const returns = returnsByDate(shares);
    return {
      session,
      shares: shares.length,
      breadth: marketBreadth(shares.map(newestSession)),
      extremes: extremesOf(shares),
      aboveAverage: AVERAGES.map((sessions) => aboveAverage(shares, sessions)),
      volatility: volatilityOf(returns),
      correlation: correlationOf(returns, shares.length),
      momentum,
      volumeFlow: flow,
      provenance: engineProvenance(basisOfShares(shares), { asOf: session, n: shares.length }),
    };
  }, RENEW_MS);

/** The last two bars, as breadth counts them. */
export function newestSession({ calendar, dates, closes, volumes }: ShareHistory) {
  const previousClose = closeBefore({ calendar, date: dates.at(-1)!, earlierDate: dates.at(-2) ?? null, earlierClose: closes.at(-2) ?? null });
  return { close: closes.at(-1)!, previousClose, volume: volumes.at(-1)! };
}

const computed = ({ basis, asOf }: { basis: string; asOf: string | null }, symbol: string, n: number) => engineProvenance(basis === "recorded" ? "computed" : "simulated", { asOf, reference: symbol, n });

/** Of the index as the strip shows it: recorded where it is, the fund that follows it otherwise. */
async function momentumOf(ctx: Ctx): Promise<MarketInternals["momentum"]> {
  const symbol = (await getMarketStrip(ctx)).items.find(({ id }) => id === "sp500")?.symbol ?? null;
  if (symbol === null) return null;
  const { close, provenance } = await listBars(ctx, { symbol, interval: "1d", limit: HISTORY_SESSIONS });
  const found = close.every((price) => price > 0) ? momentumScore(close, MOMENTUM_SPANS) : null;
  return found && { symbol, ...found, provenance: computed(provenance, symbol, close.length) };
}

async function flowOf(ctx: Ctx): Promise<MarketInternals["volumeFlow"]> {
  const { items } = await getMarketStrip(ctx);
  const isStored = items.length > 0 && (await ctx.db.instrument.findUnique({ where: { symbol: FLOW_FUND }, select: { id: true } })) !== null;
  if (!isStored) return null;
  const { provenance, ...bars } = await listBars(ctx, { symbol: FLOW_FUND, interval: "1d", limit: FLOW_SESSIONS + 1 });
  const found = volumeFlow(bars, FLOW_SESSIONS);
  return found && { symbol: FLOW_FUND, ...found, provenance: computed(provenance, FLOW_FUND, FLOW_SESSIONS) };
}

function extremesOf(shares: readonly ShareHistory[]): MarketInternals["extremes"] {
  const places = shares.filter(({ closes }) => closes.length >= YEAR).map(({ closes }) => rangePlace(closes.slice(-YEAR)).place);
  return { sessions: YEAR, shares: places.length, newHighs: places.filter((place) => place === 1).length, newLows: places.filter((place) => place === 0).length };
}

function aboveAverage(shares: readonly ShareHistory[], sessions: number): MarketInternals["aboveAverage"][number] {
  const gaps = shares.filter(({ closes }) => closes.length >= sessions).map(({ closes }) => closes.at(-1)! - simpleMovingAverage(closes.slice(-sessions), sessions).at(-1)!);
  return { sessions, shares: gaps.length, share: gaps.length === 0 ? null : gaps.filter((gap) => gap > 0).length / gaps.length };
}

/** Log returns of each share by the session that they end in, sessions oldest first. */
function returnsByDate(shares: readonly ShareHistory[]): Map<string, number>[] {
  const byDate = new Map<string, Map<string, number>>();
  for (const { symbol, dates, closes } of shares) {
    for (let at = 1; at < dates.length; at += 1) {
      const ofDate = byDate.get(dates[at]!) ?? new Map<string, number>();
      byDate.set(dates[at]!, ofDate.set(symbol, Math.log(closes[at]! / closes[at - 1]!)));
    }
  }
  return [...byDate].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, ofDate]) => ofDate);
}

function volatilityOf(returns: readonly Map<string, number>[]): MarketInternals["volatility"] {
  const ofMarket = returns.map((ofDate) => mean([...ofDate.values()])!);
  const found = volatilityRegime(ofMarket, { window: VOLATILITY_WINDOW, periodsPerYear: YEAR, windowsAtLeast: WINDOWS_AT_LEAST });
  return found && { sessions: VOLATILITY_WINDOW, ...found, steady: { ...steadyRegime(found.ranks, REGIME_MARGIN), margin: REGIME_MARGIN } };
}

/** Of the shares that have all of the newest sessions. */
function correlationOf(returns: readonly Map<string, number>[], shares: number): MarketInternals["correlation"] {
  const newest = returns.slice(-CORRELATION_SESSIONS);
  if (newest.length < CORRELATION_SESSIONS || shares < 2) return null;
  const columns = [...newest[0]!.keys()].filter((symbol) => newest.every((ofDate) => ofDate.has(symbol))).map((symbol) => newest.map((ofDate) => ofDate.get(symbol)!));
  const found = averageCorrelation(columns);
  return found && { sessions: CORRELATION_SESSIONS, shares: found.columns, value: found.correlation };
}
