import { AppError } from "@/server/domain/app-error";

/** A price and the instant it was paid, ISO 8601; `bid` and `ask` where the book's top is known. */
export type StampedPrice = { price: number; at: string; bid?: number | null; ask?: number | null };

/** How far apart two stamps may be before their prices are of different markets. */
export type AlignmentLimits = { pricesMs: number; rateMs: number };

/** Assumed: a coin moves by some basis points in half a minute, about what the premium is to be read to. */
const PRICES_APART_MS = 30_000;
/** Banks are closed from Friday to Monday and on holidays around them; older than this a rate is history. */
const BANK_RATE_APART_MS = 5 * 86_400_000;

export type PremiumFault = "no-rate" | "prices-not-aligned" | "rate-not-aligned";
export type PremiumReading =
  | { premium: number; low: number | null; high: number | null; pricesApartMs: number; rateApartMs: number; fault: null }
  | { premium: null; low: null; high: null; pricesApartMs: number; rateApartMs: number | null; fault: PremiumFault };

export type KimchiPremiums = {
  /** Against the banks' rate: what a dollar that went through a bank would have earned, if one dollar coin is one dollar. */
  bank: PremiumReading;
  /** Against the won price of the dollar coin on the same exchange: the premium of this coin beyond that of all coins there. */
  implied: PremiumReading;
  /** Of the dollar coin itself against the banks' rate. */
  dollarCoin: PremiumReading;
};

/**
 * Premium of a coin's price in Korea over its price abroad (the "kimchi premium").
 *
 *     p = K / (U X) - 1,     low = Kb / (Ua Xa) - 1,     high = Ka / (Ub Xb) - 1
 *
 * Positive means dearer in Korea. `low` is what is left to who buys abroad and sells in Korea at the top of both books at once, `high` what
 * the way back would have to overcome; fees, transfer time and capital controls are in neither, so a premium is no profit.
 *
 * @param input.krw  K: price of the coin in won on a Korean exchange, > 0, with Kb its bid and Ka its ask
 * @param input.usd  U: price of the same coin in dollars or dollar coins abroad, > 0, with bid Ub and ask Ua
 * @param input.rate  X: won per dollar (or per dollar coin), > 0, with bid Xb and ask Xa; without them the price stands for both. Null when none is known
 * @param input.limits  largest distance in milliseconds between the two prices, and between the rate and either price; both included
 * @returns fraction (0.02 is 2 % dearer in Korea) > -1; null with its reason where a rate is missing or the stamps are too far apart. `low` and
 *   `high` are null unless both books are known; low <= p <= high
 * @throws AppError INVALID_INPUT when a price, bid or ask is not finite and positive, a bid is above its ask, or a stamp is no instant
 *
 * Convention: last prices, not mid prices; stamps decide, not the time of arrival; a premium of K in units of U X, as in the source.
 * Source: Choi, Lehar and Stauffer, "Bitcoin Microstructure and the Kimchi Premium", SSRN 3189051, 2022.
 * Worked: K = 150,389,000, U = 107,830, X = 1,375 -> 150,389,000 / 148,266,250 - 1 = 0.014317
 */
export function kimchiPremium({ krw, usd, rate, limits = {} }: { krw: StampedPrice; usd: StampedPrice; rate: StampedPrice | null; limits?: Partial<AlignmentLimits> }): PremiumReading {
  const { pricesMs = PRICES_APART_MS, rateMs = BANK_RATE_APART_MS } = limits;
  const [krwMs, usdMs] = [checked("krw", krw), checked("usd", usd)];
  const pricesApartMs = Math.abs(krwMs - usdMs);
  const none = (fault: PremiumFault, rateApartMs: number | null): PremiumReading => ({ premium: null, low: null, high: null, pricesApartMs, rateApartMs, fault });
  if (rate === null) return none("no-rate", null);
  const rateAt = checked("rate", rate);
  const rateApartMs = Math.max(Math.abs(rateAt - krwMs), Math.abs(rateAt - usdMs));
  if (pricesApartMs > pricesMs) return none("prices-not-aligned", rateApartMs);
  if (rateApartMs > rateMs) return none("rate-not-aligned", rateApartMs);

  const premium = krw.price / (usd.price * rate.price) - 1;
  const [korea, abroad] = [bookOf(krw), bookOf(usd)];
  if (!korea || !abroad) return { premium, low: null, high: null, pricesApartMs, rateApartMs, fault: null };
  const exchange = bookOf(rate) ?? { bid: rate.price, ask: rate.price };
  // The last trade may have been outside of what the book has become since.
  const low = Math.min(premium, korea.bid / (abroad.ask * exchange.ask) - 1);
  const high = Math.max(premium, korea.ask / (abroad.bid * exchange.bid) - 1);
  return { premium, low, high, pricesApartMs, rateApartMs, fault: null };
}

