"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { Sparkline } from "@/components/charts/sparkline";
import { Change } from "@/components/format/change";
import { DateOnly } from "@/components/format/date-only";
import { Money } from "@/components/format/money";
import { ProvenanceBadge } from "@/components/format/provenance-badge";
import { SkeletonBlock } from "@/components/ui/skeleton";
import type { GraphNodeDto } from "@/server/contracts/graph";
import { FocusSection } from "./focus-section";
import { idOf } from "./use-node-text";

const SESSIONS = 120;

/** An asset's last price and the months behind it. */
export function AssetFocus({ node }: { node: GraphNodeDto }) {
  const t = useTranslations("graph");
  const bars = useQuery(useTRPC().market.listBars.queryOptions({ symbol: idOf(node.key), interval: "1d", limit: SESSIONS }));
  if (bars.isPending) return <SkeletonBlock className="h-28" />;
  const closes = bars.data?.close ?? [];
  const last = closes.at(-1);
  if (!bars.data || last === undefined) return <p className="rounded-md bg-surface-2 px-3 py-2 text-xs text-muted">{bars.isError ? t("priceUnknown") : t("noPrice")}</p>;
  const before = closes.at(-2);
  return (
    <FocusSection title={t("lastPrice")} detail={<DateOnly value={bars.data.time.at(-1)!.slice(0, 10)} />}>
      <div className="flex items-center gap-2">
        <Money amount={last} currency={bars.data.currency} abbreviate={false} className="text-xl font-semibold" />
        <Change value={before ? last / before - 1 : null} />
        <span className="flex-1" />
        <ProvenanceBadge provenance={bars.data.provenance} />
      </div>
      <figure className="mt-3">
        <Sparkline points={closes} width={312} height={72} tone={last >= closes[0]! ? "up" : "down"} dot className="h-auto max-w-full" />
        <figcaption className="mt-1 flex justify-between text-2xs text-muted"><DateOnly value={bars.data.time[0]!.slice(0, 10)} /><DateOnly value={bars.data.time.at(-1)!.slice(0, 10)} /></figcaption>
      </figure>
    </FocusSection>
  );
}
