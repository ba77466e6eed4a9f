"use client";

import { useSuspenseQueries } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import type { z } from "zod";
import type { NewsHealthDto, newsSourceRow } from "@/server/contracts/news";
import { useTRPC } from "../app-shell/trpc-client";
import { Absent } from "../format/figure";
import { Instant } from "../format/instant";
import { numberText, percentText } from "../format/number-text";
import { useProviderName } from "../format/provenance-badge";
import { Badge } from "../ui/badge";
import { DataTable, type DataColumn } from "../ui/data-table";
import { Panel } from "../ui/panel";
import { MethodQuality } from "./mood-panel";

type SourceRow = z.infer<typeof newsSourceRow>;
const RUN_TONE = { SUCCEEDED: "up", FAILED: "down", RUNNING: "accent" } as const;

/** Who published, what brings it, how fresh it is, and how good the judgement is. */
export function NewsSources({ onSource }: { onSource: (key: string) => void }) {
  const t = useTranslations("news");
  const { news } = useTRPC();
  const [{ data: sources }, { data: health }, { data: mood }] = useSuspenseQueries({ queries: [news.listSources.queryOptions(), news.getHealth.queryOptions(), news.getSentiment.queryOptions({ days: 30 })] });
  const columns = useSourceColumns(onSource);
  return (
    <div className="grid gap-3 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-3">
        <Health health={health} />
        <MethodQuality quality={mood.method} />
      </div>
      <Panel title={t("sources.title")} detail={t("sources.count", { count: sources.items.length })} bodyClassName="">
        <DataTable label={t("sources.title")} rows={sources.items} columns={columns} rowKey={({ key }) => key} csvName="nexus-news-sources" scrollClassName="max-h-[calc(100dvh-300px)] max-md:max-h-none" />
      </Panel>
    </div>
  );
}

function Health({ health }: { health: NewsHealthDto }) {
  const t = useTranslations("news.health");
  const locale = useLocale();
  const providerName = useProviderName();
  const figures = [
    [t("articles"), numberText(locale, health.articles)],
    [t("lastDay"), t("lastDayOf", { lastDay: numberText(locale, health.lastDay), usual: numberText(locale, health.usualDay, { maximumFractionDigits: 0 }) })],
    [t("withSentiment"), percentText(locale, health.withSentiment)],
    [t("withTicker"), percentText(locale, health.withTicker)],
    [t("duplicates"), numberText(locale, health.duplicates)],
  ] as const;
  return (
    <Panel title={t("title")}>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 md:grid-cols-3">
        <div><dt className="text-2xs text-muted">{t("newest")}</dt><dd className="text-sm font-semibold">{health.newestAt ? <Instant value={health.newestAt} /> : <Absent />}</dd></div>
        {figures.map(([label, value]) => <div key={label}><dt className="text-2xs text-muted">{label}</dt><dd className="text-sm font-semibold tabular-nums">{value}</dd></div>)}
      </dl>
      <h3 className="mt-4 text-xs font-semibold">{t("feeds")}</h3>
      {health.feeds.length === 0 ? <p className="mt-1 text-xs text-muted">{t("noFeeds")}</p> : (
        <ul className="mt-1 divide-y divide-line">
          {health.feeds.map(({ provider, lastRunAt, status, received, changed, error }) => (
            <li key={provider} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-xs">
              <span className="font-medium">{providerName(provider)}</span>
              {status && <Badge tone={RUN_TONE[status]}>{t(`status.${status}`)}</Badge>}
              {lastRunAt && <Instant value={lastRunAt} className="text-2xs text-muted" />}
              <span className="ml-auto text-2xs text-muted tabular-nums">{t("counts", { received: numberText(locale, received), changed: numberText(locale, changed) })}</span>
              {error && <p className="w-full text-2xs break-words text-down">{error}</p>}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function useSourceColumns(onSource: (key: string) => void): DataColumn<SourceRow>[] {
  const t = useTranslations("news.sources");
  const locale = useLocale();
  return useMemo(() => [
    { id: "name", header: t("name"), fixed: true, value: ({ name }) => name, cell: ({ key, name }) => <button type="button" onClick={() => onSource(key)} className="max-w-48 truncate text-left font-medium hover:text-accent hover:underline">{name}</button> },
    { id: "kind", header: t("kind"), wideOnly: true, value: ({ kind }) => t(`kinds.${kind}`), cell: ({ kind }) => <span className="text-muted">{t(`kinds.${kind}`)}</span> },
    { id: "articles", header: t("articles"), align: "end", value: ({ articles }) => articles, cell: ({ articles }) => <span className="tabular-nums">{numberText(locale, articles)}</span> },
    { id: "lastAt", header: t("lastAt"), align: "end", value: ({ lastAt }) => lastAt, cell: ({ lastAt }) => (lastAt ? <Instant value={lastAt} className="text-2xs text-muted" /> : <Absent />) },
  ], [t, locale, onSource]);
}
