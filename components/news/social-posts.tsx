"use client";

import { keepPreviousData, useInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { ExternalLink, MessageSquareText } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { useState } from "react";
import { SOCIAL_NETWORKS, SOCIAL_SORTS, type SocialAnalysisDto, type SocialNetworkName, type SocialPostDto } from "@/server/contracts/social";
import { nextPage } from "../app-shell/next-page";
import { QueryBoundary, QueryError } from "../app-shell/query-boundary";
import { useTRPC } from "../app-shell/trpc-client";
import { dateText } from "../format/date-text";
import { Absent } from "../format/figure";
import { Instant } from "../format/instant";
import { numberText } from "../format/number-text";
import { Badge } from "../ui/badge";
import { EmptyState } from "../ui/empty-state";
import { LoadMore } from "../ui/load-more";
import { Panel } from "../ui/panel";
import { Segmented } from "../ui/segmented";
import { Select } from "../ui/select";
import { Skeleton } from "../ui/skeleton";
import { scoreText, SentimentBadge } from "./sentiment-badge";
import { WatchList } from "./watch-list-panel";

const PAGE = 30;
const ALL = "all";
const WINDOWS = ["7", "30", "365"] as const;

/** Public posts, their mood, and whose of them a person wants to be told of. */
export function SocialPosts() {
  const t = useTranslations("news.social");
  const { social } = useTRPC();
  const [network, setNetwork] = useState<SocialNetworkName | null>(null);
  const [sort, setSort] = useState<(typeof SOCIAL_SORTS)[number]>("newest");
  const query = useInfiniteQuery({ ...social.list.infiniteQueryOptions({ network, sort, limit: PAGE }, nextPage), placeholderData: keepPreviousData });
  const posts = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,1fr)_380px]">
      <section aria-label={t("title")} className="panel min-w-0 overflow-hidden">
        <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-3">
          <Segmented label={t("sort.label")} value={sort} onChange={setSort} options={SOCIAL_SORTS.map((value) => ({ value, label: t(`sort.${value}`) }))} />
          <Select prefixed label={t("network")} value={network ?? ALL} onChange={(value) => setNetwork(SOCIAL_NETWORKS.find((one) => one === value) ?? null)} options={[{ value: ALL, label: t("anyNetwork") }, ...SOCIAL_NETWORKS.map((value) => ({ value: value as string, label: t(`networks.${value}`) }))]} />
        </div>
        {query.isError && posts.length === 0 ? <QueryError error={query.error} onRetry={() => void query.refetch()} /> : query.isPending ? <Skeleton rows={8} rowClassName="h-20" /> : posts.length === 0 ? (
          <EmptyState icon={MessageSquareText} title={t("empty")}>{t("emptyText")}</EmptyState>
        ) : (
          <>
            <ul aria-busy={query.isFetching}>{posts.map((post) => <Post key={post.id} post={post} />)}</ul>
            <LoadMore shown={posts.length} hasMore={query.hasNextPage} loading={query.isFetchingNextPage} failed={query.isFetchNextPageError} onLoad={() => void query.fetchNextPage()} />
          </>
        )}
      </section>
      <div className="flex min-w-0 flex-col gap-3">
        <QueryBoundary fallback={<Skeleton rows={6} />}><SocialMood network={network} /></QueryBoundary>
        <WatchList />
      </div>
    </div>
  );
}