/**
 * The premium of a coin by the banks' rate and by the won price of the dollar coin, and that of the dollar coin itself.
 *
 *     1 + bank = (1 + implied) (1 + dollarCoin),     bank: X = F,   implied: X = T,   dollarCoin = T / F - 1
 *
 * The bank version tells what Korea pays more than the world; the implied one, with the same money at both ends, tells what this coin costs
 * more than others in Korea, and is what can be traded without a bank. The foreign price is in a dollar coin, which the bank version takes for
 * a dollar: its own deviation abroad is in it.
 *
 * @param input.krw  price of the coin in won on the Korean exchange
 * @param input.usdt  price of the same coin in the dollar coin abroad
 * @param input.bankRate  F: won per dollar of banks, or null
 * @param input.dollarCoinKrw  T: won per dollar coin on the same Korean exchange, or null
 * @param input.limits  as for `kimchiPremium`; `rateMs` is the bank rate's, while the dollar coin's price is held to `pricesMs`
 * @returns the three readings, each a fraction or null with its reason
 * @throws AppError INVALID_INPUT as `kimchiPremium`
 *
 * Convention: the identity is exact where all three have values.
 * Worked: K = 150,389,000, U = 107,830, F = 1,375, T = 1,390 -> bank 0.014317, implied 0.003371, dollar coin 0.010909; 1.003371 x 1.010909 = 1.014317
 */
export function kimchiPremiums({ krw, usdt, bankRate, dollarCoinKrw, limits = {} }: {
  krw: StampedPrice; usdt: StampedPrice; bankRate: StampedPrice | null; dollarCoinKrw: StampedPrice | null; limits?: Partial<AlignmentLimits>;
}): KimchiPremiums {
  const { pricesMs = PRICES_APART_MS } = limits;
  // A dollar coin is worth one of itself, at the time of its price in won.
  const unit = dollarCoinKrw && { price: 1, at: dollarCoinKrw.at, bid: 1, ask: 1 };
  return {
    bank: kimchiPremium({ krw, usd: usdt, rate: bankRate, limits }),
    implied: kimchiPremium({ krw, usd: usdt, rate: dollarCoinKrw, limits: { ...limits, rateMs: pricesMs } }),
    dollarCoin: dollarCoinKrw && unit ? kimchiPremium({ krw: dollarCoinKrw, usd: unit, rate: bankRate, limits }) : { premium: null, low: null, high: null, pricesApartMs: 0, rateApartMs: null, fault: "no-rate" },
  };
}

/** The stamp in milliseconds, once the price is one. */
function checked(field: string, { price, at, bid = null, ask = null }: StampedPrice): number {
  const ms = Date.parse(at);
  const positive = [price, bid, ask].every((value) => value === null || (Number.isFinite(value) && value > 0));
  if (!positive || Number.isNaN(ms) || (bid !== null && ask !== null && bid > ask)) throw new AppError("INVALID_INPUT", "A price is positive, its bid not above its ask, and its time an instant", { field });
  return ms;
}

const bookOf = ({ bid = null, ask = null }: StampedPrice): { bid: number; ask: number } | null => (bid !== null && ask !== null ? { bid, ask } : null);
