import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { nextPage } from "@/components/app-shell/next-page";
import { PageMessages } from "@/components/app-shell/page-messages";
import { QueryBoundary } from "@/components/app-shell/query-boundary";
import { newsInput } from "@/components/news/news-input";
import { NewsView } from "@/components/news/news-view";
import { readNewsFilters } from "@/components/news/news-filters";
import { Skeleton } from "@/components/ui/skeleton";
import { Hydrate, prefetch, prefetchInfinite, trpc } from "@/server/api/rsc";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("news");
  return { title: t("title") };
}

export default async function NewsPage({ searchParams }: Props) {
  const given = Object.entries(await searchParams).flatMap(([name, value]) => (typeof value === "string" ? [[name, value] as [string, string]] : []));
  const filters = readNewsFilters(`${new URLSearchParams(given)}`);
  prefetch(trpc.news.getHealth.queryOptions());
  if (filters.view === "headlines") {
    if (filters.query === "") prefetchInfinite(trpc.news.list.infiniteQueryOptions(newsInput(filters), nextPage));
    else prefetchInfinite(trpc.news.search.infiniteQueryOptions({ ...newsInput(filters), query: filters.query, sort: filters.sort }, nextPage));
    prefetch(trpc.news.getSentiment.queryOptions({ ticker: filters.ticker, topic: filters.topic, days: Number(filters.window) }));
  }
  // What the other parts wait for while they are drawn; a part that is opened later asks by itself.
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
