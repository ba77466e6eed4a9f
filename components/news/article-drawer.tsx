"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import type { ArticleDto } from "@/server/contracts/news";
import { headlineSentiment } from "@/server/domain/news/headline-sentiment";
import { QueryError } from "../app-shell/query-boundary";
import { useTRPC } from "../app-shell/trpc-client";
import { useProviderName } from "../format/provenance-badge";
import { Sheet } from "../ui/dialog";
import { Skeleton } from "../ui/skeleton";
import { PublishedAt, ArticleItem } from "./article-item";
import { ArticleLink } from "./article-link";
import { scoreText, SentimentBadge } from "./sentiment-badge";

/** One article with all that is known of it, and those most like it. */
export function ArticleDrawer({ id, onClose, onPerson }: { id: string | null; onClose: () => void; onPerson?: (person: string) => void }) {
  const t = useTranslations("news");
  const { news } = useTRPC();
  const article = useQuery(news.get.queryOptions({ id: id ?? "" }, { enabled: id !== null }));
  const similar = useQuery(news.listSimilar.queryOptions({ id: id ?? "", limit: 8 }, { enabled: id !== null }));
  return (
    <Sheet open={id !== null} onOpenChange={(open) => !open && onClose()} title={t("similar.title")} className="md:w-[440px]">
      {article.isError ? <QueryError error={article.error} onRetry={() => void article.refetch()} /> : article.data ? <Told article={article.data} onPerson={onPerson} /> : <Skeleton rows={5} />}
      <h3 className="border-t border-line px-4 pt-3 pb-1 text-xs font-semibold">{t("similar.heading")}</h3>
      {similar.isError ? <QueryError compact error={similar.error} onRetry={() => void similar.refetch()} /> : similar.data === undefined ? <Skeleton rows={6} rowClassName="h-14" /> : similar.data.items.length === 0 ? <p className="px-4 py-3 text-sm text-muted">{t("similar.none")}</p> : (
        <ul>{similar.data.items.map((one) => <ArticleItem key={one.id} article={one} />)}</ul>
      )}
    </Sheet>
  );
}

function Told({ article, onPerson }: { article: ArticleDto; onPerson?: (person: string) => void }) {
  const t = useTranslations("news");
  const locale = useLocale();
  const providerName = useProviderName();
  // The same reading as on the server, for the words that it went by.
  const evidence = article.sentiment?.method === "lexicon" ? (headlineSentiment(article.title)?.evidence ?? []) : [];
  return (
    <article className="flex flex-col gap-2 px-4 py-3">
      <h3 className="text-base leading-6 font-semibold break-words"><ArticleLink url={article.url} className={article.url ? "hover:text-accent" : undefined}>{article.title}</ArticleLink></h3>
      <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-2xs text-muted"><span className="font-medium">{article.source.name}</span><PublishedAt value={article.publishedAt} /><SentimentBadge sentiment={article.sentiment} /><span>{t("broughtBy", { provider: providerName(article.provider) })}</span></p>
      {article.summary && <p className="text-sm leading-5 text-muted">{article.summary}</p>}
      {evidence.length > 0 && (
        <div>
          <h4 className="text-2xs font-medium text-muted">{t("similar.evidence")}</h4>
          <ul className="mt-1 flex flex-wrap gap-1.5">{evidence.map(({ term, weight }, at) => <li key={at} className="rounded-sm bg-surface-2 px-1.5 py-0.5 text-2xs">{term} <b className={weight > 0 ? "text-up" : "text-down"}>{scoreText(locale, weight)}</b></li>)}</ul>
        </div>
      )}
      {article.topics.length > 0 && <p className="text-2xs text-muted">{article.topics.map((topic) => t(`topics.${topic}`)).join(" · ")}</p>}
      {article.people.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">{article.people.map((person) => <li key={person}>{onPerson ? <button type="button" onClick={() => onPerson(person)} className="rounded-sm bg-surface-2 px-1.5 py-0.5 text-2xs font-medium hover:bg-surface-3">{person}</button> : <span className="text-2xs">{person}</span>}</li>)}</ul>
      )}
    </article>
  );
}
