import type { Metadata } from "next";
import { PageMessages } from "@/components/app-shell/page-messages";
import { QueryBoundary } from "@/components/app-shell/query-boundary";
import { CompanyView } from "@/components/market/company-view";
import { Skeleton } from "@/components/ui/skeleton";
import { Hydrate, findOrNotFound, trpc } from "@/server/api/rsc";

type Props = { params: Promise<{ ticker: string }> };

const tickerOf = async (params: Props["params"]) => decodeURIComponent((await params).ticker).toUpperCase();

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: await tickerOf(params) };
}

export default async function CompanyPage({ params }: Props) {
  const ticker = await tickerOf(params);
  await findOrNotFound(trpc.market.getCompany.queryOptions({ ticker }));
  return (
    <PageMessages of={["market", "scenario", "news"]}>
      <Hydrate>
        <QueryBoundary fallback={<Skeleton rows={14} />}>
          <CompanyView ticker={ticker} />
        </QueryBoundary>
      </Hydrate>
    </PageMessages>
  );
}
