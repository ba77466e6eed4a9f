export type NamedCompany = { ticker: string; name: string };

/** Endings of registered names that headlines leave out. */
const ENDINGS = /[,.]?(?<!\s)\s+(?:(?:&\s*)?co(?:mpany|s|rp(?:oration)?)?|inc(?:orporated)?|corp(?:oration)?|ltd|limited|plc|llc|l\.?p|n\.?v|s\.?a|ag|se|holdings?|group|the|trust|reit|technolog(?:y|ies)|international|class [abc]|\(the\)|\([^)]*\))\.?$/i;
/** Names that are words of everyday language, of other firms or places: these need their registered form, a cashtag or the ticker in brackets. */
const ORDINARY = new Set(["target", "gap", "visa", "ford", "block", "progressive", "citizens", "regions", "equity", "essex", "public", "host", "ball", "dover", "general", "international", "american", "united", "national", "first", "southern", "global", "universal", "extra", "pool", "crown", "simon", "best", "match", "principal", "travelers", "prudential", "key", "discover", "truist", "lowe", "domino", "charter", "state", "street", "loews", "eagle", "constellation", "corning", "dow", "news", "fox", "paramount", "range", "southwest", "waters", "western", "williams", "carnival", "royal", "norwegian", "hologic", "emerson", "edison", "quest", "laboratory", "global payments", "public storage", "realty income", "digital realty", "state street", "northern", "fifth third", "people", "snap", "square", "unity", "match group", "apa", "ally", "vici", "incyte", "align", "fortive", "trade desk", "nu", "roper", "ingersoll", "trane", "stanley", "snap-on", "parker", "cummins", "textron", "teradyne", "skyworks", "entegris", "amphenol", "steel dynamics", "first solar", "ventas", "kimco", "regency", "federal", "mid-america", "camden", "invitation", "welltower", "iron mountain", "boston", "alexandria", "healthpeak", "coin", "hood"]);
/** Names by which headlines call a company, where its registered name does not say it. */
const KNOWN_AS: Readonly<Record<string, readonly string[]>> = {
  AAPL: ["Apple"], GOOGL: ["Google", "Alphabet"], META: ["Facebook", "Meta Platforms", "Meta"], AMZN: ["Amazon", "Amazon.com"], MSFT: ["Microsoft"], NVDA: ["Nvidia"], TSLA: ["Tesla"], JPM: ["JPMorgan", "JP Morgan", "J.P. Morgan"], BAC: ["Bank of America", "BofA"], C: ["Citigroup", "Citi", "Citibank"], WFC: ["Wells Fargo"],
  GS: ["Goldman Sachs", "Goldman"], MS: ["Morgan Stanley"], GM: ["General Motors", "GM"], F: ["Ford Motor", "Ford"], GE: ["General Electric", "GE"], BA: ["Boeing"], CAT: ["Caterpillar"], IBM: ["IBM"], INTC: ["Intel"], AMD: ["AMD", "Advanced Micro Devices"], TXN: ["Texas Instruments"], MU: ["Micron"], QCOM: ["Qualcomm"], AVGO: ["Broadcom"], MCD: ["McDonald's", "McDonalds"],
  DIS: ["Walt Disney", "Disney"], KO: ["Coca-Cola", "Coke"], PEP: ["PepsiCo", "Pepsi"], PG: ["Procter & Gamble", "P&G"], JNJ: ["Johnson & Johnson", "J&J"], WMT: ["Walmart", "Wal-Mart"], HD: ["Home Depot"], XOM: ["Exxon", "Exxon Mobil", "ExxonMobil"], CVX: ["Chevron"], T: ["AT&T"], VZ: ["Verizon"], TMUS: ["T-Mobile"], CMCSA: ["Comcast"], NFLX: ["Netflix"], COIN: ["Coinbase"], HOOD: ["Robinhood"], MSTR: ["MicroStrategy"], PYPL: ["PayPal"],
  LLY: ["Eli Lilly"], PFE: ["Pfizer"], MRK: ["Merck & Co"], UNH: ["UnitedHealth"], DE: ["Deere"], LMT: ["Lockheed", "Lockheed Martin"], RTX: ["Raytheon"], HON: ["Honeywell"], MMM: ["3M"], UPS: ["UPS", "United Parcel Service"], FDX: ["FedEx"], DAL: ["Delta Air"], UAL: ["United Airlines"], AAL: ["American Airlines"], LUV: ["Southwest Airlines"], HPQ: ["Hewlett-Packard", "HP"], "BRK-B": ["Berkshire Hathaway", "Berkshire"], SBUX: ["Starbucks"], NKE: ["Nike"], V: ["Visa Inc"], TGT: ["Target Corp"], BLK: ["BlackRock"], SCHW: ["Charles Schwab", "Schwab"], AXP: ["American Express", "AmEx"], MA: ["MasterCard", "Mastercard"], AIG: ["AIG", "American International Group"], ORCL: ["Oracle"], CSCO: ["Cisco"], CRM: ["Salesforce"], ADBE: ["Adobe"], EBAY: ["eBay"],
};

