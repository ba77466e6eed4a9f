/** Companies outside the five sectors, kept because they buy from or sell to bundled companies on a scale that filings speak of. */
export const OUTSIDE_COMPANIES = [
  "AAPL", "MSFT", "GOOGL", "AMZN", "META", "ORCL", "DELL", "HPQ", "HPE", "SMCI", "CSCO",
  "T", "VZ", "TMUS", "HD", "LOW", "MGM", "DAL", "UAL", "UNP", "NEE", "FDX", "WMT", "COST", "MA", "V",
] as const;

/** Listed, reporting and in the record, but not in the index list the other profiles are taken from. */
export const ADDED_COMPANIES = [
  { ticker: "MRVL", name: "Marvell Technology", sector: "SEMICONDUCTOR", industry: "Semiconductors", cik: "0001835632", headquarters: "Wilmington, Delaware", founded: "1995", isFinancial: false },
] as const;

/** Month in which the fiscal year ends, where it is not December. */
export const FISCAL_YEAR_END_MONTH: Readonly<Record<string, number>> = {
  AAPL: 9, ADI: 10, AMAT: 10, AVGO: 10, BEN: 9, COST: 8, CSCO: 7, DE: 10, DELL: 1, EMR: 9, FDX: 5, HD: 1, HPE: 10, HPQ: 10, JCI: 9, KLAC: 6, LOW: 1, LRCX: 6,
  MCHP: 3, MRVL: 1, MSFT: 6, MU: 8, NDSN: 10, NVDA: 1, ORCL: 5, PH: 6, QCOM: 9, RJF: 9, ROK: 9, SMCI: 6, SWKS: 9, TDG: 9, V: 9, WMT: 1,
};

/** In the CRYPTO sector, but payment companies and an exchange report like other companies; a broker that lends out client cash does not. */
export const FINANCIAL_OUTSIDE_BANKING: ReadonlySet<string> = new Set(["HOOD"]);
/** Profiles that the record leaves blank or writes in capitals. */
export const PROFILE_CORRECTIONS: Readonly<Record<string, { name: string; industry: string }>> = {
  MSTR: { name: "Strategy (MicroStrategy)", industry: "Application Software" },
  HOOD: { name: "Robinhood Markets", industry: "Investment Banking & Brokerage" },
  IBKR: { name: "Interactive Brokers", industry: "Investment Banking & Brokerage" },
};

/** Names of the coins, as their projects write them. */
export const COINS: readonly (readonly [symbol: string, name: string])[] = [
  ["BTC", "Bitcoin"], ["ETH", "Ethereum"], ["XRP", "XRP"], ["BNB", "BNB"], ["SOL", "Solana"], ["DOGE", "Dogecoin"], ["ADA", "Cardano"], ["TRX", "TRON"],
  ["LINK", "Chainlink"], ["AVAX", "Avalanche"], ["XLM", "Stellar"], ["BCH", "Bitcoin Cash"], ["HBAR", "Hedera"], ["LTC", "Litecoin"], ["SHIB", "Shiba Inu"],
  ["DOT", "Polkadot"], ["AAVE", "Aave"], ["NEAR", "NEAR Protocol"], ["ETC", "Ethereum Classic"], ["ICP", "Internet Computer"], ["VET", "VeChain"],
  ["ATOM", "Cosmos"], ["FIL", "Filecoin"], ["ALGO", "Algorand"], ["MKR", "Maker"], ["XTZ", "Tezos"], ["EOS", "EOS"], ["SAND", "The Sandbox"],
  ["MANA", "Decentraland"], ["THETA", "Theta Network"], ["MATIC", "Polygon"], ["UNI", "Uniswap"], ["APT", "Aptos"], ["SUI", "Sui"], ["ARB", "Arbitrum"],
];

type Listed = { symbol: string; name: string; kind: "ETF" | "INDEX" | "FX" | "COMMODITY"; currency: string; calendar: string };
const etf = (symbol: string, name: string, calendar = "XNYS"): Listed => ({ symbol, name, kind: "ETF", currency: "USD", calendar });

/** Funds, indices, currency pairs and commodities that stand for a driver or a sector. */
export const LISTED_INSTRUMENTS: readonly Listed[] = [
  { symbol: "^GSPC", name: "S&P 500 index", kind: "INDEX", currency: "USD", calendar: "XNYS" },
  { symbol: "^IXIC", name: "Nasdaq Composite index", kind: "INDEX", currency: "USD", calendar: "XNAS" },
  { symbol: "^VIX", name: "Cboe volatility index", kind: "INDEX", currency: "USD", calendar: "XNYS" },
  etf("SPY", "SPDR S&P 500 ETF"), etf("QQQ", "Invesco QQQ", "XNAS"), etf("IWM", "iShares Russell 2000 ETF"), etf("DIA", "SPDR Dow Jones Industrial Average ETF"),
  etf("XLF", "Financial Select Sector SPDR"), etf("XLI", "Industrial Select Sector SPDR"), etf("XLK", "Technology Select Sector SPDR"), etf("XLRE", "Real Estate Select Sector SPDR"),
  etf("SMH", "VanEck Semiconductor ETF", "XNAS"), etf("XLE", "Energy Select Sector SPDR"), etf("TLT", "iShares 20+ Year Treasury Bond ETF", "XNAS"), etf("IEF", "iShares 7-10 Year Treasury Bond ETF", "XNAS"),
  etf("SHY", "iShares 1-3 Year Treasury Bond ETF", "XNAS"), etf("LQD", "iShares Investment Grade Corporate Bond ETF"), etf("HYG", "iShares High Yield Corporate Bond ETF"), etf("TIP", "iShares TIPS Bond ETF"),
  etf("GLD", "SPDR Gold Shares"), etf("SLV", "iShares Silver Trust"), etf("USO", "United States Oil Fund"), etf("UUP", "Invesco DB US Dollar Index Bullish Fund"),
  { symbol: "USDKRW", name: "US dollar in Korean won", kind: "FX", currency: "KRW", calendar: "FX" },
  { symbol: "EURUSD", name: "Euro in US dollars", kind: "FX", currency: "USD", calendar: "FX" },
  { symbol: "USDJPY", name: "US dollar in Japanese yen", kind: "FX", currency: "JPY", calendar: "FX" },
  { symbol: "WTI", name: "Crude oil, West Texas Intermediate", kind: "COMMODITY", currency: "USD", calendar: "XNYS" },
  { symbol: "GOLD", name: "Gold, troy ounce", kind: "COMMODITY", currency: "USD", calendar: "XNYS" },
];

/** Companies whose shares trade on Nasdaq; the others trade on the New York Stock Exchange. Both keep the same sessions. */
export const NASDAQ_LISTED: ReadonlySet<string> = new Set(
  "AAPL ADI AMAT AMD AMZN AVGO AXON COIN COST CSCO CSGP EQIX FITB FSLR GOOGL HBAN HON HOOD HST IBKR INTC KLAC LRCX MCHP META MPWR MRVL MSFT MSTR MU NDSN NTRS NVDA NXPI ON PCAR PYPL QCOM REG SBAC SMCI SWKS TER TMUS TROW TSLA TXN UAL WMT".split(" "),
);
