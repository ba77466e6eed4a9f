"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";

/** Filters that stand in the address; what is as at first is left out of it. */
export function useUrlFilters<Filters extends Record<string, string>>(first: Filters): [Filters, (change: Partial<Filters>) => void] {
  const params = useSearchParams();
  const filters = useMemo(() => Object.fromEntries(Object.entries(first).map(([key, value]) => [key, params.get(key) ?? value])) as Filters, [params, first]);
  const change = useCallback(
    (next: Partial<Filters>) => {
      const all = Object.entries({ ...filters, ...next }).filter(([key, value]) => value !== "" && value !== first[key]) as [string, string][];
      const query = new URLSearchParams(all).toString();
      window.history.replaceState(null, "", `${window.location.pathname}${query && `?${query}`}`);
    },
    [filters, first],
  );
  return [filters, change];
}
