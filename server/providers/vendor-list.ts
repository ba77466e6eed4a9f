import { ALPACA } from "./alpaca/alpaca-vendor";
import { ALPHA_VANTAGE } from "./alpha-vantage/alpha-vantage-vendor";
import { BINANCE } from "./binance/binance-vendor";
import { BITHUMB } from "./bithumb/bithumb-vendor";
import { COINGECKO } from "./coingecko/coingecko-vendor";
import { FINNHUB } from "./finnhub/finnhub-vendor";
import { FMP } from "./fmp/fmp-vendor";
import { FRED } from "./fred/fred-vendor";
import { NEWSAPI } from "./newsapi/newsapi-vendor";
import { POLYGON } from "./polygon/polygon-vendor";
import { RSS } from "./rss/rss-vendor";
import { SEC } from "./sec/sec-vendor";
import { TREASURY } from "./treasury/treasury-vendor";
import { TRUTH_SOCIAL } from "./truth-social/truth-social-vendor";
import { UPBIT } from "./upbit/upbit-vendor";
import { WORLD_BANK } from "./world-bank/world-bank-vendor";
import { X } from "./x/x-vendor";
import { YAHOO } from "./yahoo/yahoo-vendor";
import type { VendorDefinition } from "./vendor-definition";

/** Every vendor there is an adapter of. The order says nothing; priorities stand in the definitions. */
export const VENDORS: readonly VendorDefinition[] = [ALPACA, ALPHA_VANTAGE, BINANCE, BITHUMB, COINGECKO, FINNHUB, FMP, FRED, NEWSAPI, POLYGON, RSS, SEC, TREASURY, TRUTH_SOCIAL, UPBIT, WORLD_BANK, X, YAHOO];
