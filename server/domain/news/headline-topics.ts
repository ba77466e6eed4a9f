import type { DriverId } from "../scenario/drivers";

export const TOPICS = [
  "earnings", "guidance", "mergers", "ipo", "dividends", "analyst-ratings", "management", "layoffs", "products", "contracts", "litigation", "regulation", "bankruptcy", "cyber-security",
  "monetary-policy", "inflation", "employment", "growth", "housing", "commercial-property", "trade", "fiscal-policy", "energy", "currencies", "bonds", "equities", "volatility",
  "banking", "semiconductors", "artificial-intelligence", "manufacturing", "real-estate", "crypto",
] as const;
export type Topic = (typeof TOPICS)[number];

export const CATEGORIES = ["company", "markets", "macro", "policy", "deals", "crypto", "other"] as const;
export type Category = (typeof CATEGORIES)[number];

type Rule = {
  words: RegExp;
  /** The category that a headline gets from its first topic in the order of this table. */
  category: Category | null;
  /** Drivers and sectors of the graph that the topic moves. */
  nodes?: readonly (`driver:${DriverId}` | `sector:${string}`)[];
};

const words = (source: string) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, "iu");

/** In order of what decides the category first. */
const RULES: Readonly<Record<Topic, Rule>> = {
  "crypto": { words: words("bitcoin|btc|ethereum|ether|crypto\\w*|stablecoins?|blockchain|dogecoin|solana|xrp|altcoins?|coinbase|binance|defi|nfts?"), category: "crypto", nodes: ["driver:btc", "sector:CRYPTO"] },
  "ipo": { words: words("ipos?|initial public offering|goes? public|going public|debuts? on (?:the )?(?:nasdaq|nyse)|files? to go public|listing"), category: "deals" },
  "mergers": { words: words("mergers?|merges?|acquisitions?|acquires?|acquired|acquiring|takeovers?|buyouts?|to buy|buys|bids? for|offer for|stake in|takes? over|spin-?offs?|divest\\w*|joint venture"), category: "deals" },
  "monetary-policy": { words: words("fed|fomc|federal reserve|central banks?|ecb|boj|bank of england|boe|interest rates?|rate (?:hikes?|cuts?|rises?)|monetary policy|quantitative easing|powell|bernanke|yellen|lagarde|draghi|basis points"), category: "macro", nodes: ["driver:fedFunds", "driver:treasury3m"] },
  "inflation": { words: words("inflation\\w*|cpi|ppi|consumer prices|producer prices|deflation\\w*|price index"), category: "macro", nodes: ["driver:cpiInflation"] },
  "employment": { words: words("unemployment|jobless|payrolls?|jobs report|labou?r market|jobs data|nonfarm|hiring|wages?"), category: "macro", nodes: ["driver:unemployment"] },
  "housing": { words: words("housing|home (?:sales|prices|starts|builders?)|homebuilders?|house prices|mortgages?|foreclosures?|subprime"), category: "macro", nodes: ["driver:housePrice", "driver:mortgageRate", "sector:REALESTATE"] },
  "trade": { words: words("tariffs?|trade (?:war|deal|talks|deficit|surplus|gap)|exports?|imports?|sanctions?|wto|nafta|customs dut(?:y|ies)|export controls?"), category: "policy" },
  "fiscal-policy": { words: words("budget|fiscal|stimulus|bailouts?|debt ceiling|tax(?:es|ation)?(?: cuts?| plan| bill| reform)?|deficits?|government shutdown|treasury secretary|spending bill"), category: "policy" },
  "growth": { words: words("gdp|recessions?|economic growth|economy|slowdown|factory (?:output|activity)|pmi|ism|retail sales|consumer (?:confidence|spending|sentiment)|industrial production|durable goods"), category: "macro", nodes: ["driver:gdpGrowth"] },
  "energy": { words: words("oil|crude|opec|natural gas|gasoline|brent|wti|pipelines?|refiner(?:y|ies)|lng|drilling|barrels?"), category: "markets", nodes: ["driver:oil"] },
  "currencies": { words: words("dollar|euro|yen|yuan|sterling|currenc(?:y|ies)|forex|fx|won falls|won rises|peso|rupee"), category: "markets", nodes: ["driver:usdIndex"] },
  "bonds": { words: words("bonds?|treasur(?:y|ies)|yields?|gilts?|bunds?|junk bonds?|credit spreads?|debt sales?|corporate debt"), category: "markets", nodes: ["driver:treasury10y", "driver:bbbYield"] },
  "volatility": { words: words("volatil\\w+|vix|fear gauge|market turmoil"), category: "markets", nodes: ["driver:vix"] },
  "equities": { words: words("wall st(?:reet)?|stocks|s&p(?: 500)?|nasdaq|dow(?: jones)?|ftse|nikkei|stock market|equities|shares (?:rise|fall|slip|gain|end|open|rally|drop)|futures|indexes|indices|bull market|bear market"), category: "markets", nodes: ["driver:equityIndex"] },
  "commercial-property": { words: words("commercial (?:property|real estate)|office (?:space|buildings?|towers?)|reits?|shopping (?:malls?|centers?|centres?)|cmbs"), category: "company", nodes: ["driver:commercialProperty", "sector:REALESTATE"] },
  "earnings": { words: words("earnings|profits?|quarterly (?:results?|loss|profit)|q[1-4]|results|eps|net (?:income|loss|profit)|revenues?|sales (?:rise|fall|grow|jump|drop|up|down)|beats? estimates|misses estimates"), category: "company" },
  "guidance": { words: words("guidance|outlook|forecasts?|profit warning|sees (?:q[1-4]|fy|20\\d\\d|first|second|third|fourth|full)|raises? (?:outlook|forecast|view)|cuts? (?:outlook|forecast|view)"), category: "company" },
  "dividends": { words: words("dividends?|buybacks?|share repurchases?|stock repurchases?|payouts?"), category: "company" },
  "analyst-ratings": { words: words("upgrad\\w+|downgrad\\w+|price targets?|initiates? coverage|overweight|underweight|outperform|analysts?|buy rating|maintains? (?:buy|hold|sell|neutral)|reiterates?"), category: "company" },
  "management": { words: words("ceos?|cfos?|chief executives?|chairm[ae]n|chairwom[ae]n|chairs?|board|resigns?|steps down|appoints?|names? new|executives?|directors?"), category: "company" },
  "layoffs": { words: words("layoffs?|lay(?:s|ing)? off|laid off|job cuts?|cuts? (?:\\d[\\d,]* )?jobs|redundanc(?:y|ies)|restructur\\w+|plant closures?|strikes?|workers"), category: "company" },
  "contracts": { words: words("contracts?|orders?|awarded|wins deal|signs (?:deal|agreement|pact)|partnerships?|partners with|deal with|supply (?:deal|agreement)"), category: "company" },
  "products": { words: words("launch(?:es|ed)?|unveils?|introduces?|iphones?|new (?:product|model|service|drug|chip|car)|recalls?|fda|drug trials?|debuts?|rolls out"), category: "company" },
  "litigation": { words: words("lawsuits?|sues?|sued|suing|courts?|judges?|jury|settle[sd]?|settlements?|class action|patents?|charged with|indict\\w*|trial|verdict|appeals?"), category: "company" },
  "regulation": { words: words("regulat\\w+|antitrust|sec|ftc|doj|probes?|investigat\\w+|watchdog|fined?|penalt(?:y|ies)|lawmakers?|congress|senate|compliance|eu commission|competition authority"), category: "policy" },
  "bankruptcy": { words: words("bankrupt\\w*|chapter 11|insolven\\w+|default(?:s|ed)?|creditors?|liquidat\\w+|going concern"), category: "company" },
  "cyber-security": { words: words("cyber\\w*|hack(?:s|ed|ers?|ing)?|data breach(?:es)?|ransomware|malware"), category: "company" },
  "banking": { words: words("banks?|banking|lenders?|loans?|credit cards?|jpmorgan|goldman|citigroup|wells fargo|morgan stanley|bank of america|deposits?|mortgage lender"), category: "company", nodes: ["sector:BANKING"] },
  "semiconductors": { words: words("semiconductors?|chips?|chipmakers?|foundr(?:y|ies)|nvidia|intel|amd|tsmc|qualcomm|micron|broadcom|wafers?|gpus?|memory chips?"), category: "company", nodes: ["sector:SEMICONDUCTOR"] },
  "artificial-intelligence": { words: words("ai|a\\.i\\.|artificial intelligence|machine learning|chatgpt|openai|chatbots?|llms?|generative"), category: "company" },
  "manufacturing": { words: words("manufactur\\w+|factor(?:y|ies)|automakers?|carmakers?|boeing|caterpillar|machinery|aerospace|industrials?|aircraft|plants?|assembly line"), category: "company", nodes: ["sector:MANUFACTURING"] },
  "real-estate": { words: words("real estate|property (?:developer|market|prices)|reits?|landlords?|developers?|rents?|tenants?|warehouses?"), category: "company", nodes: ["sector:REALESTATE"] },
};

