import type { ClientBase } from "pg";
import { KRW_EXCHANGES } from "@/server/contracts/coin";
import { parseTradingDate } from "@/server/domain/calendar/trading-date";
import { kimchiPremium } from "@/server/domain/market/kimchi-premium";
import { storePremiums, type PremiumToStore } from "@/server/services/crypto/store-premiums";
import type { FileKind, ImportCtx, RowSink } from "./import-ctx";
import { PROVIDER } from "./import-file";
import { onceEach, queuedRows } from "./queued-rows";

const COIN = /^[A-Z0-9]{1,16}$/;
const AS_OF = /^\d{4}-\d{2}(-\d{2})?$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const NUMBER = /^\d+(\.\d+)?$/;
/** A number greater than zero, or null. */
const positive = (text: string): number | null => (NUMBER.test(text) && Number(text) > 0 ? Number(text) : null);

type MarketRow = { exchange: string; market: string; coin: string; name_en: string | null; name_ko: string | null; listed_as_of: string };

/** Won markets with their names. Names are filled in where none is known or another list named them; a day on which an exchange itself listed a market is not set back. */
function openMarkets(): Promise<RowSink> {
  const isNew = onceEach();
  return Promise.resolve(queuedRows<MarketRow>(
    ([exchange = "", market = "", coin = "", nameKo = "", nameEn = "", asOf = ""]) => {
      if (!KRW_EXCHANGES.some((one) => one === exchange)) return "unknown exchange";
      if (!COIN.test(coin) || market !== `KRW-${coin}`) return "bad market";
      if (!AS_OF.test(asOf)) return "bad date";
      return isNew(`${exchange} ${market}`) ? { exchange, market, coin, name_en: nameEn.trim() || null, name_ko: nameKo.trim() || null, listed_as_of: asOf } : "duplicate key";
    },
    async (client, runId, rows) => {
      const { rowCount } = await client.query(
        `INSERT INTO crypto_market AS m (exchange, market, coin, quote, name_en, name_ko, listed_as_of, provider, run_id)
         SELECT exchange, market, coin, 'KRW', name_en, name_ko, listed_as_of, $2, $3::uuid FROM jsonb_to_recordset($1::jsonb) AS row (exchange text, market text, coin text, name_en text, name_ko text, listed_as_of text)
         ON CONFLICT (exchange, market) DO UPDATE SET name_en = excluded.name_en, name_ko = excluded.name_ko, listed_as_of = greatest(m.listed_as_of, excluded.listed_as_of), run_id = excluded.run_id
         WHERE (m.name_en, m.name_ko) IS DISTINCT FROM (excluded.name_en, excluded.name_ko)`,
        [JSON.stringify(rows), PROVIDER, runId],
      );
      return rowCount ?? 0;
    },
  ));
}

export const KRW_MARKETS_FILE: FileKind = { subject: "crypto-markets", columns: ["exchange", "market", "base", "korean_name", "english_name", "list_as_of"], openSink: openMarkets };

type RateRow = { at: string; rate: number; source: string | null };

/** Won per dollar by day; each rate is of a day, without a time. */
function openRates(): Promise<RowSink> {
  const isNew = onceEach();
  return Promise.resolve(queuedRows<RateRow>(
    ([date = "", rateText = "", source = ""]) => {
      const rate = positive(rateText);
      if (parseTradingDate(date) === null) return "bad date";
      if (rate === null) return "non-numeric rate";
      return isNew(date) ? { at: `${date}T00:00:00Z`, rate, source: source.trim() || null } : "duplicate key";
    },
    async (client, runId, rows) => {
      const { rowCount } = await client.query(
        `INSERT INTO fx_rate AS f (base, quote, at, provider, rate, has_time, source, run_id)
         SELECT 'USD', 'KRW', at, $2, rate, false, source, $3::uuid FROM jsonb_to_recordset($1::jsonb) AS row (at timestamptz, rate float8, source text)
         ON CONFLICT (base, quote, at, provider) DO UPDATE SET rate = excluded.rate, source = excluded.source, run_id = excluded.run_id WHERE (f.rate, f.source) IS DISTINCT FROM (excluded.rate, excluded.source)`,
        [JSON.stringify(rows), PROVIDER, runId],
      );
      return rowCount ?? 0;
    },
  ));
}

export const USDKRW_FILE: FileKind = { subject: "crypto-fx", columns: ["date", "krw_per_usd", "source"], openSink: openRates };

const storeRows = (client: ClientBase, runId: string, rows: readonly PremiumToStore[]) => storePremiums(async (text, values) => (await client.query<{ changed: number }>(text, values)).rows, rows, { runId, provider: PROVIDER });

/** Bitcoin at one stamp on Upbit in won and on Binance in dollar coins: its premium by the rate of the newest day that had ended by then, as nobody knew that day's own yet. */
async function openPremiums(ctx: ImportCtx): Promise<RowSink> {
  const isNew = onceEach();
  const rates = await ctx.db.fxRate.findMany({ where: { base: "USD", quote: "KRW", hasTime: false }, orderBy: { at: "asc" }, select: { at: true, rate: true, source: true, provider: true } });
  return queuedRows<PremiumToStore>(
    ([stamp = "", krwText = "", usdText = ""]) => {
      const [krwPrice, usdPrice] = [positive(krwText), positive(usdText)];
      if (!INSTANT.test(stamp) || Number.isNaN(Date.parse(stamp))) return "bad time";
      if (krwPrice === null || usdPrice === null) return "non-numeric price";
      if (!isNew(stamp)) return "duplicate key";
      const at = new Date(stamp);
      const rate = rates.findLast((one) => one.at.toISOString().slice(0, 10) < stamp.slice(0, 10)) ?? null;
      const { premium, fault } = kimchiPremium({ krw: { price: krwPrice, at: stamp }, usd: { price: usdPrice, at: stamp }, rate: rate && { price: rate.rate, at: rate.at.toISOString() } });
      return {
        exchange: "upbit", coin: "BTC", at, krwPrice, usdPrice, bankRate: rate?.rate ?? null, bankRateAt: rate?.at ?? null, bankRateSource: rate && (rate.source ?? rate.provider), impliedRate: null,
        bank: premium, implied: null, dollarCoin: null, fault, impliedFault: "no-rate", match: "known",
      };
    },
    storeRows,
  );
}

export const BTC_PREMIUM_FILE: FileKind = { subject: "crypto-premium", columns: ["ts_utc", "upbit_btc_krw", "binance_btc_usdt"], openSink: openPremiums };

/** The last recorded won price of bitcoin of each day; without a foreign price at its time there is no premium. */
function openBtcDaily(): Promise<RowSink> {
  const isNew = onceEach();
  return Promise.resolve(queuedRows<PremiumToStore>(
    ([stamp = "", priceText = ""]) => {
      const at = new Date(`${stamp.replace(" ", "T")}Z`);
      const krwPrice = positive(priceText);
      if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(stamp) || Number.isNaN(at.getTime())) return "bad time";
      if (krwPrice === null) return "non-numeric price";
      if (!isNew(stamp)) return "duplicate key";
      return { exchange: "upbit", coin: "BTC", at, krwPrice, usdPrice: null, bankRate: null, bankRateAt: null, bankRateSource: null, impliedRate: null, bank: null, implied: null, dollarCoin: null, fault: "no-foreign-price", impliedFault: "no-foreign-price", match: "known" };
    },
    storeRows,
  ));
}

export const BTC_DAILY_FILE: FileKind = { subject: "crypto-premium", columns: ["last_bar_utc", "upbit_btc_krw"], openSink: openBtcDaily };
