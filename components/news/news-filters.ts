import { isoDate, ticker as tickerSchema } from "@/server/contracts/common";
import { NEWS_SORTS, type NewsFilter } from "@/server/contracts/news";
import { SENTIMENT_LABELS } from "@/server/domain/news/headline-sentiment";
import { CATEGORIES, TOPICS } from "@/server/domain/news/headline-topics";

export const NEWS_VIEWS = ["headlines", "movers", "earnings", "social", "mood", "sources"] as const;
export type NewsView = (typeof NEWS_VIEWS)[number];
/** Days up to the newest article over which the mood is measured. */
export const MOOD_WINDOWS = ["30", "90", "365"] as const;

export type NewsFilters = Required<Pick<NewsFilter, "source" | "category" | "topic" | "ticker" | "person" | "node" | "sentiment" | "from" | "to">> & { query: string; sort: (typeof NEWS_SORTS)[number]; view: NewsView; window: (typeof MOOD_WINDOWS)[number] };

export const NEWS_DEFAULTS: Readonly<Record<string, string>> = { sort: "relevance", view: "headlines", window: "30" };

/** Filters as the address names them; what it cannot mean is left out. */
export function readNewsFilters(address: string): NewsFilters {
  const params = new URLSearchParams(address);
  const text = (name: string, longest: number) => params.get(name)?.trim().slice(0, longest) || null;
  const oneOf = <Value extends string>(name: string, values: readonly Value[]) => values.find((value) => value === params.get(name)) ?? null;
  const day = (name: string) => isoDate.safeParse(params.get(name)).data ?? null;
  const [from, to] = [day("from"), day("to")];
  return {
    query: text("q", 200) ?? "",
    sort: oneOf("sort", NEWS_SORTS) ?? "relevance",
    view: oneOf("view", NEWS_VIEWS) ?? "headlines",
    window: oneOf("window", MOOD_WINDOWS) ?? "30",
    source: text("source", 80),
    category: oneOf("category", CATEGORIES),
    topic: oneOf("topic", TOPICS),
    ticker: tickerSchema.safeParse(params.get("ticker") ?? "").data ?? null,
    person: text("person", 80),
    node: text("node", 80),
    sentiment: oneOf("sentiment", SENTIMENT_LABELS),
    // Days in the wrong order would be an error of the whole list; the later one is kept as it was meant to end there.
    from: from && to && from > to ? null : from,
    to,
  };
}

export const NO_NEWS_FILTER = { source: null, category: null, topic: null, ticker: null, person: null, node: null, sentiment: null, from: null, to: null } as const satisfies Partial<NewsFilters>;
