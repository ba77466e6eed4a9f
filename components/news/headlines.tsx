"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ArticleDto } from "@/server/contracts/news";
import { nextPage } from "../app-shell/next-page";
import { QueryError } from "../app-shell/query-boundary";
import { useTRPC } from "../app-shell/trpc-client";
import { Button } from "../ui/button";
import { classNames } from "../ui/class-names";
import { EmptyState } from "../ui/empty-state";
import { Skeleton } from "../ui/skeleton";
import { ArticleList } from "./article-list";
import { NewsFilterBar } from "./news-filter-bar";
import { newsInput } from "./news-input";
import { NO_NEWS_FILTER, type NewsFilters } from "./news-filters";

type Props = { filters: NewsFilters; onChange: (change: Partial<NewsFilters>) => void; onOpen: (id: string) => void };

/** Search and list of all articles. */
export function Headlines({ filters, onChange, onOpen }: Props) {
  const t = useTranslations("news");
  return (
    <section aria-label={t("views.headlines")} className="panel min-w-0 overflow-hidden">
      <NewsFilterBar filters={filters} onChange={onChange} />
      {filters.query === "" ? <Newest filters={filters} onChange={onChange} onOpen={onOpen} /> : <Found filters={filters} onChange={onChange} onOpen={onOpen} />}
    </section>
  );
}

function Newest({ filters, onChange, onOpen }: Props) {
  const { news } = useTRPC();
  const query = useInfiniteQuery({ ...news.list.infiniteQueryOptions(newsInput(filters), nextPage), placeholderData: keepPreviousData });
  return <ArticlePages query={query} onOpen={onOpen} onClear={() => onChange({ ...NO_NEWS_FILTER })} />;
}

function Found({ filters, onChange, onOpen }: Props) {
  const t = useTranslations("news");
  const { news } = useTRPC();
  const query = useInfiniteQuery({ ...news.search.infiniteQueryOptions({ ...newsInput(filters), query: filters.query, sort: filters.sort }, nextPage), placeholderData: keepPreviousData, retry: false });
  const first = query.data?.pages[0];
  return (
    <ArticlePages query={query} onOpen={onOpen} onClear={() => onChange({ ...NO_NEWS_FILTER, query: "" })}>
      {first?.correctedTo && <p role="status" className="border-b border-line bg-accent-soft px-4 py-2 text-xs">{t.rich("corrected", { words: first.correctedTo, typed: filters.query, b: (words) => <b className="font-semibold">{words}</b> })}</p>}
      {first?.isCut && <p className="border-b border-line px-4 py-2 text-2xs text-muted">{t("cut")} <button type="button" onClick={() => onChange({ sort: "newest" })} className="text-accent underline underline-offset-2">{t("cutAll")}</button></p>}
    </ArticlePages>
  );
}

type ArticlePagesProps = {
  query: { data?: { pages: { items: readonly ArticleDto[] }[] }; isPending: boolean; isError: boolean; isFetching: boolean; isPlaceholderData: boolean; error: unknown; refetch: () => unknown; hasNextPage: boolean; isFetchingNextPage: boolean; isFetchNextPageError: boolean; fetchNextPage: () => unknown };
  onOpen?: (id: string) => void;
  onClear?: () => void;
  /** In place of "nothing matches". */
  empty?: ReactNode;
  scrollClassName?: string;
  children?: ReactNode;
};

/** The pages of a list of articles in each of its states. */
export function ArticlePages({ query, onOpen, onClear, empty, scrollClassName, children }: ArticlePagesProps) {
  const t = useTranslations("news");
  const articles = query.data?.pages.flatMap(({ items }) => items) ?? [];
  if (query.isError && articles.length === 0) return <QueryError error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <Skeleton rows={8} rowClassName="h-16" />;
  return (
    <div aria-busy={query.isFetching} className={classNames(query.isPlaceholderData && "opacity-60")}>
      {children}
      {articles.length === 0
        ? (empty ?? <EmptyState icon={SearchX} title={t("noMatch")} action={onClear && <Button onClick={onClear}>{t("filter.clear")}</Button>}>{t("noMatchText")}</EmptyState>)
        : <ArticleList label={t("views.headlines")} articles={articles} pages={query} onOpen={onOpen} scrollClassName={scrollClassName} />}
    </div>
  );
}
