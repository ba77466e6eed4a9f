import { z } from "zod";
import { CALENDARS } from "@/server/domain/calendar/session-on";
import { BIASES, BIAS_INPUTS } from "@/server/domain/market/market-bias";
import { VOLATILITY_REGIMES } from "@/server/domain/market/volatility-regime";
import { RATIO_BASES } from "@/server/domain/market/ratios/company-ratios";
import { PLAIN_STATEMENT_NOTES, STATEMENT_NOTE_CODES } from "@/server/domain/market/statement-notes";
import { isoDate, pageInput, pageOf, provenance, ticker } from "./common";

export { STATEMENT_NOTE_CODES };

export const SECTOR_CODES = ["BANKING", "REALESTATE", "MANUFACTURING", "SEMICONDUCTOR", "CRYPTO", "OTHER"] as const;
export const sectorCode = z.enum(SECTOR_CODES);
export type SectorCode = z.infer<typeof sectorCode>;

export const INSTRUMENT_KINDS = ["EQUITY", "ETF", "INDEX", "CRYPTO", "FX", "COMMODITY"] as const;
export const instrumentKind = z.enum(INSTRUMENT_KINDS);

/** Ratios are fractions (0.12 is 12 %) or multiples; null where undefined (no figure, zero or negative base). */
export const ratios = z.object({
  /** EBIT / interest expense, trailing four quarters. Null for financials. */
  icr: z.number().nullable(),
  /** EBITDA / interest expense, trailing four quarters; null when depreciation is not reported. */
  icrEbitda: z.number().nullable(),
  /** Null while the price is simulated: its level is arbitrary. */
  priceEarnings: z.number().nullable(),
  returnOnEquity: z.number().nullable(),
  debtToEquity: z.number().nullable(),
  operatingMargin: z.number().nullable(),
  netMargin: z.number().nullable(),
  grossMargin: z.number().nullable(),
});
export type Ratios = z.infer<typeof ratios>;

/** The twelve months, or the balance sheet, that a ratio rests on; null where nothing can be computed. */
const ratioWindow = z.object({ basis: z.enum(RATIO_BASES), periodEnd: isoDate }).nullable();
export type RatioWindowDto = z.infer<typeof ratioWindow>;
export const ratioWindows = z.object({
  revenue: ratioWindow, icr: ratioWindow, icrEbitda: ratioWindow, priceEarnings: ratioWindow, returnOnEquity: ratioWindow,
  debtToEquity: ratioWindow, operatingMargin: ratioWindow, netMargin: ratioWindow, grossMargin: ratioWindow,
});
export type RatioWindows = z.infer<typeof ratioWindows>;

export const quote = z.object({
  symbol: z.string(),
  price: z.number(),
  previousClose: z.number().nullable(),
  /** Fraction: 0.01 is +1 %. */
  change: z.number().nullable(),
  time: z.string(),
  currency: z.string(),
  provenance,
});
export type QuoteDto = z.infer<typeof quote>;

export const COMPANY_SORTS = ["ticker", "name", "revenue", "icr", "debtToEquity", "returnOnEquity", "operatingMargin"] as const;
export const listCompaniesInput = pageInput.extend({
  search: z.string().trim().max(80).default(""),
  sector: sectorCode.nullish(),
  /** Default: best match first while searching, by ticker otherwise. */
  sort: z.enum(COMPANY_SORTS).nullish(),
  order: z.enum(["asc", "desc"]).default("asc"),
});
export type ListCompaniesInput = z.infer<typeof listCompaniesInput>;

export const companyRow = z.object({
  ticker: z.string(),
  name: z.string(),
  sector: sectorCode,
  industry: z.string().nullable(),
  isFinancial: z.boolean(),
  currency: z.string(),
  /** Trailing four quarters, decimal string in `currency`; a fiscal year where no four quarters are known. */
  revenue: z.string().nullable(),
  ratios,
  /** What revenue and each ratio rest on: a company may report its interest by year and its sales by quarter. */
  windows: ratioWindows,
  /** Newest statement the row rests on. */
  periodEnd: isoDate.nullable(),
  /** Of revenue and ratios: computed from the filing named. */
  provenance,
});
export type CompanyRow = z.infer<typeof companyRow>;
export const companyPage = pageOf(companyRow).extend({ total: z.number().int() });

