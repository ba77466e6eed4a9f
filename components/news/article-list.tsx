"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import type { ArticleDto, NewsHitDto } from "@/server/contracts/news";
import { LoadMore } from "../ui/load-more";
import { classNames } from "../ui/class-names";
import { useMediaQuery } from "../ui/use-media-query";
import { useWindowedRows } from "../ui/use-windowed-rows";
import { ArticleItem } from "./article-item";

/** As the height of the rows below: windowing counts on it. */
const ROW_HEIGHT = 84;
const WINDOWED_FROM = 80;
/** The next page is asked for this far before the end. */
const AHEAD_PX = 600;

type Pages = { hasNextPage: boolean; isFetchingNextPage: boolean; isFetchNextPageError: boolean; fetchNextPage: () => unknown };
type Props = { label: string; articles: readonly (ArticleDto | NewsHitDto)[]; pages: Pages; onOpen?: (id: string) => void; scrollClassName?: string };

/** Headlines without end: on wide screens only those in sight are drawn, and the next page comes as its end comes near; on phones, where the page itself scrolls, each page is asked for. */
export function ArticleList({ label, articles, pages, onOpen, scrollClassName = "md:max-h-[calc(100dvh-290px)] md:min-h-96" }: Props) {
  const t = useTranslations("news");
  const scrollRef = useRef<HTMLDivElement>(null);
  const isWide = useMediaQuery("(min-width: 768px)");
  const { indices, before, after } = useWindowedRows({ count: articles.length, rowHeight: ROW_HEIGHT, enabled: isWide && articles.length > WINDOWED_FROM, container: scrollRef });
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = pages;

  useEffect(() => {
    const element = scrollRef.current;
    if (!element || !isWide || !hasNextPage || isFetchingNextPage || isFetchNextPageError) return;
    const look = () => {
      if (element.scrollTop > 0 && element.scrollHeight - element.scrollTop - element.clientHeight < AHEAD_PX) void fetchNextPage();
    };
    element.addEventListener("scroll", look, { passive: true });
    return () => element.removeEventListener("scroll", look);
  }, [isWide, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);

  return (
    <div ref={scrollRef} role="region" aria-label={label} tabIndex={0} className={classNames("relative overflow-y-auto focus-visible:outline-offset-[-2px]", scrollClassName)}>
      <ul aria-label={t("listOf", { count: articles.length })}>
        {before > 0 && <li aria-hidden="true" style={{ height: before }} />}
        {indices.map((at) => {
          const article = articles[at]!;
          return <ArticleItem key={article.id} article={article} onOpen={onOpen} className="md:h-[84px]" />;
        })}
        {after > 0 && <li aria-hidden="true" style={{ height: after }} />}
      </ul>
      <LoadMore shown={articles.length} hasMore={hasNextPage} loading={isFetchingNextPage} failed={isFetchNextPageError} onLoad={() => void fetchNextPage()} />
    </div>
  );
}
