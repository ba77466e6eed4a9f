import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageMessages } from "@/components/app-shell/page-messages";
import { QueryBoundary } from "@/components/app-shell/query-boundary";
import { NewsView } from "@/components/news/news-view";
import { readNewsFilters } from "@/components/news/news-filters";
import { Skeleton } from "@/components/ui/skeleton";
import { Hydrate, prefetch, trpc } from "@/server/api/rsc";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("news");
  return { title: t("title") };
}

export default async function NewsPage({ searchParams }: Props) {
  const given = Object.entries(await searchParams).flatMap(([name, value]) => (typeof value === "string" ? [[name, value] as [string, string]] : []));
  const filters = readNewsFilters(`${new URLSearchParams(given)}`);
  prefetch(trpc.news.getHealth.queryOptions());
  // What a part waits for while it is drawn. Lists ask for themselves in the browser: one that may or may not be there by then would be drawn otherwise than here.
  if (filters.view === "movers") prefetch(trpc.news.listMovers.queryOptions({ limit: 12 }));
  if (filters.view === "mood" || filters.view === "sources") prefetch(trpc.news.getSentiment.queryOptions({ days: 30 }));
  if (filters.view === "sources") prefetch(trpc.news.listSources.queryOptions());
  if (filters.view === "social") prefetch(trpc.social.getAnalysis.queryOptions({ network: null, days: 30 }));
  return (
    <PageMessages of={["news"]}>
      <Hydrate>
        <QueryBoundary fallback={<Skeleton rows={14} rowClassName="h-12" />}>
          <NewsView />
        </QueryBoundary>
      </Hydrate>
    </PageMessages>
  );
}