export const tickerInput = z.object({ ticker });

export const STATEMENT_LINES = [
  "revenue", "costOfRevenue", "operatingIncome", "depreciation", "interestExpense", "incomeTax", "netIncome",
  "totalAssets", "totalLiabilities", "equity", "totalDebt", "cash",
  "operatingCashFlow", "capex", "dividendsPaid",
  "epsBasic", "epsDiluted", "sharesDiluted", "sharesOutstanding",
] as const;
export type StatementLine = (typeof STATEMENT_LINES)[number];

/** What is to be known of a statement: a code with its values; the sentence stands in the messages. */
export const statementNote = z.discriminatedUnion("code", [
  z.object({ code: z.enum(PLAIN_STATEMENT_NOTES) }),
  z.object({ code: z.literal("otherEquity"), millions: z.number() }),
  z.object({ code: z.literal("told"), text: z.string() }),
]);
export type StatementNoteDto = z.infer<typeof statementNote>;

export const statement = z.object({
  periodKind: z.enum(["QUARTER", "YEAR"]),
  fiscalYear: z.number().int(),
  fiscalPeriod: z.string(),
  periodEnd: isoDate,
  currency: z.string(),
  /** Decimal strings; null where not reported. */
  lines: z.record(z.enum(STATEMENT_LINES), z.string().nullable()),
  reference: z.string(),
  accession: z.string().nullable(),
  provider: z.string(),
  notes: z.array(statementNote),
});
export type StatementDto = z.infer<typeof statement>;

export const company = companyRow.extend({
  cik: z.string().nullable(),
  headquarters: z.string().nullable(),
  founded: z.string().nullable(),
  /** The listed equity; null for a company whose shares are not stored. */
  symbol: z.string().nullable(),
  quote: quote.nullable(),
  /** price x shares outstanding, with the price's own basis; null while the price is simulated, since its level is arbitrary. */
  marketCap: z.number().nullable(),
  /** Newest first. */
  statements: z.array(statement),
});
export type CompanyDto = z.infer<typeof company>;

export const BAR_INTERVALS = ["1m", "5m", "15m", "1h", "1d", "1w", "1mo"] as const;
export const listBarsInput = z.object({
  symbol: ticker,
  interval: z.enum(BAR_INTERVALS).default("1d"),
  /** Inclusive dates; default: the last 500 bars. */
  from: isoDate.nullish(),
  to: isoDate.nullish(),
  limit: z.coerce.number().int().min(1).max(5_000).default(500),
  /** Of an answer: leads to the bars before its oldest. */
  cursor: z.string().max(400).nullish(),
});
export const bars = z.object({
  symbol: z.string(),
  interval: z.enum(BAR_INTERVALS),
  currency: z.string(),
  calendar: z.string(),
  /** Columns of equal length, oldest first; time is ISO 8601 UTC of the bar's start (a session's date at 00:00Z for 1d and longer). */
  time: z.array(z.string()),
  open: z.array(z.number()),
  high: z.array(z.number()),
  low: z.array(z.number()),
  close: z.array(z.number()),
  volume: z.array(z.number()),
  provenance,
  /** What the last bar stands for was not over. */
  isLastPartial: z.boolean(),
  /** Sessions between the first and the last bar that have none, oldest first: missing, or taken out as doubtful. */
  gaps: z.array(z.object({ from: isoDate, to: isoDate, sessions: z.number().int(), reason: z.enum(["missing", "quarantined"]) })),
  nextCursor: z.string().nullable(),
});
export type BarsDto = z.infer<typeof bars>;

/** One cell of the market strip. `points` feed the sparkline, oldest first. */
export const stripItem = z.object({
  id: z.string(),
  label: z.string(),
  kind: z.enum(["price", "rate", "index"]),
  symbol: z.string().nullable(),
  /** Level; a rate is a fraction. */
  value: z.number(),
  /** Relative change for prices and indices, absolute change (fraction) for rates; null when there is no earlier value. */
  change: z.number().nullable(),
  points: z.array(z.number()),
  provenance,
});
export type StripItem = z.infer<typeof stripItem>;
export const marketStrip = z.object({ items: z.array(stripItem) });

