"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import type { ScenarioSpec } from "@/server/contracts/scenario";
import { scenarioOrFirst, scenarioToUrl } from "@/server/domain/scenario/scenario-url";

/** The scenario and what is looked at live in the address, so that a link gives the same screen. */
export function useScenarioUrl() {
  const params = useSearchParams();
  const pathname = usePathname();
  const router = useRouter();
  const query = params.toString();
  const { spec, problem } = useMemo(() => scenarioOrFirst(query), [query]);

  const show = useCallback(
    (next: { spec?: ScenarioSpec; at?: number; company?: string | null }) => {
      const changed = new URLSearchParams(query);
      if (next.spec) for (const [key, value] of new URLSearchParams(scenarioToUrl(next.spec))) changed.set(key, value);
      if (next.spec && next.spec.shocks.length === 0) changed.delete("s");
      if (next.at !== undefined) changed.set("at", String(next.at));
      if (next.company !== undefined) {
        if (next.company === null) changed.delete("company");
        else changed.set("company", next.company);
      }
      // Running is a step one may go back from; looking at another quarter or company is not. Colons and tildes stay readable.
      const address = `${pathname}?${changed.toString().replaceAll("%3A", ":").replaceAll("%7E", "~")}`;
      if (next.spec) router.push(address, { scroll: false });
      else window.history.replaceState(null, "", address);
    },
    [query, pathname, router],
  );

  const wanted = Number(params.get("at") ?? Math.min(8, spec.quarters));
  const at = Number.isInteger(wanted) ? Math.min(Math.max(wanted, 1), spec.quarters) : spec.quarters;
  return { spec, problem, at, company: params.get("company"), query, show };
}
