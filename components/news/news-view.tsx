"use client";

import { useInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Newspaper } from "lucide-react";
import { useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import { useState, type ReactNode } from "react";
import type { NewsHealthDto } from "@/server/contracts/news";
import { nextPage } from "../app-shell/next-page";
import { QueryBoundary } from "../app-shell/query-boundary";
import { useTRPC } from "../app-shell/trpc-client";
import { Instant } from "../format/instant";
import { EmptyState } from "../ui/empty-state";
import { Skeleton } from "../ui/skeleton";
import { Tabs } from "../ui/tabs";
import { DailyMood } from "./daily-mood";
import { ArticlePages, Headlines } from "./headlines";
import { MethodQuality, MoodPanel } from "./mood-panel";
import { MoversNews } from "./movers-news";
import { TickerField } from "./ticker-field";
import { NewsSources } from "./news-sources";
import { SocialPosts } from "./social-posts";
import { NEWS_VIEWS, type NewsFilters, type NewsView } from "./news-filters";
import { useNewsFilters } from "./use-news-filters";

// Reading the evidence needs the whole lexicon, which nobody needs who opens no article.
const ArticleDrawer = dynamic(() => import("./article-drawer").then((module) => module.ArticleDrawer), { ssr: false });

/** News and posts: search, filters, what movers and results bring, mood, and how it all is made. */
export function NewsView() {
  const t = useTranslations("news");
  const [filters, change] = useNewsFilters();
  const [opened, setOpened] = useState<string | null>(null);
  const health = useSuspenseQuery(useTRPC().news.getHealth.queryOptions()).data;
  const isEmpty = health.articles === 0;
  const content: Record<NewsView, ReactNode> = {
    headlines: isEmpty ? <NoNews /> : (
      <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,1fr)_380px]">
        <Headlines filters={filters} onChange={change} onOpen={setOpened} />
        <div className="max-xl:hidden"><MoodPanel ticker={filters.ticker} topic={filters.topic} days={filters.window} onDays={(window) => change({ window })} onTopic={(topic) => change({ topic })} /></div>
      </div>
    ),
    movers: isEmpty ? <NoNews /> : <MoversNews onOpen={setOpened} />,
    earnings: isEmpty ? <NoNews /> : <EarningsNews filters={filters} onChange={change} onOpen={setOpened} />,
    social: <SocialPosts />,
    mood: isEmpty ? <NoNews /> : <MoodView filters={filters} onChange={change} />,
    sources: <NewsSources onSource={(source) => change({ source, view: "headlines" })} />,
  };
  return (
    <div className="flex flex-col gap-3 p-4 md:p-5">
      <header className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h1 className="text-lg font-semibold">{t("title")}</h1>
        <p className="text-xs text-muted">{t("note", { articles: health.articles, sources: health.sources })}</p>
      </header>
      {!isEmpty && <Standstill health={health} />}
      <Tabs
        label={t("title")}
        value={filters.view}
        onChange={(view) => change({ view })}
        tabs={NEWS_VIEWS.map((value) => ({ value, label: t(`views.${value}`), content: <div className="pt-3"><QueryBoundary fallback={<Skeleton rows={10} rowClassName="h-12" />}>{value === filters.view && content[value]}</QueryBoundary></div> }))}
      />
      {opened && <ArticleDrawer id={opened} onClose={() => setOpened(null)} onPerson={(person) => { setOpened(null); change({ person, view: "headlines" }); }} />}
    </div>
  );
}

/** News that stopped are said to have stopped; the list alone would look like today's. */
function Standstill({ health }: { health: NewsHealthDto }) {
  const t = useTranslations("news.standstill");
  if (health.lastDay > 0 || health.newestAt === null) return null;
  const failed = health.feeds.filter(({ status }) => status === "FAILED").map(({ provider }) => provider);
  return <p role="note" className="rounded-md bg-warn-soft px-3 py-2 text-xs text-warn">{t.rich("text", { at: () => <Instant value={health.newestAt!} className="font-semibold" /> })} {failed.length > 0 ? t("failed", { vendors: failed.join(", ") }) : t("none")}</p>;
}

function NoNews() {
  const t = useTranslations("news.empty");
  return (
    <div className="panel">
      <EmptyState icon={Newspaper} title={t("title")}>
        <p>{t("text")}</p>
        <p className="mt-2"><code className="rounded-sm bg-surface-2 px-1.5 py-0.5 font-mono text-xs">npm run data:import -- &lt;folder&gt;</code></p>
        <p className="mt-2">{t("providers")}</p>
      </EmptyState>
    </div>
  );
}

type PartProps = { filters: NewsFilters; onChange: (change: Partial<NewsFilters>) => void };

function EarningsNews({ filters, onChange, onOpen }: PartProps & { onOpen: (id: string) => void }) {
  const t = useTranslations("news");
  const query = useInfiniteQuery(useTRPC().news.listEarnings.infiniteQueryOptions({ ticker: filters.ticker, limit: 50 }, nextPage));
  return (
    <section aria-label={t("views.earnings")} className="panel min-w-0 overflow-hidden">
      <div className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-3"><p className="min-w-0 flex-1 text-xs text-muted">{t("earningsNote")}</p><TickerField ticker={filters.ticker} onTicker={(ticker) => onChange({ ticker })} /></div>
      <ArticlePages query={query} onOpen={onOpen} onClear={() => onChange({ ticker: null })} />
    </section>
  );
}

function MoodView({ filters, onChange }: PartProps) {
  const quality = useSuspenseQuery(useTRPC().news.getSentiment.queryOptions({ days: 30 })).data.method;
  return (
    <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <DailyMood from={filters.from} to={filters.to} ticker={filters.ticker} category={filters.category} />
      <div className="flex min-w-0 flex-col gap-3">
        <MoodPanel ticker={filters.ticker} topic={filters.topic} days={filters.window} onDays={(window) => onChange({ window })} onTopic={(topic) => onChange({ topic, view: "headlines" })} />
        <MethodQuality quality={quality} />
      </div>
    </div>
  );
}
