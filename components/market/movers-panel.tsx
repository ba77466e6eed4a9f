"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Mover, TrendingShare } from "@/server/contracts/market";
import { QueryError } from "@/components/app-shell/query-boundary";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { Money } from "@/components/format/money";
import { Multiple } from "@/components/format/multiple";
import { ProvenanceBadge } from "@/components/format/provenance-badge";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { Segmented } from "@/components/ui/segmented";
import { SkeletonBlock } from "@/components/ui/skeleton";
import { LiveChange, LivePrice } from "./live-figures";
import { SymbolLink } from "./symbol-link";

const LISTS = ["gainers", "losers", "active", "trending"] as const;
type List = (typeof LISTS)[number];
const SHOWN = 5;

/** Who rose, fell and was traded most in the newest session, or is traded more than usual. */
export function MoversPanel() {
  const t = useTranslations("markets.movers");
  const trpc = useTRPC();
  const [list, setList] = useState<List>("gainers");
  const { data } = useSuspenseQuery(trpc.market.getDashboard.queryOptions());
  const trending = useQuery(trpc.market.listTrending.queryOptions({ limit: SHOWN }, { enabled: list === "trending" }));
  const rows: readonly (Mover | TrendingShare)[] | null = list === "trending" ? (trending.data?.items ?? null) : data[list];
  return (
    <Panel title={t("title")} detail={list === "trending" ? t("trendingRule") : undefined} actions={<Segmented label={t("title")} value={list} onChange={setList} options={LISTS.map((value) => ({ value, label: t(value) }))} />} bodyClassName="">
      {list === "trending" && trending.isError ? (
        <QueryError error={trending.error} onRetry={() => void trending.refetch()} />
      ) : rows === null ? (
        <SkeletonBlock className="m-4 h-40" />
      ) : rows.length === 0 ? (
        <EmptyState title={list === "trending" ? t("emptyTrending") : t("empty")} />
      ) : (
        <ul className="divide-y divide-line">
          {rows.map((row) => (
            <li key={row.symbol} className="grid h-11 grid-cols-[minmax(0,1fr)_auto_auto_auto] items-center gap-x-4 px-4 text-xs sm:grid-cols-[minmax(0,1fr)_5rem_5.5rem_6.5rem_auto]">
              <SymbolLink symbol={row.symbol} name={row.name} ticker={row.symbol} />
              <LivePrice quote={row.quote} className="text-right" />
              <LiveChange quote={row.quote} className="justify-self-end" />
              <span className="text-right text-muted max-sm:hidden">{"relativeTurnover" in row ? <Multiple value={row.relativeTurnover} digits={1} /> : <Money amount={row.turnover} currency={row.quote.currency} />}</span>
              <ProvenanceBadge provenance={row.quote.provenance} compact />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