export const searchInput = z.object({ query: z.string().trim().max(80), limit: z.coerce.number().int().min(1).max(50).default(12) });
export const searchHit = z.object({
  kind: z.enum(["company", "asset", "series", "driver", "sector"]),
  /** Ticker, symbol, series code, driver id or sector code. */
  id: z.string(),
  label: z.string(),
  detail: z.string(),
  href: z.string(),
});
export const searchResult = z.object({ hits: z.array(searchHit) });
export type SearchHit = z.infer<typeof searchHit>;

/** A company's ratios and size, without its statements. */
export const fundamentals = company.omit({ statements: true, quote: true, cik: true, headquarters: true, founded: true });

export const STATEMENT_PERIODS = ["QUARTER", "YEAR"] as const;
export const listStatementsInput = pageInput.extend({ ticker, periodKind: z.enum(STATEMENT_PERIODS).nullish() });
export type ListStatementsInput = z.infer<typeof listStatementsInput>;
/** Newest first. */
export const statementPage = pageOf(statement);

export const BALANCE_LINES = ["totalAssets", "totalLiabilities", "equity", "totalDebt", "cash"] as const satisfies readonly StatementLine[];
export const balanceSheet = statement.extend({ lines: z.record(z.enum(BALANCE_LINES), z.string().nullable()) });
export type BalanceSheetDto = z.infer<typeof balanceSheet>;
export const balanceSheetPage = pageOf(balanceSheet);

export const listCompanyBarsInput = listBarsInput.omit({ symbol: true }).extend({ ticker });

export const symbolInput = z.object({ symbol: ticker });
export const stock = z.object({
  symbol: z.string(),
  name: z.string(),
  kind: instrumentKind,
  currency: z.string(),
  calendar: z.string(),
  /** The company whose share it is; null for funds, indices, coins and the like. */
  ticker: z.string().nullable(),
  /** Null where no bar is stored. */
  quote: quote.nullable(),
});
export type StockDto = z.infer<typeof stock>;

export const mover = z.object({
  symbol: z.string(),
  name: z.string(),
  quote,
  /** Shares of the newest session. */
  volume: z.number(),
  /** Volume x close, in the quote's currency. */
  turnover: z.number(),
});
export type Mover = z.infer<typeof mover>;
export const moverPage = pageOf(mover);
/** A lean of the market as a weighted mean of its internals. It describes the newest session; nothing about it was tested against what came after. */
export const marketBias = z.object({
  /** Null while less than half of all weight is known. */
  bias: z.enum(BIASES).nullable(),
  /** -1 to 1. */
  score: z.number().nullable(),
  /** Score beyond which a lean is called bullish or, below its negative, bearish. Assumed. */
  boundary: z.number(),
  /** Share of the weight of all inputs that is known. */
  coverage: z.number(),
  /** Of weights, scales and boundary. */
  weightsBasis: z.literal("assumed"),
  evidence: z.array(z.object({
    input: z.enum(BIAS_INPUTS),
    value: z.number().nullable(),
    weight: z.number(),
    /** -1 for a fall to 1 for a rise. */
    score: z.number().nullable(),
    /** Part of the whole score; the contributions add up to it. */
    contribution: z.number().nullable(),
    /** Value at which the bias would be another, the rest as it is; null where no possible value changes it. */
    flip: z.object({ value: z.number(), to: z.enum(BIASES) }).nullable(),
  })),
  provenance,
});
export type MarketBiasDto = z.infer<typeof marketBias>;

export const marketDashboard = z.object({ strip: z.array(stripItem), gainers: z.array(mover), losers: z.array(mover), active: z.array(mover), bias: marketBias });

