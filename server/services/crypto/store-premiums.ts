import type { CoinMatch, PREMIUM_FAULTS } from "@/server/contracts/coin";

type Fault = (typeof PREMIUM_FAULTS)[number];
export type PremiumToStore = {
  exchange: string; coin: string; at: Date; krwPrice: number; usdPrice: number | null; bankRate: number | null; bankRateAt: Date | null; bankRateSource: string | null; impliedRate: number | null;
  bank: number | null; implied: number | null; dollarCoin: number | null; fault: Fault | null; impliedFault: Fault | null; match: CoinMatch;
};
/** A query on whatever connection the caller has. */
type Run = (text: string, values: unknown[]) => Promise<{ changed: number }[]>;

/** Stores premiums by exchange, coin and the won price's time; returns how many are new or differ. A bare price never takes the place of one with its foreign price. */
export async function storePremiums(run: Run, rows: readonly PremiumToStore[], { runId, provider }: { runId: string; provider: string }): Promise<number> {
  if (rows.length === 0) return 0;
  const given = rows.map((row) => ({
    exchange: row.exchange, coin: row.coin, at: row.at, krw_price: row.krwPrice, usd_price: row.usdPrice, bank_rate: row.bankRate, bank_rate_at: row.bankRateAt, bank_rate_source: row.bankRateSource, implied_rate: row.impliedRate,
    bank: row.bank, implied: row.implied, dollar_coin: row.dollarCoin, fault: row.fault, implied_fault: row.impliedFault, match: row.match,
  }));
  const [result] = await run(
    `WITH written AS (
       INSERT INTO coin_premium AS p (exchange, coin, at, krw_price, usd_price, bank_rate, bank_rate_at, bank_rate_source, implied_rate, bank, implied, dollar_coin, fault, implied_fault, match, provider, run_id)
       SELECT DISTINCT ON (exchange, coin, at) exchange, coin, at, krw_price, usd_price, bank_rate, bank_rate_at, bank_rate_source, implied_rate, bank, implied, dollar_coin, fault, implied_fault, match, $2, $3::uuid
       FROM jsonb_to_recordset($1::jsonb) AS row (exchange text, coin text, at timestamptz, krw_price float8, usd_price float8, bank_rate float8, bank_rate_at timestamptz, bank_rate_source text, implied_rate float8,
         bank float8, implied float8, dollar_coin float8, fault text, implied_fault text, match text)
       ON CONFLICT (exchange, coin, at) DO UPDATE SET krw_price = excluded.krw_price, usd_price = excluded.usd_price, bank_rate = excluded.bank_rate, bank_rate_at = excluded.bank_rate_at, bank_rate_source = excluded.bank_rate_source,
         implied_rate = excluded.implied_rate, bank = excluded.bank, implied = excluded.implied, dollar_coin = excluded.dollar_coin, fault = excluded.fault, implied_fault = excluded.implied_fault, match = excluded.match,
         provider = excluded.provider, run_id = excluded.run_id
       WHERE (excluded.usd_price IS NOT NULL OR p.usd_price IS NULL)
         AND (p.krw_price, p.usd_price, p.bank_rate, p.bank, p.implied, p.match) IS DISTINCT FROM (excluded.krw_price, excluded.usd_price, excluded.bank_rate, excluded.bank, excluded.implied, excluded.match)
       RETURNING 1)
     SELECT count(*)::int AS changed FROM written`,
    [JSON.stringify(given), provider, runId],
  );
  return result?.changed ?? 0;
}