const wordsOf = (text: string) => text.replace(/[\u2018\u2019]/g, "'").match(/[\p{L}\p{N}$][\p{L}\p{N}&.'-]*/gu) ?? [];
const bare = (word: string) => word.replace(/(?:'s|'|\.|,)$/, "");

/** The names under which a company is looked for: registered, without its legal endings, and as headlines call it. */
export function companyNames({ ticker, name }: NamedCompany): string[] {
  const names = new Set<string>([name, ...(KNOWN_AS[ticker] ?? [])]);
  let short = name;
  while (ENDINGS.test(short)) {
    short = short.replace(ENDINGS, "").trim();
    const isOrdinary = ORDINARY.has(short.toLowerCase()) || (!short.includes(" ") && short.length < 4);
    if (short !== "" && !isOrdinary) names.add(short);
  }
  return [...names].filter((known) => !ORDINARY.has(known.toLowerCase()) || KNOWN_AS[ticker]?.includes(known));
}

export type CompanyIndex = { byFirstWord: ReadonlyMap<string, readonly { words: readonly string[]; ticker: string }[]>; tickers: ReadonlySet<string> };

/** Prepares the names of all companies for `mentionedTickers`. A name that two companies share tells neither. */
export function companyIndex(companies: readonly NamedCompany[]): CompanyIndex {
  const owners = new Map<string, Set<string>>();
  for (const company of companies) {
    for (const name of companyNames(company)) {
      const key = wordsOf(name).map(bare).join(" ");
      if (key !== "") owners.set(key, (owners.get(key) ?? new Set()).add(company.ticker));
    }
  }
  const byFirstWord = new Map<string, { words: string[]; ticker: string }[]>();
  for (const [name, tickers] of owners) {
    if (tickers.size > 1) continue;
    const words = name.split(" ");
    byFirstWord.set(words[0]!, [...(byFirstWord.get(words[0]!) ?? []), { words, ticker: [...tickers][0]! }].sort((a, b) => b.words.length - a.words.length));
  }
  return { byFirstWord, tickers: new Set(companies.map(({ ticker }) => ticker)) };
}

const CASHTAG = /\$([A-Z]{1,5}(?:[.-][A-Z])?)\b/g;
const BRACKETED = /\((?:(?:NYSE|NASDAQ|Nasdaq|AMEX)\s?:\s?)?([A-Z]{1,5}(?:[.-][A-Z])?)(?:\.[A-Z]{1,2})?\)/g;

/**
 * Tickers of the companies that a headline names: by name with its capitals, "$AAPL", "(NASDAQ: AAPL)" or "(AAPL)". The longest name wins where names overlap, and
 * words of everyday language ("Target", "Gap") count only in their registered form.
 *
 * @returns known tickers in the order of their first mention, each once
 * Worked: "Apple sues Qualcomm (QCOM)" -> ["AAPL", "QCOM"]; "apple harvest falls" -> []
 */
export function mentionedTickers(text: string, { byFirstWord, tickers }: CompanyIndex): string[] {
  const found = new Set<string>();
  const words = wordsOf(text).map(bare);
  for (let at = 0; at < words.length; at++) {
    const hit = byFirstWord.get(words[at]!)?.find(({ words: name }) => name.every((word, k) => words[at + k] === word));
    if (!hit) continue;
    found.add(hit.ticker);
    at += hit.words.length - 1;
  }
  for (const pattern of [CASHTAG, BRACKETED]) {
    for (const [, written] of text.matchAll(pattern)) {
      const ticker = [written!, written!.replace(".", "-")].find((spelling) => tickers.has(spelling));
      if (ticker) found.add(ticker);
    }
  }
  return [...found];
}
