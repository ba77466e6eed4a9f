"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import { nextPage } from "../app-shell/next-page";
import { useTRPC } from "../app-shell/trpc-client";
import { EmptyState } from "../ui/empty-state";
import { Panel } from "../ui/panel";
import { DailyMood } from "./daily-mood";
import { ArticlePages } from "./headlines";
import { MoodPanel } from "./mood-panel";
import type { NewsFilters } from "./news-filters";

const ArticleDrawer = dynamic(() => import("./article-drawer").then((module) => module.ArticleDrawer), { ssr: false });

/** What was written on one company, and how. */
export function CompanyNews({ ticker }: { ticker: string }) {
  const t = useTranslations("news");
  const [days, setDays] = useState<NewsFilters["window"]>("365");
  const [opened, setOpened] = useState<string | null>(null);
  const query = useInfiniteQuery({ ...useTRPC().news.listCompany.infiniteQueryOptions({ ticker, limit: 50 }, nextPage), placeholderData: keepPreviousData });
  return (
    <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,1fr)_400px]">
      <Panel title={t("company.title")} actions={<Link href={`/news?ticker=${encodeURIComponent(ticker)}`} className="text-xs font-medium text-accent hover:underline">{t("company.all", { ticker })}</Link>} bodyClassName="overflow-hidden">
        <ArticlePages query={query} onOpen={setOpened} empty={<EmptyState title={t("company.none")} />} scrollClassName="md:max-h-[720px]" />
      </Panel>
      <div className="flex min-w-0 flex-col gap-3">
        <MoodPanel ticker={ticker} days={days} onDays={setDays} />
        <DailyMood ticker={ticker} />
      </div>
      {opened && <ArticleDrawer id={opened} onClose={() => setOpened(null)} />}
    </div>
  );
}
