import type { NewsFilters } from "./news-filters";

const PAGE = 50;

/** What the server is asked for; page and list ask alike, so that what was prefetched is used. */
export function newsInput({ source, category, topic, ticker, person, node, sentiment, from, to }: NewsFilters) {
  return { source, category, topic, ticker, person, node, sentiment, from, to, limit: PAGE };
}
