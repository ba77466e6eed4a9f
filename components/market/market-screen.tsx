"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { QueryBoundary } from "@/components/app-shell/query-boundary";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { dateText } from "@/components/format/date-text";
import { ProvenanceBadge } from "@/components/format/provenance-badge";
import { Skeleton, SkeletonBlock } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import { useHydrated } from "@/components/ui/use-hydrated";
import { BiasPanel } from "./bias-panel";
import { BoardTable } from "./board-table";
import { CorrelationMap } from "./correlation-map";
import { IndexCells } from "./index-cells";
import { InternalsPanel } from "./internals-panel";
import { LevelsPanel } from "./levels-panel";
import { MarketClocks } from "./market-clocks";
import { MarketHeatMap } from "./market-heat-map";
import { MoversPanel } from "./movers-panel";
import { SectorPanel } from "./sector-panel";

const TABS = ["overview", "sp500", "etf", "internals", "correlation"] as const;
type Tab = (typeof TABS)[number];

/** The markets on one page: what is open, what moved, what the internals say; the part in sight stands in the address. */
export function MarketScreen() {
  const t = useTranslations("markets");
  const locale = useLocale();
  const params = useSearchParams();
  const { data: overview } = useSuspenseQuery(useTRPC().market.getIndexOverview.queryOptions());
  const tab = TABS.find((one) => one === params.get("tab")) ?? "overview";
  const show = (next: Tab) => window.history.replaceState(null, "", next === "overview" ? window.location.pathname : `?tab=${next}`);
  const { session, provenance } = overview.storedShares;
  return (
    <div className="flex flex-col gap-3 p-4 md:p-5">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h1 className="text-lg font-semibold">{t("title")}</h1>
        {session !== null && <p className="text-xs text-muted">{t("note", { date: dateText(locale, session, "medium") })}</p>}
        <ProvenanceBadge provenance={provenance} className="ml-auto max-md:ml-0" />
      </header>
      <MarketClocks />
      <IndexCells />
      <Tabs<Tab>
        label={t("tabs.label")}
        value={tab}
        onChange={show}
        tabs={[
          { value: "overview", label: t("tabs.overview"), content: <Overview /> },
          { value: "sp500", label: t("tabs.sp500"), content: <Part><BoardTable key="sp500" board="sp500" /></Part> },
          { value: "etf", label: t("tabs.etf"), content: <Part><BoardTable key="etf" board="etf" /></Part> },
          { value: "internals", label: t("tabs.internals"), content: <Part><InternalsPanel /><BiasPanel /></Part> },
          { value: "correlation", label: t("tabs.correlation"), content: <Part><CorrelationMap /></Part> },
        ]}
      />
    </div>
  );
}

function Overview() {
  return (
    <div className="grid gap-3 pt-3 xl:grid-cols-[minmax(0,1fr)_minmax(0,420px)]">
      <div className="flex min-w-0 flex-col gap-3">
        <MoversPanel />
        <Later fallback={<SkeletonBlock className="h-80 w-full" />}><MarketHeatMap /></Later>
        <Later fallback={<SkeletonBlock className="h-96 w-full" />}><LevelsPanel /></Later>
      </div>
      <div className="flex min-w-0 flex-col gap-3">
        <BiasPanel brief />
        <SectorPanel />
      </div>
    </div>
  );
}

/** Asked for once the page stands in the browser: a board in the first answer would double it. Loads, and fails, by itself. */
function Later({ fallback, children }: { fallback: ReactNode; children: ReactNode }) {
  const hydrated = useHydrated();
  return hydrated ? <QueryBoundary fallback={fallback}>{children}</QueryBoundary> : fallback;
}

const Part = ({ children }: { children: ReactNode }) => (
  <Later fallback={<Skeleton rows={14} />}>
    <div className="flex flex-col gap-3 pt-3">{children}</div>
  </Later>
);
