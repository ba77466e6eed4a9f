import { AppError, type ErrorCode } from "@/server/domain/app-error";
import { coinIdOf } from "@/server/domain/market/coin-identity";
import type { Capabilities } from "../capabilities";
import { notOffered } from "../not-offered";
import { walkPages } from "../page-walk";
import type { VendorClient, VendorHttp } from "../vendor-client";
import { coinGeckoDerivatives, coinGeckoDetail, coinGeckoMarkets, coinGeckoPrices, toCoinDetail, toCoinMarket, toDerivatives, toFxRows, type CoinGeckoMarket } from "./coingecko-payload";

/** The most that one page has. */
const PAGE = 250;
/** The contracts of all exchanges are some ten megabytes. */
const DERIVATIVE_BYTES = 48 * 1024 * 1024;
/** Currencies of states in which CoinGecko tells prices, of those that are of use here. */
const CURRENCIES: readonly string[] = ["USD", "KRW", "EUR", "JPY", "GBP", "CNY", "HKD", "TWD", "SGD", "THB", "INR", "AUD", "CAD", "CHF", "BRL", "MXN"];

export function createCoinGecko({ client, apiKey }: { client: VendorClient; apiKey: string | undefined }): Pick<Capabilities, "coinMarkets" | "coinDetail" | "derivatives" | "fx"> {
  const asked = { meaningOf, headers: { ...(apiKey !== undefined && { "x-cg-demo-api-key": apiKey }) } as Record<string, string> };

  const marketsUrl = (http: VendorHttp, { currency, size, page, ids }: { currency: string; size: number; page: number; ids?: readonly string[] }) =>
    http.url("api", "/coins/markets", { vs_currency: currency.toLowerCase(), order: "market_cap_desc", per_page: size, page, ids: ids?.join(",") });

  return {
    coinMarkets: {
      fetchCoinMarkets: ({ currency, limit, ids }, options) =>
        client.run("coinMarkets", options, async (http) => {
          const size = Math.min(PAGE, limit);
          const found = await walkPages<CoinGeckoMarket, number>({
            provider: client.id, first: 1, keyOf: ({ id }) => id, enough: limit,
            async page(page) {
              const rows = await http.json(marketsUrl(http, { currency, size, page, ids }), coinGeckoMarkets, asked);
              return { rows, next: rows.length === size ? page + 1 : null };
            },
          });
          const stranger = ids && found.find(({ id }) => !ids.includes(id));
          if (stranger) throw http.invalid("symbol", `sent ${stranger.id}, which was not asked for`);
          const provenance = http.provenance({ url: marketsUrl(http, { currency, size, page: 1, ids }) });
          return found.map((told) => toCoinMarket(told, { currency, now: http.now(), provenance }));
        }),
    },
    coinDetail: {
      fetchCoinDetail: ({ coin, id = coinIdOf(coin) ?? undefined }, options) =>
        client.run("coinDetail", options, async (http) => {
          if (id === undefined) throw new AppError("NOT_FOUND", `${client.id}: which coin ${coin} is, is not known`, { provider: client.id, reason: "unknown-code" });
          const url = http.url("api", `/coins/${encodeURIComponent(id)}`, { localization: false, tickers: false, market_data: false, community_data: true, developer_data: true, sparkline: false });
          const told = await http.json(url, coinGeckoDetail, asked);
          if (told.id !== id) throw http.invalid("symbol", `sent ${told.id} in place of ${id}`);
          const row = toCoinDetail(told, { now: http.now(), provenance: http.provenance({ url }) });
          // The id is of another coin than the caller means: codes pass from one coin to another.
          if (row.coin !== coin.toUpperCase()) throw new AppError("NOT_FOUND", `${client.id}: ${id} is ${row.coin} and not ${coin}`, { provider: client.id, reason: "another-coin" });
          return row;
        }),
    },
    derivatives: {
      fetchDerivatives: ({ coin }, options) =>
        client.run("derivatives", options, async (http) => {
          const url = http.url("api", "/derivatives");
          const told = await http.json(url, coinGeckoDerivatives, { ...asked, maxBytes: DERIVATIVE_BYTES, attemptMs: 30_000 });
          const { rows, leftOut } = toDerivatives(told, { coin, now: http.now(), provenance: http.provenance({ url }) });
          if (rows.length === 0 && leftOut > 0) throw http.invalid("clock", "dates every contract of the coin later than now, or not at all");
          return rows;
        }),
    },
    fx: {
      async fetchFxRates({ base, quotes }, options) {
        const strange = [base, ...quotes].find((currency) => !CURRENCIES.includes(currency));
        if (strange !== undefined) throw notOffered(client.id, `is not asked for ${strange}`);
        return client.run("fx", options, async (http) => {
          const url = http.url("api", "/simple/price", { ids: "bitcoin", vs_currencies: [...new Set([base, ...quotes])].map((currency) => currency.toLowerCase()).join(","), include_last_updated_at: true, precision: "full" });
          const told = await http.json(url, coinGeckoPrices, asked);
          const rows = toFxRows(told, { base, quotes, now: http.now(), provenance: http.provenance({ url }) });
          if (rows.length < quotes.length) throw http.invalid("currency", "left out a currency that was asked for");
          return rows;
        });
      },
    },
  };
}

const meaningOf = (status: number): ErrorCode | null => (status === 404 ? "NOT_FOUND" : null);
