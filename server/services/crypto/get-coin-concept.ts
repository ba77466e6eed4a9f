import type { CoinConceptDto, CoinInput } from "@/server/contracts/coin";
import type { Ctx } from "@/server/services/ctx";
import { loadCoinFeeds } from "./coin-feeds";
import { loadCoin, type Coin } from "./coin-parts";

/** What vendors tell of a coin. Nothing is written here that they did not say: a feature or a question without its figure is left out. */
export async function getCoinConcept(ctx: Ctx, { symbol }: CoinInput): Promise<CoinConceptDto> {
  const [coin, feeds] = await Promise.all([loadCoin(ctx, symbol), loadCoinFeeds(ctx)]);
  const { background } = coin.parts;
  const told = background && { ...background.content, provenance: background.provenance };
  return {
    symbol, nameEn: coin.nameEn, nameKo: coin.nameKo, feeds, categories: background?.content.categories ?? null, features: featuresOf(coin), faq: questionsOf(coin),
    background: told ? { name: told.name, description: told.description, genesisDate: told.genesisDate, consensus: told.consensus, homepage: told.homepage, whitepaper: told.whitepaper, provenance: told.provenance } : null,
  };
}

function featuresOf({ parts: { background, market } }: Coin): CoinConceptDto["features"] {
  const { consensus, genesisDate, repositories } = background?.content ?? { consensus: null, genesisDate: null, repositories: [] };
  const max = market?.content.max ?? null;
  return [
    ...(background && consensus ? [{ code: "consensus" as const, values: { consensus }, provenance: background.provenance }] : []),
    ...(market && max !== null ? [{ code: "supplyCapped" as const, values: { max }, provenance: market.provenance }] : []),
    ...(background && genesisDate ? [{ code: "genesis" as const, values: { date: genesisDate }, provenance: background.provenance }] : []),
    ...(background && repositories.length > 0 ? [{ code: "openSource" as const, values: { count: repositories.length, first: repositories[0]! }, provenance: background.provenance }] : []),
  ];
}

function questionsOf({ markets, parts: { background, market } }: Coin): CoinConceptDto["faq"] {
  const first = markets[0];
  const { consensus = null, genesisDate = null, repositories = [] } = background?.content ?? {};
  const { circulating = null, marketCap = null, rank = null, currency = "" } = market?.content ?? {};
  return [
    ...(first ? [{ code: "where-traded" as const, values: { markets: markets.map(({ exchange, market: code }) => `${exchange} ${code}`).join(", "), asOf: first.listedAsOf }, provenance: first.provenance }] : []),
    ...(background && genesisDate ? [{ code: "when-begun" as const, values: { date: genesisDate }, provenance: background.provenance }] : []),
    ...(background && consensus ? [{ code: "how-secured" as const, values: { consensus }, provenance: background.provenance }] : []),
    ...(market && circulating !== null ? [{ code: "how-many" as const, values: { circulating, ...(market.content.max === null ? {} : { max: market.content.max }) }, provenance: market.provenance }] : []),
    ...(market && marketCap !== null ? [{ code: "how-large" as const, values: { marketCap, currency, ...(rank === null ? {} : { rank }) }, provenance: market.provenance }] : []),
    ...(background && repositories.length > 0 ? [{ code: "where-code" as const, values: { repositories: repositories.slice(0, 3).join(", ") }, provenance: background.provenance }] : []),
  ];
}
