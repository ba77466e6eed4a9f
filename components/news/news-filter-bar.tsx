"use client";

import { useQuery } from "@tanstack/react-query";
import { SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { NEWS_SORTS } from "@/server/contracts/news";
import { SENTIMENT_LABELS } from "@/server/domain/news/headline-sentiment";
import { CATEGORIES, KNOWN_PEOPLE, TOPICS } from "@/server/domain/news/headline-topics";
import { useTRPC } from "../app-shell/trpc-client";
import { Button } from "../ui/button";
import { classNames } from "../ui/class-names";
import { Chip } from "../ui/badge";
import { Input, SearchInput } from "../ui/input";
import { PausedText } from "../ui/paused-text";
import { Segmented } from "../ui/segmented";
import { Select } from "../ui/select";
import { TickerField } from "./ticker-field";
import { NO_NEWS_FILTER, type NewsFilters } from "./news-filters";

const ALL = "all";

type Props = { filters: NewsFilters; onChange: (change: Partial<NewsFilters>) => void };

/** Search words and filters; each pause in typing asks once, and all of it stands in the address. */
export function NewsFilterBar({ filters, onChange }: Props) {
  const t = useTranslations("news");
  const sources = useQuery(useTRPC().news.listSources.queryOptions()).data?.items ?? [];
  const choice = (value: string) => (value === ALL ? null : value);
  const listed = filters.source && !sources.some(({ key }) => key === filters.source) ? [{ key: filters.source, name: filters.source }, ...sources] : sources;
  const people = filters.person && !KNOWN_PEOPLE.includes(filters.person) ? [filters.person, ...KNOWN_PEOPLE] : KNOWN_PEOPLE;
  const count = Object.keys(NO_NEWS_FILTER).filter((name) => filters[name as keyof typeof NO_NEWS_FILTER] !== null).length;
  // On phones the filters would push the list out of sight.
  const [open, setOpen] = useState(false);
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-3">
      <PausedText value={filters.query} onSettled={(query) => onChange({ query })}>
        {(text, setText) => <SearchInput aria-label={t("search")} placeholder={t("searchHint")} value={text} maxLength={200} onChange={(event) => setText(event.target.value)} className="w-80 max-md:w-full" />}
      </PausedText>
      {filters.query !== "" && <Segmented label={t("sort.label")} value={filters.sort} onChange={(sort) => onChange({ sort })} options={NEWS_SORTS.map((value) => ({ value, label: t(`sort.${value}`) }))} />}
      <Button aria-expanded={open} aria-controls="news-filters" onClick={() => setOpen(!open)} className="md:hidden"><SlidersHorizontal aria-hidden="true" />{t("filter.open", { count })}</Button>
      <div id="news-filters" className={classNames("flex flex-wrap items-center gap-2", !open && "max-md:hidden")}>
        <Select prefixed label={t("filter.sentiment")} value={filters.sentiment ?? ALL} onChange={(value) => onChange({ sentiment: SENTIMENT_LABELS.find((one) => one === value) ?? null })} options={[{ value: ALL, label: t("filter.any") }, ...SENTIMENT_LABELS.map((value) => ({ value: value as string, label: t(`sentiment.${value}`) }))]} />
        <Select prefixed label={t("filter.category")} value={filters.category ?? ALL} onChange={(value) => onChange({ category: CATEGORIES.find((one) => one === value) ?? null })} options={[{ value: ALL, label: t("filter.any") }, ...CATEGORIES.map((value) => ({ value: value as string, label: t(`categories.${value}`) }))]} />
        <Select prefixed label={t("filter.topic")} value={filters.topic ?? ALL} onChange={(value) => onChange({ topic: TOPICS.find((one) => one === value) ?? null })} options={[{ value: ALL, label: t("filter.any") }, ...TOPICS.map((value) => ({ value: value as string, label: t(`topics.${value}`) }))]} className="max-w-56" />
        <Select prefixed label={t("filter.source")} value={filters.source ?? ALL} onChange={(value) => onChange({ source: choice(value) })} options={[{ value: ALL, label: t("filter.any") }, ...listed.map(({ key, name }) => ({ value: key, label: name, text: name }))]} className="max-w-56" />
        <Select prefixed label={t("filter.person")} value={filters.person ?? ALL} onChange={(value) => onChange({ person: choice(value) })} options={[{ value: ALL, label: t("filter.any") }, ...people.map((value) => ({ value, label: value }))]} className="max-w-56" />
        <TickerField ticker={filters.ticker} onTicker={(ticker) => onChange({ ticker })} />
        <DayField label={t("filter.from")} value={filters.from} max={filters.to} onDay={(from) => onChange({ from })} />
        <DayField label={t("filter.to")} value={filters.to} min={filters.from} onDay={(to) => onChange({ to })} />
        {filters.node && <Chip onRemove={() => onChange({ node: null })} removeLabel={t("filter.removeNode")}>{filters.node}</Chip>}
      </div>
      {(count > 0 || filters.query !== "") && <Button variant="ghost" onClick={() => onChange({ ...NO_NEWS_FILTER, query: "" })}>{t("filter.clear")}</Button>}
    </div>
  );
}

function DayField({ label, value, min, max, onDay }: { label: string; value: string | null; min?: string | null; max?: string | null; onDay: (day: string | null) => void }) {
  return (
    <label className="flex items-center gap-1.5 text-xs whitespace-nowrap text-muted">
      {label}
      <Input type="date" value={value ?? ""} min={min ?? undefined} max={max ?? undefined} onChange={(event) => onDay(event.target.value || null)} className="w-34 text-xs max-md:text-sm" />
    </label>
  );
}
