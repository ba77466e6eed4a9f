"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import type { ArticleDto, NewsHitDto } from "@/server/contracts/news";
import { DateOnly } from "../format/date-only";
import { Instant } from "../format/instant";
import { classNames } from "../ui/class-names";
import { ArticleLink } from "./article-link";
import { SentimentBadge } from "./sentiment-badge";

/** Tickers named before the rest is counted. */
const TICKERS_SHOWN = 4;

type Props = { article: ArticleDto | NewsHitDto; /** Opens the article's own words and those like it. */ onOpen?: (id: string) => void; className?: string };

/** One headline with where and when it stood, what it speaks of and how. */
export function ArticleItem({ article, onOpen, className }: Props) {
  const t = useTranslations("news");
  const { id, title, url, source, publishedAt, topics, tickers, sentiment, copies } = article;
  const pieces = "titlePieces" in article ? article.titlePieces : [{ text: title, isHit: false }];
  return (
    <li className={classNames("flex flex-col justify-center gap-1 border-b border-line px-4 py-2", className)}>
      <p className="text-sm leading-5 font-medium break-words md:line-clamp-2">
        <ArticleLink url={url} className={url ? "hover:text-accent" : undefined}>
          {pieces.map(({ text, isHit }, at) => (isHit ? <mark key={at} className="rounded-sm bg-warn-soft px-0.5 text-inherit">{text}</mark> : <span key={at}>{text}</span>))}
        </ArticleLink>
      </p>
      <div className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1 text-2xs text-muted">
        <span className="max-w-40 truncate font-medium">{source.name}</span>
        <PublishedAt value={publishedAt} />
        <SentimentBadge sentiment={sentiment} />
        {tickers.slice(0, TICKERS_SHOWN).map((ticker) => (
          <Link key={ticker} href={`/companies/${encodeURIComponent(ticker)}`} prefetch={false} className="rounded-sm bg-accent-soft px-1.5 py-0.5 font-mono font-semibold text-accent hover:brightness-110 max-md:py-1.5">{ticker}</Link>
        ))}
        {tickers.length > TICKERS_SHOWN && <span>{t("moreTickers", { count: tickers.length - TICKERS_SHOWN })}</span>}
        {topics[0] && <span className="max-md:hidden">{topics.slice(0, 2).map((topic) => t(`topics.${topic}`)).join(" · ")}</span>}
        {copies > 0 && <span>{t("copies", { count: copies })}</span>}
        {onOpen && <button type="button" onClick={() => onOpen(id)} aria-label={`${t("similar.open")}: ${title}`} className="ml-auto rounded-sm px-1 py-0.5 font-medium text-muted underline-offset-2 hover:text-text hover:underline max-md:py-2">{t("similar.open")}</button>}
      </div>
    </li>
  );
}

/** A day where the source gave no time, which no time zone moves. */
export function PublishedAt({ value, className }: { value: string; className?: string }) {
  return value.length === 10 ? <DateOnly value={value} className={className} /> : <Instant value={value} className={className} />;
}
