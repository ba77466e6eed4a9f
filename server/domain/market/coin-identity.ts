import { AppError } from "@/server/domain/app-error";

/*
 * Which coin an exchange's code means. Codes are not names: two exchanges use one code for different coins, and a code passes to another coin
 * after a delisting. So:
 *
 * 1. A code is matched with a CoinGecko id only where the pair stands below; a code that does not is unknown, never guessed from its letters.
 * 2. Where the exchange tells a name, it has to be one of the names below; else the code means another coin there.
 * 3. Prices of one code on two exchanges make a premium only within a bound around the premium of the board; beyond it the match is
 *    suspicious and shown as such: another coin, another unit (1000SATS is a thousand), or a market whose deposits are closed.
 */

type KnownCoin = { id: string; names: readonly string[] };

/** Names as exchanges write them, compared without case, blanks and signs; ids as CoinGecko has them. The adapter refuses an id whose coin answers to another code. */
const KNOWN_COINS: Readonly<Record<string, KnownCoin>> = {
  "1INCH": { id: "1inch", names: ["1inch", "1inch Network"] },
  AAVE: { id: "aave", names: ["Aave"] },
  ADA: { id: "cardano", names: ["Ada", "Cardano"] },
  ALGO: { id: "algorand", names: ["Algorand"] },
  ANKR: { id: "ankr", names: ["Ankr", "Ankr Network"] },
  APE: { id: "apecoin", names: ["ApeCoin"] },
  API3: { id: "api3", names: ["API3"] },
  APT: { id: "aptos", names: ["Aptos"] },
  AR: { id: "arweave", names: ["Arweave"] },
  ARB: { id: "arbitrum", names: ["Arbitrum"] },
  ATOM: { id: "cosmos", names: ["Cosmos"] },
  AVAX: { id: "avalanche-2", names: ["Avalanche"] },
  AXS: { id: "axie-infinity", names: ["Axie Infinity"] },
  BAT: { id: "basic-attention-token", names: ["Basic Attention Token"] },
  BCH: { id: "bitcoin-cash", names: ["Bitcoin Cash"] },
  BLUR: { id: "blur", names: ["Blur"] },
  BNB: { id: "binancecoin", names: ["BNB"] },
  BONK: { id: "bonk", names: ["Bonk"] },
  BTC: { id: "bitcoin", names: ["Bitcoin"] },
  BTT: { id: "bittorrent", names: ["BitTorrent"] },
  CELO: { id: "celo", names: ["Celo"] },
  CHZ: { id: "chiliz", names: ["Chiliz"] },
  COMP: { id: "compound-governance-token", names: ["Compound"] },
  CRO: { id: "crypto-com-chain", names: ["Cronos"] },
  CRV: { id: "curve-dao-token", names: ["Curve", "Curve DAO Token"] },
  DOGE: { id: "dogecoin", names: ["Dogecoin"] },
  DOT: { id: "polkadot", names: ["Polkadot"] },
  EGLD: { id: "elrond-erd-2", names: ["MultiversX"] },
  ENJ: { id: "enjincoin", names: ["Enjin Coin", "Enjin"] },
  ENS: { id: "ethereum-name-service", names: ["Ethereum Name Service"] },
  EOS: { id: "eos", names: ["EOS"] },
  ETC: { id: "ethereum-classic", names: ["Ethereum Classic"] },
  ETH: { id: "ethereum", names: ["Ethereum"] },
  FET: { id: "fetch-ai", names: ["Fetch.ai", "Artificial Superintelligence Alliance"] },
  FIL: { id: "filecoin", names: ["Filecoin"] },
  FLOW: { id: "flow", names: ["Flow"] },
  GALA: { id: "gala", names: ["Gala"] },
  GRT: { id: "the-graph", names: ["The Graph"] },
  HBAR: { id: "hedera-hashgraph", names: ["Hedera"] },
  ICP: { id: "internet-computer", names: ["Internet Computer"] },
  ICX: { id: "icon", names: ["ICON"] },
  IMX: { id: "immutable-x", names: ["Immutable X", "Immutable"] },
  INJ: { id: "injective-protocol", names: ["Injective"] },
  IOTA: { id: "iota", names: ["IOTA"] },
  KAVA: { id: "kava", names: ["Kava"] },
  KSM: { id: "kusama", names: ["Kusama"] },
  LDO: { id: "lido-dao", names: ["Lido DAO"] },
  LINK: { id: "chainlink", names: ["Chainlink"] },
  LTC: { id: "litecoin", names: ["Litecoin"] },
  MANA: { id: "decentraland", names: ["Decentraland"] },
  MASK: { id: "mask-network", names: ["Mask Network"] },
  MINA: { id: "mina-protocol", names: ["Mina"] },
  NEAR: { id: "near", names: ["NEAR Protocol"] },
  NEO: { id: "neo", names: ["NEO"] },
  ONDO: { id: "ondo-finance", names: ["Ondo Finance", "Ondo"] },
  ONT: { id: "ontology", names: ["Ontology"] },
  OP: { id: "optimism", names: ["Optimism"] },
  PENDLE: { id: "pendle", names: ["Pendle"] },
  PEPE: { id: "pepe", names: ["Pepe"] },
  QTUM: { id: "qtum", names: ["Qtum"] },
  RENDER: { id: "render-token", names: ["Render Token", "Render"] },
  SAND: { id: "the-sandbox", names: ["The Sandbox"] },
  SEI: { id: "sei-network", names: ["Sei"] },
  SHIB: { id: "shiba-inu", names: ["Shiba Inu"] },
  SNX: { id: "havven", names: ["Synthetix Network Token", "Synthetix"] },
  SOL: { id: "solana", names: ["Solana"] },
  STX: { id: "blockstack", names: ["Stacks"] },
  SUI: { id: "sui", names: ["Sui"] },
  SUSHI: { id: "sushi", names: ["Sushiswap", "Sushi"] },
  THETA: { id: "theta-token", names: ["Theta Token", "Theta Network"] },
  TIA: { id: "celestia", names: ["Celestia"] },
  TON: { id: "the-open-network", names: ["Toncoin"] },
  TRX: { id: "tron", names: ["TRON"] },
  UNI: { id: "uniswap", names: ["Uniswap"] },
  USDC: { id: "usd-coin", names: ["USD Coin", "USDC"] },
  USDT: { id: "tether", names: ["Tether", "Tether USDt"] },
  VET: { id: "vechain", names: ["VeChain", "VeChainThor"] },
  WLD: { id: "worldcoin-wld", names: ["Worldcoin"] },
  XLM: { id: "stellar", names: ["Lumen", "Stellar Lumens", "Stellar"] },
  XRP: { id: "ripple", names: ["XRP", "Ripple"] },
  XTZ: { id: "tezos", names: ["Tezos"] },
  YFI: { id: "yearn-finance", names: ["yearn.finance"] },
  ZIL: { id: "zilliqa", names: ["Zilliqa"] },
  ZRX: { id: "0x", names: ["0x", "0x Protocol"] },
};

