import type { Metadata } from "next";
import { PageMessages } from "@/components/app-shell/page-messages";
import { QueryBoundary } from "@/components/app-shell/query-boundary";
import { CoinView } from "@/components/crypto/coin-view";
import { Skeleton } from "@/components/ui/skeleton";
import { Hydrate, findOrNotFound, prefetch, trpc } from "@/server/api/rsc";

type Props = { params: Promise<{ symbol: string }> };

const symbolOf = async (params: Props["params"]) => decodeURIComponent((await params).symbol).toUpperCase();

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: await symbolOf(params) };
}

export default async function CoinPage({ params }: Props) {
  const symbol = await symbolOf(params);
  prefetch(trpc.crypto.getConcept.queryOptions({ symbol }));
  prefetch(trpc.crypto.getEcosystem.queryOptions({ symbol }));
  await findOrNotFound(trpc.crypto.getInvestment.queryOptions({ symbol }));
  return (
    <PageMessages of={["crypto"]}>
      <Hydrate>
        <QueryBoundary fallback={<Skeleton rows={14} />}>
          <CoinView symbol={symbol} />
        </QueryBoundary>
      </Hydrate>
    </PageMessages>
  );
}
