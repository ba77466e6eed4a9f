"use client";

import { useSearchParams } from "next/navigation";
import { NEWS_DEFAULTS, readNewsFilters, type NewsFilters } from "./news-filters";

export function useNewsFilters(): [NewsFilters, (change: Partial<NewsFilters>) => void] {
  const address = useSearchParams().toString();
  const filters = readNewsFilters(address);
  const change = (next: Partial<NewsFilters>) => {
    const params = new URLSearchParams(address);
    for (const [name, value] of Object.entries({ ...filters, ...next })) {
      const key = name === "query" ? "q" : name;
      if (value === null || value === undefined || value === "" || value === NEWS_DEFAULTS[name]) params.delete(key);
      else params.set(key, value);
    }
    window.history.replaceState(null, "", params.size > 0 ? `?${params}` : window.location.pathname);
  };
  return [filters, change];
}