/** CoinGecko's id of an exchange's code, where it is known; null where it is not, or where the exchange's name of the coin is another's. */
export function coinIdOf(code: string, name?: string | null): string | null {
  const known = Object.hasOwn(KNOWN_COINS, code) ? KNOWN_COINS[code]! : null;
  if (known === null) return null;
  return name == null || known.names.some((one) => plain(one) === plain(name)) ? known.id : null;
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** Assumed: of bitcoin itself, which nobody mistakes, the largest premium of 2018 was about half; around the board's median it is an outlier that asks for a reason. */
const LARGEST_FACTOR = 1.5;

/**
 * Whether a coin's premium is so far from the board's that its two prices are probably not of one coin.
 *
 *     suspicious when |ln((1 + p) / (1 + m))| > ln f
 *
 * @param premium  p: of the coin; fraction > -1
 * @param board  m: median premium of the coins on the same board; fraction > -1, 0 where none is known
 * @param options.factor  f: > 1; how many times dearer or cheaper than the board a true match may be; default 1.5
 * @returns whether to show the match as suspicious rather than its premium
 * @throws AppError INVALID_INPUT when a premium is not finite or not above -1, or the factor is not above 1
 *
 * Convention: symmetric in ratios, so that twice as dear is as far as half as dear; a bound is a warning and no proof, and two coins of like
 *   price pass it.
 * Source: the bound is assumed; Choi, Lehar and Stauffer, "Bitcoin Microstructure and the Kimchi Premium", SSRN 3189051, 2022, report
 *   premiums of bitcoin up to some 0.5 in January 2018.
 * Worked: p = 0.6, m = 0.02, f = 1.5 -> 1.6 / 1.02 = 1.569 > 1.5: suspicious; p = -0.3 -> 0.686, 1 / 0.686 = 1.457: not
 */
export function isSuspiciousMatch(premium: number, board: number, { factor = LARGEST_FACTOR }: { factor?: number } = {}): boolean {
  if (![premium, board].every((value) => Number.isFinite(value) && value > -1) || !(factor > 1)) throw new AppError("INVALID_INPUT", "Premiums are fractions above -1, and the factor is above 1", { field: "premium" });
  return Math.abs(Math.log((1 + premium) / (1 + board))) > Math.log(factor);
}
