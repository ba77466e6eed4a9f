import { AppError } from "@/server/domain/app-error";
import type { Calendar } from "@/server/domain/calendar/session-on";
import { createPrng } from "@/server/domain/shared/prng";

export type DailyBar = { date: string; open: number; high: number; low: number; close: number; volume: number };
export type SimulatedKind = "EQUITY" | "ETF" | "INDEX" | "CRYPTO" | "FX" | "COMMODITY";
/** `group` is what the instrument moves with beside the market: its sector, or nothing. */
export type SimulatedInstrument = { symbol: string; kind: SimulatedKind; group: string | null; calendar: Calendar };

/**
 * What is assumed of each kind; fractions per year. None of it is estimated: rounded sizes that make a page look like a market.
 * `beta` is the middle of the instruments' own betas; `group` and `own` are the volatilities of the sector's and the instrument's own part.
 */
export const ASSUMED: Record<SimulatedKind, { beta: number; betaSpread: number; group: number; own: number; volume: number }> = {
  EQUITY: { beta: 1, betaSpread: 0.5, group: 0.12, own: 0.22, volume: 2_000_000 },
  ETF: { beta: 0.8, betaSpread: 0.4, group: 0, own: 0.08, volume: 5_000_000 },
  INDEX: { beta: 1, betaSpread: 0, group: 0, own: 0.01, volume: 0 },
  CRYPTO: { beta: 0.7, betaSpread: 0.3, group: 0.45, own: 0.35, volume: 10_000_000 },
  FX: { beta: -0.05, betaSpread: 0.05, group: 0, own: 0.07, volume: 0 },
  COMMODITY: { beta: 0.2, betaSpread: 0.1, group: 0, own: 0.25, volume: 200_000 },
};
const MARKET_VOLATILITY = 0.16;
/** Every simulated price starts here, so that nobody takes it for a real one. */
export const ASSUMED_START_LEVEL = 100;
/** Part of a session's variance that falls between the last close and the opening. */
const ASSUMED_OVERNIGHT_SHARE = 0.25;
const SESSIONS_PER_YEAR: Record<Calendar, number> = { XNYS: 252, XNAS: 252, XKRX: 245, FX: 261, "24/7": 365 };
const SIGNIFICANT_DIGITS = 7;

const rounded = (price: number) => Number(price.toPrecision(SIGNIFICANT_DIGITS));

/**
 * The extreme of a Brownian bridge between two log prices, by inversion of its distribution.
 *
 *     m = (a + b ± sqrt((a - b)^2 - 2 s^2 ln u)) / 2
 */
function bridgeExtreme(a: number, b: number, variance: number, uniform: number, side: 1 | -1): number {
  return (a + b + side * Math.sqrt((a - b) ** 2 - 2 * variance * Math.log(1 - uniform))) / 2;
}

export type BarSimulator = (instrument: SimulatedInstrument, range: { dates: readonly string[]; previousClose: number | null }) => DailyBar[];

/**
 * Simulator of daily bars: a market factor, a factor of each group and an own part, each a geometric Brownian motion without drift.
 *
 *     ln(P_t / P_{t-1}) = -s^2 / 2 + (beta m_t sM + g_t sG + e_t sO) / sqrt(N)
 *     s^2 = (beta^2 sM^2 + sG^2 + sO^2) / N
 *
 * @param seed  any text; with symbol and date it fixes every draw, so a longer range repeats the shorter one to the digit
 * @returns a function of an instrument and a range: `dates` are sessions, oldest first, YYYY-MM-DD; `previousClose` is the close before the
 *   first of them, > 0, or null at the beginning, where the level is 100. It gives one bar per date in the instrument's currency; volume in
 *   units of the instrument, 0 where the kind has none
 * @throws AppError INVALID_INPUT (from that function) when dates do not ascend or the close before is not a positive finite number
 *
 * Convention: m, g, e are standard normal and independent over dates; N sessions a year (252 exchange, 261 currencies, 365 coins); no drift,
 * so the expected price is the last one; highs and lows are those of a Brownian bridge from open to close; prices keep 7 digits.
 * Source: Sharpe, "A Simplified Model for Portfolio Analysis", Management Science 9(2), 1963 (one-factor model); Glasserman, "Monte Carlo
 * Methods in Financial Engineering", 2003, section 6.4 (extremes of a Brownian bridge). Sizes in `ASSUMED` are assumptions.
 * Worked: an index without previous close opens its first session near 100 and moves by about 1 % a day
 */
export function createBarSimulator(seed: string): BarSimulator {
  const factors = new Map<string, number>();
  const factor = (name: string, date: string) => {
    const key = `${seed}|${name}|${date}`;
    const known = factors.get(key) ?? createPrng(key).normal();
    factors.set(key, known);
    return known;
  };

  return ({ symbol, kind, group, calendar }, { dates, previousClose }) => {
    if (previousClose !== null && !(Number.isFinite(previousClose) && previousClose > 0)) throw new AppError("INVALID_INPUT", "The close before is a positive number", { field: "previousClose" });
    if (dates.some((date, index) => index > 0 && date <= dates[index - 1]!)) throw new AppError("INVALID_INPUT", "Dates ascend", { field: "dates" });

    const assumed = ASSUMED[kind];
    const own = createPrng(`${seed}|${symbol}`);
    const beta = assumed.beta + assumed.betaSpread * (2 * own.uniform() - 1);
    const usualVolume = assumed.volume * Math.exp(own.normal());
    const perSession = 1 / SESSIONS_PER_YEAR[calendar];
    const groupVolatility = group === null ? 0 : assumed.group;
    const variance = (beta ** 2 * MARKET_VOLATILITY ** 2 + groupVolatility ** 2 + assumed.own ** 2) * perSession;
    const overnight = calendar === "24/7" ? 0 : ASSUMED_OVERNIGHT_SHARE;

    let before = previousClose ?? ASSUMED_START_LEVEL;
    return dates.map((date) => {
      const draw = createPrng(`${seed}|${symbol}|${date}`);
      const shock = beta * MARKET_VOLATILITY * factor("market", date) + (group === null ? 0 : groupVolatility * factor(group, date)) + assumed.own * draw.normal();
      const move = -variance / 2 + shock * Math.sqrt(perSession);
      // Given the whole move, its part before the opening is a point of a Brownian bridge.
      const opening = overnight * move + Math.sqrt(overnight * (1 - overnight) * variance) * draw.normal();
      const high = bridgeExtreme(opening, move, (1 - overnight) * variance, draw.uniform(), 1);
      const low = bridgeExtreme(opening, move, (1 - overnight) * variance, draw.uniform(), -1);
      const busy = Math.abs(move) / Math.sqrt(variance);
      const [o, h, l, c] = [opening, high, low, move].map((log) => rounded(before * Math.exp(log))) as [number, number, number, number];
      before = c;
      // Rounding and the square root may leave an extreme a digit inside the bar.
      return { date, open: o, high: Math.max(o, h, l, c), low: Math.min(o, h, l, c), close: c, volume: Math.round(usualVolume * Math.exp(0.3 * draw.normal() + 0.3 * (busy - 0.8))) };
    });
  };
}