export const correlationsInput = z.object({
  symbols: z.array(ticker).min(2).max(20),
  /** Returns between sessions that all of the symbols have, newest first counted. */
  sessions: z.coerce.number().int().min(20).max(1_500).default(250),
});
export const correlations = z.object({
  symbols: z.array(z.string()),
  /** Pearson correlation of daily log returns, row by row in the order of `symbols`; null where a price did not move. */
  matrix: z.array(z.array(z.number().nullable())),
  from: isoDate,
  to: isoDate,
  /** Simulated as soon as one of the prices is; `n` counts the returns. */
  provenance,
});
export type CorrelationsDto = z.infer<typeof correlations>;

/** Each multiple is of the share's own median turnover over the sessions before: 2 is twice the usual. */
export const trendingShare = mover.extend({ relativeTurnover: z.number() });
export type TrendingShare = z.infer<typeof trendingShare>;
export const trendingPage = pageOf(trendingShare);

const fraction = z.number().nullable();

/** How many of some shares rose and fell in the newest session. */
export const breadth = z.object({
  advancers: z.number().int(),
  decliners: z.number().int(),
  unchanged: z.number().int(),
  net: z.number().int(),
  /** Net over all, -1 to 1; null without a share. */
  netShare: fraction,
  /** Turnover of the risen over that of all that moved. */
  upTurnoverShare: fraction,
  /** Below 1 when a risen share was traded more than a fallen one. */
  armsIndex: z.number().nullable(),
});

export const marketInternals = z.object({
  /** The newest stored session; null while no bar is stored. */
  session: isoDate.nullable(),
  /** Stored shares with a bar of that session: all figures are of these. */
  shares: z.number().int(),
  breadth,
  /** Shares at their highest and lowest close of so many sessions, which they have all. */
  extremes: z.object({ sessions: z.number().int(), shares: z.number().int(), newHighs: z.number().int(), newLows: z.number().int() }),
  /** Fraction of shares above the simple average of so many closes. */
  aboveAverage: z.array(z.object({ sessions: z.number().int(), shares: z.number().int(), share: fraction })),
  /** Of the mean of all shares' returns, against its own windows of the last year. */
  volatility: z.object({
    sessions: z.number().int(),
    volatilityPerYear: z.number(),
    rank: z.number(),
    regime: z.enum(VOLATILITY_REGIMES),
    windows: z.number().int(),
    /** The regime that is left only once the rank is past a boundary by the margin, and for how many sessions it has lasted (of those that are kept). */
    steady: z.object({ regime: z.enum(VOLATILITY_REGIMES), lasted: z.number().int(), margin: z.number() }),
  }).nullable(),
  /** Mean of the correlations of all pairs of shares. */
  correlation: z.object({ sessions: z.number().int(), shares: z.number().int(), value: z.number() }).nullable(),
  /** Of the index, or of the fund that follows it: -1 to 1, each span's return against the swings of its days. */
  momentum: z.object({ symbol: z.string(), score: z.number(), horizons: z.array(z.object({ sessions: z.number().int(), logReturn: z.number(), standardised: z.number() })), provenance }).nullable(),
  /** Of the fund that follows the index, since an index is not traded itself. */
  volumeFlow: z.object({ symbol: z.string(), sessions: z.number().int(), moneyFlowIndex: z.number().nullable(), upVolumeShare: fraction, onBalanceShare: z.number().nullable(), provenance }).nullable(),
  provenance,
});
export type MarketInternals = z.infer<typeof marketInternals>;

export const indexOverview = z.object({
  /** Null while no bar of the index or of a fund that follows it is stored. */
  index: stripItem.nullable(),
  returns: z.object({ oneWeek: fraction, oneMonth: fraction, threeMonths: fraction, yearToDate: fraction, oneYear: fraction }).nullable(),
  /** Of the closes of one year. */
  range: z.object({ high: z.number(), low: z.number(), place: fraction, belowHigh: z.number() }).nullable(),
  /** Of the shares that are stored here, which are not all of the index's members and may be others. */
  storedShares: z.object({
    session: isoDate.nullable(),
    shares: z.number().int(),
    breadth,
    sectors: z.array(z.object({ sector: sectorCode, shares: z.number().int(), advancers: z.number().int(), decliners: z.number().int(), medianChange: fraction, turnover: z.number() })),
    provenance,
  }),
});
export type IndexOverview = z.infer<typeof indexOverview>;