function Post({ post }: { post: SocialPostDto }) {
  const t = useTranslations("news");
  const locale = useLocale();
  const counts = (["likes", "reposts", "replies", "quotes", "views"] as const).flatMap((name) => (post[name] === null ? [] : [t(`social.counts.${name}`, { shown: numberText(locale, post[name], { notation: "compact" }) })]));
  return (
    <li className="flex flex-col gap-1.5 border-b border-line px-4 py-3 last:border-b-0">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-2xs text-muted">
        <b className="text-xs font-semibold text-text">{post.author.name ?? `@${post.author.handle}`}</b>
        <span>@{post.author.handle} · {t(`social.networks.${post.network}`)}</span>
        <Instant value={post.postedAt} />
        {post.isRepost && <Badge>{t("social.repost")}</Badge>}
        {post.movedBy && <Badge tone="warn">{t(`social.moved.${post.movedBy}`)}</Badge>}
      </p>
      <p className="text-sm leading-5 break-words whitespace-pre-line">{post.text}</p>
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-2xs text-muted">
        <SentimentBadge sentiment={post.sentiment} />
        {post.tickers.map((ticker) => <Link key={ticker} href={`/companies/${encodeURIComponent(ticker)}`} prefetch={false} className="rounded-sm bg-accent-soft px-1.5 py-0.5 font-mono font-semibold text-accent hover:brightness-110 max-md:py-1.5">{ticker}</Link>)}
        <span className="tabular-nums">{counts.length > 0 ? counts.join(" · ") : t("social.noCounts")}</span>
        <a href={post.url} target="_blank" rel="noopener nofollow noreferrer" className="ml-auto inline-flex items-center gap-1 hover:text-text hover:underline max-md:py-2">{t("social.original")}<ExternalLink aria-hidden="true" strokeWidth={1.6} className="size-3" /><span className="sr-only"> {t("newWindow")}</span></a>
      </div>
    </li>
  );
}

function SocialMood({ network }: { network: SocialNetworkName | null }) {
  const t = useTranslations("news");
  const locale = useLocale();
  const [days, setDays] = useState<(typeof WINDOWS)[number]>("30");
  const analysis = useSuspenseQuery(useTRPC().social.getAnalysis.queryOptions({ network, days: Number(days) })).data;
  return (
    <Panel title={t("social.mood")} detail={analysis.from && analysis.to ? t("mood.window", { from: dateText(locale, analysis.from), to: dateText(locale, analysis.to) }) : undefined} actions={<Segmented label={t("mood.days")} value={days} onChange={setDays} options={WINDOWS.map((value) => ({ value, label: t("mood.lastDays", { days: Number(value) }) }))} />}>
      {analysis.posts === 0 ? <p className="text-sm text-muted">{t("social.nothing")}</p> : <Figures analysis={analysis} />}
    </Panel>
  );
}

function Figures({ analysis }: { analysis: SocialAnalysisDto }) {
  const t = useTranslations("news");
  const locale = useLocale();
  const score = (value: number | null) => (value === null ? <Absent reason={t("mood.noJudged")} /> : scoreText(locale, value));
  return (
    <div className="flex flex-col gap-3">
      <dl className="grid grid-cols-2 gap-3">
        <div><dt className="text-2xs text-muted">{t("social.weighted")}</dt><dd className="text-xl font-semibold tabular-nums">{score(analysis.weightedScore)}</dd></div>
        <div><dt className="text-2xs text-muted">{t("social.plain")}</dt><dd className="text-xl font-semibold tabular-nums">{score(analysis.score)}</dd></div>
      </dl>
      <p className="text-2xs text-muted">{t("social.judged", { posts: analysis.posts, judged: analysis.judged, authors: analysis.authors, unweighted: analysis.unweighted })}</p>
      {analysis.byAuthor.length > 0 && (
        <table className="w-full text-xs">
          <caption className="sr-only">{t("social.authors")}</caption>
          <thead><tr className="text-2xs text-muted"><th scope="col" className="py-1 text-left font-medium">{t("social.author")}</th><th scope="col" className="py-1 text-right font-medium">{t("social.posts")}</th><th scope="col" className="py-1 text-right font-medium">{t("social.engagement")}</th><th scope="col" className="py-1 text-right font-medium">{t("mood.score")}</th></tr></thead>
          <tbody>
            {analysis.byAuthor.map((row) => (
              <tr key={`${row.network} ${row.handle}`} className="border-t border-line">
                <th scope="row" className="max-w-32 truncate py-1.5 text-left font-normal">@{row.handle}</th>
                <td className="py-1.5 text-right tabular-nums">{numberText(locale, row.posts)}</td>
                <td className="py-1.5 text-right tabular-nums">{row.engagement === null ? <Absent reason={t("social.noCounts")} /> : numberText(locale, row.engagement, { notation: "compact" })}</td>
                <td className="py-1.5 text-right tabular-nums">{score(row.score)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="border-t border-line pt-2 text-2xs text-muted">{t("social.how")}</p>
    </div>
  );
}
