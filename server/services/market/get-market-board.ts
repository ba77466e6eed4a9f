import { sectorCode, type BoardInput, type BoardRow, type MarketBoard } from "@/server/contracts/market";
import { utcDate } from "@/server/domain/calendar/trading-date";
import { rangePlace } from "@/server/domain/market/range-place";
import { relativeTurnover } from "@/server/domain/market/relative-turnover";
import { engineProvenance } from "@/server/domain/shared/provenance";
import type { Ctx } from "@/server/services/ctx";
import { newestSession } from "./get-market-internals";
import { priceProvenance, relativeChange } from "./last-quotes";
import { basisOfShares, loadShareHistories, type ShareHistory } from "./load-share-histories";

const INDEX = "SP500";
const [WEEK, MONTH, YEAR] = [5, 21, 252] as const;
const USUAL_SESSIONS = 20;
const POINTS = 20;
const KEEP_MS = 120_000;
const RENEW_MS = 30_000;

type Whole = Omit<MarketBoard, "rows"> & { rows: readonly BoardRow[] };

/** All rows of a board that pass the filter, in the order asked for. The whole board is kept; search and order are made of it. */
export async function getMarketBoard(ctx: Ctx, { board, search, sector, sort, order }: BoardInput): Promise<MarketBoard> {
  const whole = await ctx.cache.remember(`market:board:${board}`, KEEP_MS, () => loadBoard(ctx, board), RENEW_MS);
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const passing = whole.rows.filter((row) => (!sector || row.sector === sector) && words.every((word) => `${row.symbol} ${row.name}`.toLowerCase().includes(word)));
  const sign = order === "asc" ? 1 : -1;
  return { ...whole, rows: passing.sort((a, b) => compare(KEYS[sort](a), KEYS[sort](b), sign) || (a.symbol < b.symbol ? -1 : 1)) };
}

const KEYS: Record<BoardInput["sort"], (row: BoardRow) => string | number | null> = {
  symbol: ({ symbol }) => symbol,
  name: ({ name }) => name.toLowerCase(),
  price: ({ quote }) => quote.price,
  change: ({ quote }) => quote.change,
  turnover: ({ turnover }) => turnover,
  relativeTurnover: (row) => row.relativeTurnover,
  oneWeek: (row) => row.oneWeek,
  oneMonth: (row) => row.oneMonth,
  yearToDate: (row) => row.yearToDate,
  oneYear: (row) => row.oneYear,
  yearPlace: (row) => row.yearPlace,
};

/** What is not known stands last in both directions. */
function compare(a: string | number | null, b: string | number | null, sign: 1 | -1): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a === b ? 0 : a < b ? -sign : sign;
}

async function loadBoard(ctx: Ctx, board: BoardInput["board"]): Promise<Whole> {
  const [{ session, shares }, members] = await Promise.all([
    loadShareHistories(ctx, board === "etf" ? "ETF" : "EQUITY"),
    board === "etf" ? [] : ctx.db.indexMember.findMany({ where: { index: INDEX }, select: { symbol: true, provider: true, asOf: true } }),
  ]);
  const listed = new Set(members.map(({ symbol }) => symbol));
  const shown = listed.size === 0 ? shares : shares.filter(({ symbol, ticker }) => listed.has(symbol) || (ticker !== null && listed.has(ticker)));
  const [member] = members;
  return {
    board,
    membership: {
      code: board === "etf" ? "funds" : member ? "members" : "noList",
      provider: member?.provider ?? null,
      asOf: member ? utcDate(member.asOf) : null,
      listed: member ? listed.size : null,
      stored: shown.length,
    },
    session,
    rows: shown.map(toRow),
    provenance: engineProvenance(basisOfShares(shown), { asOf: session, n: shown.length }),
  };
}

function toRow(history: ShareHistory): BoardRow {
  const { symbol, name, ticker, sector, currency, dates, closes, volumes } = history;
  const { close, previousClose, volume } = newestSession(history);
  const date = dates.at(-1)!;
  const since = (sessions: number) => relativeChange(close, closes.at(-1 - sessions) ?? null);
  const lastOfYearBefore = dates.findLastIndex((day) => day.slice(0, 4) < date.slice(0, 4));
  return {
    symbol, name, ticker,
    sector: sector === null ? null : (sectorCode.safeParse(sector).data ?? "OTHER"),
    quote: { symbol, price: close, previousClose, change: relativeChange(close, previousClose), time: `${date}T00:00:00.000Z`, currency, provenance: priceProvenance({ ...history, date }) },
    volume,
    turnover: volume * close,
    relativeTurnover: relativeTurnover(closes.slice(-USUAL_SESSIONS - 1).map((price, at) => price * volumes.slice(-USUAL_SESSIONS - 1)[at]!), USUAL_SESSIONS),
    oneWeek: since(WEEK),
    oneMonth: since(MONTH),
    yearToDate: relativeChange(close, closes[lastOfYearBefore] ?? null),
    oneYear: since(YEAR),
    yearPlace: closes.length < YEAR ? null : rangePlace(closes.slice(-YEAR)).place,
    points: closes.slice(-POINTS),
  };
}
