import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageMessages } from "@/components/app-shell/page-messages";
import { QueryBoundary } from "@/components/app-shell/query-boundary";
import { MarketScreen } from "@/components/market/market-screen";
import { Skeleton } from "@/components/ui/skeleton";
import { Hydrate, prefetch, trpc } from "@/server/api/rsc";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("markets");
  return { title: t("title") };
}

export default function MarketsPage() {
  prefetch(trpc.market.listClocks.queryOptions());
  prefetch(trpc.market.getDashboard.queryOptions());
  prefetch(trpc.market.getIndexOverview.queryOptions());
  return (
    <PageMessages of={["markets", "market"]}>
      <Hydrate>
        <QueryBoundary fallback={<Skeleton rows={14} />}>
          <MarketScreen />
        </QueryBoundary>
      </Hydrate>
    </PageMessages>
  );
}