const ENTRIES = Object.entries(RULES) as [Topic, Rule][];

/** Topics of a headline in the order of the table, the graph nodes they touch, and its category; a headline that names a company and has no topic is about that company. */
export function headlineTopics(text: string, namesCompany: boolean): { topics: Topic[]; nodes: string[]; category: Category } {
  const found = ENTRIES.filter(([, { words: pattern }]) => pattern.test(text));
  const decided = found.find(([, { category }]) => category !== null && !(namesCompany && (category === "markets" || category === "macro")))?.[1].category ?? found[0]?.[1].category;
  return { topics: found.map(([topic]) => topic), nodes: [...new Set(found.flatMap(([, { nodes = [] }]) => nodes))], category: decided ?? (namesCompany ? "company" : "other") };
}

/** Persons whose words move markets, by the names that headlines use. Offices are as of the years the person held them; only the name is tagged. */
const PEOPLE: Readonly<Record<string, RegExp>> = {
  "Jerome Powell": /\bPowell\b/, "Janet Yellen": /\bYellen\b/, "Ben Bernanke": /\bBernanke\b/, "Alan Greenspan": /\bGreenspan\b/, "Christine Lagarde": /\bLagarde\b/, "Mario Draghi": /\bDraghi\b/, "Kazuo Ueda": /\bUeda\b/, "Scott Bessent": /\bBessent\b/,
  "Donald Trump": /\bTrump(?!s? (?:card|Tower))\b/, "Joe Biden": /\bBiden\b/, "Barack Obama": /\bObama\b/, "Xi Jinping": /\bXi(?: Jinping)\b/, "Vladimir Putin": /\bPutin\b/, "Angela Merkel": /\bMerkel\b/, "Gary Gensler": /\bGensler\b/,
  "Elon Musk": /\bMusk\b/, "Warren Buffett": /\bBuffett\b/, "Jamie Dimon": /\bDimon\b/, "Jeff Bezos": /\bBezos\b/, "Mark Zuckerberg": /\bZuckerberg\b/, "Tim Cook": /\bTim Cook\b/, "Satya Nadella": /\bNadella\b/, "Sundar Pichai": /\bPichai\b/, "Jensen Huang": /\bJensen Huang\b|\bNvidia(?:'s)? Huang\b/, "Sam Altman": /\bAltman\b/, "Lisa Su": /\bLisa Su\b/, "Steve Jobs": /\bSteve Jobs\b/, "Bill Gates": /\bBill Gates\b/,
  "Michael Saylor": /\bSaylor\b/, "Cathie Wood": /\bCathie Wood\b/, "Bill Ackman": /\bAckman\b/, "Carl Icahn": /\bIcahn\b/, "George Soros": /\bSoros\b/, "Ray Dalio": /\bDalio\b/, "Michael Burry": /\bBurry\b/, "Brian Armstrong": /\bBrian Armstrong\b/, "Changpeng Zhao": /\bChangpeng Zhao\b|\bCZ\b/, "Sam Bankman-Fried": /\bBankman-Fried\b|\bSBF\b/,
};
const PERSONS = Object.entries(PEOPLE);
/** Their names, for lists to choose from. */
export const KNOWN_PEOPLE: readonly string[] = Object.keys(PEOPLE);

/** Persons named in a text, as their usual full names. Capitals count: "Cook" is a person, "cook" is not. */
export const namedPeople = (text: string): string[] => PERSONS.filter(([, pattern]) => pattern.test(text)).map(([name]) => name);
