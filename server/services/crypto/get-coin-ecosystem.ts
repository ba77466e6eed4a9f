import { KRW_EXCHANGES, type CoinEcosystemDto, type CoinInput } from "@/server/contracts/coin";
import { utcDate } from "@/server/domain/calendar/trading-date";
import type { Ctx } from "@/server/services/ctx";
import { loadCoinFeeds } from "./coin-feeds";
import { loadCoin, type Coin, type CoinPartContents } from "./coin-parts";
import { sourceOf } from "./coin-rows";

const YEAR_MS = 365.25 * 86_400_000;
const MOST_PEERS = 12;
/** Lists of a vendor that say where a coin trades or who holds it, and not what it does: coins in them are no competitors. */
const NO_FIELD = /portfolio|ecosystem|exchange listing|index|made in|holdings|alleged|sec securit/i;

/** Development, community, maturity and competition of a coin, by what vendors tell. */
export async function getCoinEcosystem(ctx: Ctx, { symbol }: CoinInput): Promise<CoinEcosystemDto> {
  const [coin, feeds] = await Promise.all([loadCoin(ctx, symbol), loadCoinFeeds(ctx)]);
  const { development, community } = coin.parts;
  return {
    symbol, nameEn: coin.nameEn, nameKo: coin.nameKo, feeds,
    development: development ? { ...development.content, issuesClosedShare: closedShare(development.content), repositories: coin.parts.background?.content.repositories ?? [], provenance: development.provenance } : null,
    community: community ? { ...community.content, provenance: community.provenance } : null,
    maturity: maturityOf(coin, ctx.now()),
    competition: await loadCompetition(ctx, coin),
  };
}

function closedShare({ issuesOpen, issuesClosed }: CoinPartContents["development"]): number | null {
  const all = issuesOpen === null || issuesClosed === null ? 0 : issuesOpen + issuesClosed;
  return all === 0 ? null : issuesClosed! / all;
}

function maturityOf({ markets, parts: { background, market } }: Coin, now: Date): CoinEcosystemDto["maturity"] {
  const genesis = background?.content.genesisDate ? Date.parse(background.content.genesisDate) : Number.NaN;
  const { circulating = null, max = null, price = null, allTimeHigh = null, rank = null, marketCap = null, currency = null } = market?.content ?? {};
  return {
    ageYears: Number.isNaN(genesis) ? null : (Date.parse(utcDate(now)) - genesis) / YEAR_MS, rank, marketCap, currency, issuedShare: circulating !== null && max ? circulating / max : null, fromAllTimeHigh: price !== null && allTimeHigh ? price / allTimeHigh - 1 : null,
    krwExchanges: KRW_EXCHANGES.filter((exchange) => markets.some((one) => one.exchange === exchange)), provenance: market?.provenance ?? background?.provenance ?? null,
  };
}

type Peer = { coin: string; name: string | null; market: CoinPartContents["market"] | null; provider: string | null; as_of: Date | null };

/** Coins in the first of its categories that says what it does, the coin itself among them. */
async function loadCompetition(ctx: Ctx, { symbol, parts: { background } }: Coin): Promise<CoinEcosystemDto["competition"]> {
  const category = background?.content.categories.find((one) => !NO_FIELD.test(one));
  if (category === undefined) return null;
  const peers = await ctx.db.$queryRaw<Peer[]>`
    SELECT b.coin, b.content->>'name' AS name, m.content AS market, m.provider, m.as_of FROM coin_part b LEFT JOIN coin_part m ON m.coin = b.coin AND m.part = 'market'
    WHERE b.part = 'background' AND b.content->'categories' ? ${category} ORDER BY (m.content->>'marketCap')::float8 DESC NULLS LAST, b.coin LIMIT ${MOST_PEERS}`;
  const total = peers.reduce((sum, { market }) => sum + (market?.marketCap ?? 0), 0);
  const items = peers.map(({ coin, name, market, provider, as_of: asOf }) => {
    const marketCap = market?.marketCap ?? null;
    return { symbol: coin, name: name ?? coin, marketCap, currency: market?.currency ?? null, share: marketCap === null || total === 0 ? null : marketCap / total, provenance: provider && asOf ? sourceOf("reported", provider, asOf.toISOString()) : background!.provenance };
  });
  return items.some((item) => item.symbol !== symbol) ? { category, items } : { category, items: [] };
}
