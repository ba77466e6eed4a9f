"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ArticleSentimentDto } from "@/server/contracts/news";
import { DirectionMark } from "../format/direction-mark";
import { numberText, percentText } from "../format/number-text";
import { classNames } from "../ui/class-names";
import { Tooltip } from "../ui/tooltip";

const LOOK = { positive: "bg-up-soft text-up", neutral: "bg-surface-2 text-muted", negative: "bg-down-soft text-down" } as const;
const DIRECTION = { positive: 1, neutral: 0, negative: -1 } as const;

/** A score from -1 to 1 with its sign. */
export const scoreText = (locale: string, score: number): string => numberText(locale, score, { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: "exceptZero" });

/** How an article or post speaks of its subject; hovering or focusing it says score, confidence and who judged. */
export function SentimentBadge({ sentiment, className }: { sentiment: ArticleSentimentDto | null; className?: string }) {
  const t = useTranslations("news.sentiment");
  const locale = useLocale();
  if (sentiment === null) return <span title={t("noneText")} className={classNames("text-2xs text-faint", className)}>{t("none")}</span>;
  const { label, score, confidence, method } = sentiment;
  const detail = t("detail", { score: scoreText(locale, score), confidence: percentText(locale, confidence, { digits: 0 }), method: t(`method.${method}`) });
  return (
    <Tooltip content={detail}>
      <button type="button" aria-label={`${t(label)}. ${detail}`} className={classNames("inline-flex h-5 flex-none items-center gap-1.5 rounded-sm px-1.5 text-2xs font-medium whitespace-nowrap tabular-nums", LOOK[label], className)}>
        {DIRECTION[label] !== 0 && <DirectionMark direction={DIRECTION[label]} className="size-2" />}
        {t(label)} {scoreText(locale, score)}
      </button>
    </Tooltip>
  );
}
