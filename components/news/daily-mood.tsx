"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import type { Category } from "@/server/domain/news/headline-topics";
import { QueryError } from "../app-shell/query-boundary";
import { useTRPC } from "../app-shell/trpc-client";
import { BarChart } from "../charts/bar-chart";
import { LineChart } from "../charts/line-chart";
import { dateText } from "../format/date-text";
import { numberText } from "../format/number-text";
import { Panel } from "../ui/panel";
import { Skeleton } from "../ui/skeleton";
import { scoreText } from "./sentiment-badge";

type Props = { from?: string | null; to?: string | null; ticker?: string | null; category?: Category | null };

/** Articles and their mood day by day. */
export function DailyMood({ from = null, to = null, ticker = null, category = null }: Props) {
  const t = useTranslations("news");
  const locale = useLocale();
  const query = useQuery({ ...useTRPC().news.getStats.queryOptions({ from, to, ticker, category }), placeholderData: keepPreviousData });
  const stats = query.data;
  const day = (date: string) => dateText(locale, date, "short");
  const count = (value: number) => numberText(locale, value);
  return (
    <Panel title={t("daily.title")} detail={stats && t("mood.window", { from: dateText(locale, stats.from), to: dateText(locale, stats.to) })}>
      {query.isError ? <QueryError compact error={query.error} onRetry={() => void query.refetch()} /> : stats === undefined ? <Skeleton rows={8} /> : stats.days.length === 0 ? <p className="text-sm text-muted">{t("mood.nothing")}</p> : (
        <div className="flex flex-col gap-4">
          <BarChart
            label={t("daily.articles")}
            stacked
            height={180}
            xLabel={t("daily.day")}
            x={stats.days.map(({ date }) => date)}
            xFormat={day}
            format={count}
            series={[
              { id: "negative", label: t("sentiment.negative"), tone: "down", values: stats.days.map(({ negative }) => negative) },
              { id: "neutral", label: t("sentiment.neutral"), tone: "muted", values: stats.days.map(({ neutral }) => neutral) },
              { id: "positive", label: t("sentiment.positive"), tone: "up", values: stats.days.map(({ positive }) => positive) },
              { id: "unjudged", label: t("daily.unjudged"), tone: "accent", values: stats.days.map(({ articles, positive, neutral, negative }) => articles - positive - neutral - negative) },
            ]}
          />
          <LineChart label={t("daily.mood")} height={140} zero xLabel={t("daily.day")} x={stats.days.map(({ date }) => date)} xFormat={day} xAxisFormat={day} format={(value) => scoreText(locale, value)} series={[{ id: "score", label: t("mood.score"), values: stats.days.map(({ score }) => score), tone: "accent" }]} />
        </div>
      )}
    </Panel>
  );
}