export const CLOSED_REASONS = ["beforeOpen", "afterClose", "weekend", "holiday"] as const;
export const marketClock = z.object({
  /** Market identifier code; 24/7 for coins, FX for currencies. */
  calendar: z.enum(CALENDARS),
  isOpen: z.boolean(),
  /** Of the session under way, or of the next one. */
  isHalfDay: z.boolean(),
  /** Null while closed, and for what never closes. */
  openedAt: z.string().nullable(),
  closesAt: z.string().nullable(),
  /** Null while open, and where the calendar is not kept that far. */
  opensAt: z.string().nullable(),
  closedBecause: z.object({ code: z.enum(CLOSED_REASONS), /** Of the holiday. */ name: z.string().nullable() }).nullable(),
  /** Published: by the exchange's own list; rule: by its rules, not held against the list; convention: no exchange sets it. */
  certainty: z.enum(["published", "rule", "convention"]),
});
export type MarketClock = z.infer<typeof marketClock>;
/** Regular hours; a calendar that is not kept for today is left out. */
export const marketClocks = z.object({ items: z.array(marketClock) });

export const BOARDS = ["sp500", "etf"] as const;
export const BOARD_SORTS = ["symbol", "name", "price", "change", "turnover", "relativeTurnover", "oneWeek", "oneMonth", "yearToDate", "oneYear", "yearPlace"] as const;
export const boardInput = z.object({
  board: z.enum(BOARDS),
  search: z.string().trim().max(80).default(""),
  sector: sectorCode.nullish(),
  sort: z.enum(BOARD_SORTS).default("symbol"),
  order: z.enum(["asc", "desc"]).default("asc"),
});
export type BoardInput = z.infer<typeof boardInput>;
export const boardRow = mover.extend({
  /** The company's own ticker; null for a fund. */
  ticker: z.string().nullable(),
  sector: sectorCode.nullable(),
  /** Turnover over the median of the twenty sessions before. */
  relativeTurnover: z.number().nullable(),
  oneWeek: fraction,
  oneMonth: fraction,
  yearToDate: fraction,
  oneYear: fraction,
  /** Place of the close between the lowest and the highest of a year, 0 to 1; null with less than a year. */
  yearPlace: fraction,
  /** The newest closes, oldest first. */
  points: z.array(z.number()),
});
export type BoardRow = z.infer<typeof boardRow>;
export const marketBoard = z.object({
  board: z.enum(BOARDS),
  /**
   * Which shares stand here and why: `members` of the list named; `noList` where no list of members is stored, so all stored shares stand here; `funds` all stored funds.
   * `listed` counts the list, `stored` those of it whose prices are stored.
   */
  membership: z.object({ code: z.enum(["members", "noList", "funds"]), provider: z.string().nullable(), asOf: isoDate.nullable(), listed: z.number().int().nullable(), stored: z.number().int() }),
  session: isoDate.nullable(),
  /** All rows of the board that pass search and sector: there is no second page. */
  rows: z.array(boardRow),
  provenance,
});
export type MarketBoard = z.infer<typeof marketBoard>;

export const levelsInput = z.object({ symbol: ticker, sessions: z.coerce.number().int().min(30).max(1_500).default(252) });
export const priceLevels = z.object({
  symbol: z.string(),
  close: z.number(),
  /** By price, lowest first. */
  levels: z.array(z.object({ price: z.number(), kind: z.enum(["support", "resistance"]), touches: z.number().int(), first: isoDate, last: isoDate, /** Over the close, less 1. */ distance: z.number() })),
  /** How they were found: bars on each side of a turn, widest span of a level, turns at least. Assumed. */
  settings: z.object({ reach: z.number().int(), tolerance: z.number(), touchesAtLeast: z.number().int() }),
  from: isoDate,
  to: isoDate,
  provenance,
});
export type PriceLevelsDto = z.infer<typeof priceLevels>;
