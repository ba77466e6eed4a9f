import type { CoinMatch } from "@/server/contracts/coin";
import { coinIdOf, isSuspiciousMatch } from "@/server/domain/market/coin-identity";
import { kimchiPremium, kimchiPremiums, type StampedPrice } from "@/server/domain/market/kimchi-premium";
import { median } from "@/server/domain/shared/statistics";
import type { BankRate } from "./bank-rate";
import type { PremiumToStore } from "./store-premiums";

/** The coin that stands for a dollar. */
export const DOLLAR_COIN = "USDT";

type Ticker = { coin: string; price: number; at: Date };
export type PremiumsInput = { exchange: string; krw: readonly (Ticker & { nameEn: string | null })[]; usd: ReadonlyMap<string, Ticker>; bankRate: BankRate | null };

const stamped = ({ price, at }: { price: number; at: Date }): StampedPrice => ({ price, at: at.toISOString() });

/** What one exchange's board says against the prices abroad. Coins without a foreign price have no premium and are left out. */
export function premiumsOfTickers({ exchange, krw, usd, bankRate }: PremiumsInput): PremiumToStore[] {
  const dollarCoin = krw.find(({ coin }) => coin === DOLLAR_COIN) ?? null;
  const rate = bankRate && { price: bankRate.rate, at: bankRate.at.toISOString() };
  const rows = krw.flatMap((ticker): (PremiumToStore & { nameEn: string | null })[] => {
    // The dollar coin is worth one of itself, and what it costs beyond other coins is nothing.
    const abroad = ticker.coin === DOLLAR_COIN ? { ...ticker, price: 1 } : usd.get(ticker.coin);
    if (!abroad) return [];
    const found = ticker.coin === DOLLAR_COIN
      ? { bank: kimchiPremium({ krw: stamped(ticker), usd: stamped(abroad), rate }), implied: null, dollarCoin: null }
      : kimchiPremiums({ krw: stamped(ticker), usdt: stamped(abroad), bankRate: rate, dollarCoinKrw: dollarCoin && stamped(dollarCoin) });
    return [{
      nameEn: ticker.nameEn, exchange, coin: ticker.coin, at: ticker.at, krwPrice: ticker.price, usdPrice: abroad.price, bankRate: bankRate?.rate ?? null, bankRateAt: bankRate?.at ?? null, bankRateSource: bankRate && (bankRate.source ?? bankRate.provider),
      impliedRate: dollarCoin?.price ?? null, bank: found.bank.premium, implied: found.implied?.premium ?? null, dollarCoin: found.dollarCoin?.premium ?? found.bank.premium, fault: found.bank.fault, impliedFault: found.implied?.fault ?? null, match: "unknown",
    }];
  });
  return withMatches(rows);
}

/** A premium is judged by the dollar coin where there is one: the banks' rate may be days old. */
const judged = ({ implied, bank }: PremiumToStore) => implied ?? bank;

function withMatches(rows: readonly (PremiumToStore & { nameEn: string | null })[]): PremiumToStore[] {
  const board = median(rows.flatMap((row) => judged(row) ?? [])) ?? 0;
  return rows.map(({ nameEn, ...row }) => ({ ...row, match: matchOf(row, nameEn, board) }));
}

function matchOf(row: PremiumToStore, nameEn: string | null, board: number): CoinMatch {
  const value = judged(row);
  if (nameEn !== null && coinIdOf(row.coin) !== null && coinIdOf(row.coin, nameEn) === null) return "other-coin";
  if (value !== null && isSuspiciousMatch(value, board)) return "far-from-board";
  return coinIdOf(row.coin, nameEn) === null ? "unknown" : "known";
}

