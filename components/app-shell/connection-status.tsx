"use client";

import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useCallback, useSyncExternalStore } from "react";
import { dateText } from "../format/date-text";
import { useProviderName } from "../format/provenance-badge";
import { classNames } from "../ui/class-names";
import { useHydrated } from "../ui/use-hydrated";
import { useTRPC } from "./trpc-client";
import { shownError } from "./wire-error";

function onNetworkChange(notify: () => void): () => void {
  window.addEventListener("online", notify);
  window.addEventListener("offline", notify);
  return () => {
    window.removeEventListener("online", notify);
    window.removeEventListener("offline", notify);
  };
}

/** Whether the last word of the server was silence: a query that fails now, or that failed since anything last arrived. */
function isServerLost(client: QueryClient): boolean {
  const states = client.getQueryCache().getAll().map(({ state }) => state);
  const arrivedAt = Math.max(0, ...states.map(({ dataUpdatedAt }) => dataUpdatedAt));
  return states.some(({ error, errorUpdatedAt, fetchStatus, fetchFailureReason }) =>
    fetchStatus === "fetching" ? fetchFailureReason !== null && shownError(fetchFailureReason).lost : error !== null && errorUpdatedAt > arrivedAt && shownError(error).lost,
  );
}

function useServerLost(): boolean {
  const client = useQueryClient();
  return useSyncExternalStore(useCallback((notify: () => void) => client.getQueryCache().subscribe(notify), [client]), () => isServerLost(client), () => false);
}

/** Watches the page's own queries, so that the status costs no request. */
export function ConnectionStatus() {
  const t = useTranslations("shell.status");
  const locale = useLocale();
  const providerName = useProviderName();
  const online = useSyncExternalStore(onNetworkChange, () => navigator.onLine, () => true);
  const lost = useServerLost();
  const strip = useQuery(useTRPC().market.getStrip.queryOptions());
  // The strip may have arrived before this is first drawn in the browser; the server did not wait for it.
  const hydrated = useHydrated();
  const { data, isPending } = hydrated ? strip : { data: undefined, isPending: true };
  const state = !online ? "offline" : lost ? "degraded" : isPending ? "checking" : "connected";
  const bases = new Set((data?.items ?? []).filter(({ symbol }) => symbol !== null).map(({ provenance }) => provenance.basis));
  const prices = bases.size === 0 ? null : bases.size > 1 ? "mixed" : bases.has("simulated") ? "simulated" : "recorded";
  const macro = (data?.items ?? []).filter(({ kind }) => kind === "rate").map(({ provenance }) => provenance).sort((a, b) => (b.asOf ?? "").localeCompare(a.asOf ?? ""))[0];
  return (
    <>
      <span role="status" className="inline-flex items-center gap-1.5">
        <span aria-hidden="true" className={classNames("size-1.5 rounded-full", state === "connected" ? "bg-up" : state === "checking" ? "bg-faint" : "bg-warn")} />
        {t(state)}
      </span>
      {prices && (
        <span className="inline-flex items-center gap-1.5">
          {prices !== "recorded" && <svg viewBox="0 0 8 8" aria-hidden="true" className="size-2 text-simulated" fill="currentColor"><path d="M4 0 8 4 4 8 0 4z" /></svg>}
          {t(prices)}
        </span>
      )}
      {macro && <span>{t("macroFrom", { provider: providerName(macro.provider), date: macro.asOf === null ? "–" : dateText(locale, macro.asOf, "month") })}</span>}
    </>
  );
}
