import type { z } from "zod";
import { AppError, type ErrorCode } from "@/server/domain/app-error";
import type { Capabilities, StatementRow } from "../capabilities";
import { inDayHalves } from "../day-halves";
import type { Query, VendorClient, VendorHttp } from "../vendor-client";
import { fmpBalance, fmpCashFlow, fmpEarnings, fmpEconomic, fmpIncome, fmpProfile, toFmpEarnings, toFmpEconomic, toFmpProfile, toFmpStatements } from "./fmp-payload";

/** What a calendar gives at most in one answer. */
const MOST_EVENTS = 4_000;
const PERIODS = { annual: 10, quarter: 40 } as const;

type Fmp = Pick<Capabilities, "earningsCalendar" | "economicCalendar" | "profile" | "statements">;

export function createFmp({ client, apiKey }: { client: VendorClient; apiKey: string | undefined }): Fmp {
  const options = { headers: { apikey: apiKey ?? "" }, meaningOf };
  async function ask<S extends z.ZodType>(http: VendorHttp, { path, query, schema }: { path: string; query: Query; schema: S }) {
    const url = http.url("api", path, query);
    return { rows: await http.json(url, schema, options), provenance: http.provenance({ url }) };
  }
  const unknown = (symbol: string) => new AppError("NOT_FOUND", `${client.id}: does not know ${symbol.slice(0, 20)}`, { provider: client.id });

  async function statementsOf(http: VendorHttp, symbol: string, period: keyof typeof PERIODS): Promise<StatementRow[]> {
    const query = { symbol, period, limit: PERIODS[period] };
    const [income, balance, cashFlow] = await Promise.all([
      ask(http, { path: "/income-statement", query, schema: fmpIncome }),
      ask(http, { path: "/balance-sheet-statement", query, schema: fmpBalance }),
      ask(http, { path: "/cash-flow-statement", query, schema: fmpCashFlow }),
    ]);
    const parts = { income: income.rows, balance: balance.rows, cashFlow: cashFlow.rows };
    const all = [...parts.income, ...parts.balance, ...parts.cashFlow];
    if (all.some((row) => row.symbol !== symbol)) throw http.invalid("symbol", `sent statements of another company than ${symbol}`);
    const mixed = parts.income.some(({ date, reportedCurrency }) => all.some((row) => row.date === date && row.reportedCurrency !== reportedCurrency));
    if (mixed) throw http.invalid("currency", "sent one period in two currencies");
    return toFmpStatements(parts, income.provenance);
  }

  return {
    earningsCalendar: {
      fetchEarnings: ({ from, to, symbol }, call) =>
        client.run("earningsCalendar", call, async (http) => {
          const read = async (first: string, last: string) => {
            const asked = symbol === undefined ? { path: "/earnings-calendar", query: { from: first, to: last } } : { path: "/earnings", query: { symbol, limit: 100 } };
            const { rows, provenance } = await ask(http, { ...asked, schema: fmpEarnings });
            if (symbol !== undefined && rows.some((row) => row.symbol !== symbol)) throw http.invalid("symbol", `sent earnings of another company than ${symbol}`);
            return toFmpEarnings(rows, provenance).filter(({ date }) => symbol === undefined || (date >= first && date <= last));
          };
          const rows = await inDayHalves({ from, to, most: MOST_EVENTS, read });
          if (rows.some(({ date }) => date < from || date > to)) throw http.invalid("range", "sent earnings of other days than it was asked for");
          return rows;
        }),
    },
    economicCalendar: {
      fetchEconomicEvents: ({ from, to, countries }, call) =>
        client.run("economicCalendar", call, async (http) => {
          const read = async (first: string, last: string) => {
            const { rows, provenance } = await ask(http, { path: "/economic-calendar", query: { from: first, to: last }, schema: fmpEconomic });
            return toFmpEconomic(rows, provenance);
          };
          const rows = await inDayHalves({ from, to, most: MOST_EVENTS, read });
          return rows.filter(({ country, at }) => (countries === undefined || countries.includes(country)) && at.slice(0, 10) >= from && at.slice(0, 10) <= to);
        }),
    },
    profile: {
      fetchProfile: ({ symbol }, call) =>
        client.run("profile", call, async (http) => {
          const { rows, provenance } = await ask(http, { path: "/profile", query: { symbol }, schema: fmpProfile });
          const told = rows[0];
          if (!told) throw unknown(symbol);
          if (told.symbol !== symbol) throw http.invalid("symbol", `sent ${told.symbol.slice(0, 12)} for ${symbol}`);
          return toFmpProfile(told, provenance);
        }),
    },
    statements: {
      fetchStatements: ({ symbol }, call) =>
        client.run("statements", call, async (http) => {
          const years = await statementsOf(http, symbol, "annual");
          if (years.length === 0) throw unknown(symbol);
          const quarters = await statementsOf(http, symbol, "quarter").catch((error: unknown) => {
            // Quarters are of the paid plans alone; the years stand without them.
            if (!(error instanceof AppError) || error.details.status !== 402) throw error;
            http.partial(error);
            return [];
          });
          return [...years, ...quarters].sort((a, b) => (a.periodEnd < b.periodEnd ? -1 : a.periodEnd > b.periodEnd ? 1 : 0));
        }),
    },
  };
}

/** 402 is what a plan does not reach to. */
function meaningOf(status: number): ErrorCode | null {
  return status === 402 ? "UPSTREAM_UNAVAILABLE" : null;
}
