/**
 * Read when RSS_FEEDS names none: announcements of public bodies, which offer these feeds to be read by programs, without a key. The addresses
 * are as far as known: none was called when this was written, and one that has moved is reported in the run and in the panel of keys. Each is asked below a base of its own.
 */
export const DEFAULT_FEEDS = {
  "federal-reserve": "https://www.federalreserve.gov/feeds/press_all.xml",
  sec: "https://www.sec.gov/news/pressreleases.rss",
  bls: "https://www.bls.gov/feed/bls_latest.rss",
  bea: "https://apps.bea.gov/rss/rss.xml",
  treasury: "https://www.treasurydirect.gov/TA_WS/securities/announced/rss",
  eia: "https://www.eia.gov/rss/press_rss.xml",
  census: "https://www.census.gov/economic-indicators/indicator.xml",
  ecb: "https://www.ecb.europa.eu/rss/press.html",
  "bank-of-england": "https://www.bankofengland.co.uk/rss/news",
} as const;
