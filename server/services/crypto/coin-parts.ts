import { AppError } from "@/server/domain/app-error";
import type { CoinDetailRow, CoinMarketRow, VendorProvenance } from "@/server/providers/capabilities";
import type { Ctx, FiguresCtx } from "@/server/services/ctx";
import { loadCoinMarkets, sourceOf } from "./coin-rows";
import type { CoinMarketDto } from "@/server/contracts/coin";
import type { Provenance } from "@/server/contracts/common";

/** What is kept of each part; JSON as the vendor's rows have it. */
export type CoinPartContents = {
  market: Omit<CoinMarketRow, "provenance" | "coin">;
  background: Pick<CoinDetailRow, "name" | "description" | "categories" | "genesisDate" | "consensus" | "homepage" | "whitepaper" | "repositories">;
  development: NonNullable<CoinDetailRow["development"]>;
  community: NonNullable<CoinDetailRow["community"]>;
};
export type PartName = keyof CoinPartContents;
type PartRow = { [K in PartName]: { coin: string; part: K; content: CoinPartContents[K]; provenance: VendorProvenance } }[PartName];

/** Parts of a detail; one that the vendor left out whole is no part. */
export function partsOfDetail({ coin, provenance, ...row }: CoinDetailRow): PartRow[] {
  const { name, description, categories, genesisDate, consensus, homepage, whitepaper, repositories, development, community } = row;
  return [
    { coin, provenance, part: "background", content: { name, description, categories, genesisDate, consensus, homepage, whitepaper, repositories } },
    ...(development ? [{ coin, provenance, part: "development" as const, content: development }] : []),
    ...(community ? [{ coin, provenance, part: "community" as const, content: community }] : []),
  ];
}
export const partOfMarket = ({ coin, provenance, ...content }: CoinMarketRow): PartRow => ({ coin, provenance, part: "market", content });

/** Stores parts; returns how many changed. The day on which a part was received moves also when its content did not change. */
export async function storeCoinParts(ctx: Pick<FiguresCtx, "db" | "now">, rows: readonly PartRow[], runId: string): Promise<number> {
  const given = JSON.stringify(rows.map(({ coin, part, content, provenance }) => ({ coin, part, content, provider: provenance.provider, as_of: provenance.asOf, url: provenance.url })));
  return ctx.db.$transaction(async (tx) => {
    const changed = await tx.$executeRaw`
      INSERT INTO coin_part AS p (coin, part, content, provider, as_of, url, received_at, run_id)
      SELECT DISTINCT ON (coin, part) coin, part, content, provider, as_of, url, ${ctx.now()}::timestamptz, ${runId}::uuid FROM jsonb_to_recordset(${given}::jsonb) AS row (coin text, part text, content jsonb, provider text, as_of timestamptz, url text)
      ON CONFLICT (coin, part) DO UPDATE SET content = excluded.content, provider = excluded.provider, as_of = excluded.as_of, url = excluded.url, received_at = excluded.received_at, run_id = excluded.run_id
      WHERE (p.content, p.provider) IS DISTINCT FROM (excluded.content, excluded.provider)`;
    await tx.$executeRaw`
      UPDATE coin_part p SET received_at = ${ctx.now()}::timestamptz, as_of = greatest(p.as_of, row.as_of) FROM jsonb_to_recordset(${given}::jsonb) AS row (coin text, part text, as_of timestamptz) WHERE p.coin = row.coin AND p.part = row.part`;
    return changed;
  });
}

export type Coin = { symbol: string; nameEn: string | null; nameKo: string | null; markets: CoinMarketDto[]; parts: { [K in PartName]?: { content: CoinPartContents[K]; provenance: Provenance } } };

/** Instruments whose daily bars are of the coin, against the dollar or a dollar coin. */
export const coinInstruments = (symbol: string): string[] => [`${symbol}-USD`, `${symbol}USDT`];

/** What is stored of a coin. @throws AppError NOT_FOUND for a code that no exchange, no vendor and no stored price has */
export async function loadCoin(ctx: Pick<Ctx, "db">, symbol: string): Promise<Coin> {
  const [markets, rows, instrument] = await Promise.all([
    loadCoinMarkets(ctx, { coin: symbol }),
    ctx.db.coinPart.findMany({ where: { coin: symbol } }),
    ctx.db.instrument.findFirst({ where: { kind: "CRYPTO", symbol: { in: coinInstruments(symbol) } }, select: { name: true } }),
  ]);
  if (markets.length === 0 && rows.length === 0 && instrument === null) throw new AppError("NOT_FOUND", `No exchange of ours lists a coin with the code ${symbol}`, { field: "symbol" });
  const parts = Object.fromEntries(rows.map(({ part, content, provider, asOf }) => [part, { content, provenance: sourceOf("reported", provider, asOf.toISOString()) }])) as Coin["parts"];
  const named = markets.find(({ nameEn }) => nameEn !== null);
  return { symbol, nameEn: named?.nameEn ?? parts.market?.content.name ?? parts.background?.content.name ?? instrument?.name ?? null, nameKo: markets.find(({ nameKo }) => nameKo !== null)?.nameKo ?? null, markets, parts };
}
