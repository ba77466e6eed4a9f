"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import type { NewsSentimentDto } from "@/server/contracts/news";
import { LEXICON_CONFUSION, SENTIMENT_LABELS } from "@/server/domain/news/headline-sentiment";
import type { Topic } from "@/server/domain/news/headline-topics";
import { QueryError } from "../app-shell/query-boundary";
import { useTRPC } from "../app-shell/trpc-client";
import { dateText } from "../format/date-text";
import { DirectionMark } from "../format/direction-mark";
import { Absent } from "../format/figure";
import { numberText, percentText } from "../format/number-text";
import { classNames } from "../ui/class-names";
import { Panel } from "../ui/panel";
import { Segmented } from "../ui/segmented";
import { Skeleton } from "../ui/skeleton";
import { scoreText } from "./sentiment-badge";
import { MOOD_WINDOWS, type NewsFilters } from "./news-filters";

const TONE = { positive: "text-up", neutral: "text-muted", negative: "text-down" } as const;
const FILL = { positive: "bg-up", neutral: "bg-line-strong", negative: "bg-down" } as const;

type Props = { ticker?: string | null; topic?: Topic | null; days: NewsFilters["window"]; onDays: (days: NewsFilters["window"]) => void; onTopic?: (topic: Topic) => void };

/** The mood of what was written on a company, a topic or everything, with what it is made of. */
export function MoodPanel({ ticker = null, topic = null, days, onDays, onTopic }: Props) {
  const t = useTranslations("news.mood");
  const locale = useLocale();
  const query = useQuery(useTRPC().news.getSentiment.queryOptions({ ticker, topic, days: Number(days) }));
  const mood = query.data;
  return (
    <Panel
      title={t("title")}
      detail={mood && t("window", { from: dateText(locale, mood.from), to: dateText(locale, mood.to) })}
      actions={<Segmented label={t("days")} value={days} onChange={onDays} options={MOOD_WINDOWS.map((value) => ({ value, label: t("lastDays", { days: Number(value) }) }))} />}
    >
      {query.isError ? <QueryError compact error={query.error} onRetry={() => void query.refetch()} /> : mood === undefined ? <Skeleton rows={6} /> : <Mood mood={mood} onTopic={onTopic} />}
    </Panel>
  );
}

function Mood({ mood, onTopic }: { mood: NewsSentimentDto; onTopic?: (topic: Topic) => void }) {
  const t = useTranslations("news");
  const locale = useLocale();
  const { articles, judged, score, label, shares, topics, method } = mood;
  if (articles === 0) return <p className="text-sm text-muted">{t("mood.nothing")}</p>;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        {score === null || label === null ? <Absent reason={t("mood.noJudged")} /> : (
          <b className={classNames("inline-flex items-center gap-1.5 text-2xl font-semibold tabular-nums", TONE[label])}>{label !== "neutral" && <DirectionMark direction={label === "positive" ? 1 : -1} className="size-3" />}{scoreText(locale, score)}</b>
        )}
        {label && <span className="text-sm font-medium">{t(`sentiment.${label}`)}</span>}
        <span className="text-2xs text-muted">{t("mood.judged", { judged: numberText(locale, judged), articles: numberText(locale, articles) })}</span>
      </div>
      {shares && (
        <div>
          <div aria-hidden="true" className="flex h-2 gap-0.5 overflow-hidden rounded-sm">
            {SENTIMENT_LABELS.map((one) => <span key={one} className={FILL[one]} style={{ width: `${shares[one] * 100}%` }} />)}
          </div>
          <ul className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1 text-2xs text-muted">
            {SENTIMENT_LABELS.map((one) => <li key={one} className="flex items-center gap-1.5"><span aria-hidden="true" className={classNames("size-2 rounded-sm", FILL[one])} />{t(`sentiment.${one}`)} <span className="tabular-nums">{percentText(locale, shares[one], { digits: 0 })}</span></li>)}
          </ul>
        </div>
      )}
      {topics.length > 0 && (
        <table className="w-full text-xs">
          <caption className="sr-only">{t("mood.topics")}</caption>
          <thead><tr className="text-2xs text-muted"><th scope="col" className="py-1 text-left font-medium">{t("filter.topic")}</th><th scope="col" className="py-1 text-right font-medium">{t("mood.articles")}</th><th scope="col" className="py-1 text-right font-medium">{t("mood.score")}</th></tr></thead>
          <tbody>
            {topics.map(({ topic, articles: count, score: topicScore }) => (
              <tr key={topic} className="border-t border-line">
                <th scope="row" className="py-1.5 text-left font-normal">{onTopic ? <button type="button" onClick={() => onTopic(topic)} className="text-left hover:text-accent hover:underline">{t(`topics.${topic}`)}</button> : t(`topics.${topic}`)}</th>
                <td className="py-1.5 text-right tabular-nums">{numberText(locale, count)}</td>
                <td className={classNames("py-1.5 text-right tabular-nums", topicScore !== null && (topicScore > 0 ? "text-up" : topicScore < 0 ? "text-down" : ""))}>{topicScore === null ? <Absent reason={t("mood.noJudged")} /> : scoreText(locale, topicScore)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="border-t border-line pt-2 text-2xs text-muted">{t("mood.method", { accuracy: percentText(locale, method.accuracy, { digits: 1 }), macroF1: numberText(locale, method.macroF1, { minimumFractionDigits: 3 }), labelled: numberText(locale, method.labelled) })}</p>
    </div>
  );
}

/** How well the lexicon does on sentences that people labelled, and what it gets wrong. */
export function MethodQuality({ quality }: { quality: NewsSentimentDto["method"] }) {
  const t = useTranslations("news.quality");
  const name = useTranslations("news.sentiment");
  const locale = useLocale();
  return (
    <Panel title={t("title")} detail={t("labelled", { labelled: numberText(locale, quality.labelled) })}>
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        <div><dt className="text-2xs text-muted">{t("accuracy")}</dt><dd className="text-xl font-semibold tabular-nums">{percentText(locale, quality.accuracy, { digits: 1 })}</dd></div>
        <div><dt className="text-2xs text-muted">{t("macroF1")}</dt><dd className="text-xl font-semibold tabular-nums">{numberText(locale, quality.macroF1, { minimumFractionDigits: 3 })}</dd></div>
      </dl>
      <table className="mt-4 w-full max-w-md text-xs">
        <caption className="pb-1 text-left text-2xs text-muted">{t("confusion")}</caption>
        <thead><tr className="text-2xs text-muted"><th scope="col" className="py-1 text-left font-medium">{t("labelledAs")}</th>{SENTIMENT_LABELS.map((said) => <th key={said} scope="col" className="py-1 text-right font-medium">{t("saidTo", { label: name(said) })}</th>)}</tr></thead>
        <tbody>
          {SENTIMENT_LABELS.map((label) => (
            <tr key={label} className="border-t border-line">
              <th scope="row" className="py-1.5 text-left font-normal">{name(label)}</th>
              {SENTIMENT_LABELS.map((said) => <td key={said} className={classNames("py-1.5 text-right tabular-nums", said === label && "font-semibold")}>{numberText(locale, LEXICON_CONFUSION[label][said])}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
      <h3 className="mt-4 text-xs font-semibold">{t("wrong")}</h3>
      <ul className="mt-1 list-disc space-y-1 pl-4 text-xs text-muted">{(["silent", "context", "deals", "irony"] as const).map((key) => <li key={key}>{t(`mistakes.${key}`)}</li>)}</ul>
      <p className="mt-3 text-2xs text-muted">{t("how")}</p>
    </Panel>
  );
}
