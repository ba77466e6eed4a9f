"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { Change } from "@/components/format/change";
import { Money } from "@/components/format/money";
import { ProvenanceBadge } from "@/components/format/provenance-badge";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";

/** Each sector's median change, and how many of its shares rose and fell. */
export function SectorPanel() {
  const t = useTranslations("markets.sectors");
  const name = useTranslations("market.sectors");
  const { sectors, provenance } = useSuspenseQuery(useTRPC().market.getIndexOverview.queryOptions()).data.storedShares;
  const inOrder = [...sectors].sort((a, b) => (b.medianChange ?? 0) - (a.medianChange ?? 0));
  return (
    <Panel title={t("title")} detail={t("median")} actions={<ProvenanceBadge provenance={provenance} />} bodyClassName="">
      {inOrder.length === 0 ? (
        <EmptyState title={t("empty")} />
      ) : (
        <ul className="divide-y divide-line">
          {inOrder.map(({ sector, shares, advancers, decliners, medianChange, turnover }) => (
            <li key={sector} className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 px-4 py-2 text-xs">
              <span className="truncate font-medium">{name(sector)}</span>
              <Change value={medianChange} />
              <span className="flex items-center gap-2 text-2xs text-muted">{t("shares", { count: shares })}, {t("upDown", { up: advancers, down: decliners })}</span>
              <span className="text-right text-2xs text-muted" title={t("turnover")}><span className="sr-only">{t("turnover")} </span><Money amount={turnover} currency="USD" /></span>
              <span aria-hidden="true" className="col-span-2 flex h-1 overflow-hidden rounded-sm bg-surface-3">
                <span className="bg-up" style={{ width: `${shares === 0 ? 0 : (advancers / shares) * 100}%` }} />
                <span className="ml-auto bg-down" style={{ width: `${shares === 0 ? 0 : (decliners / shares) * 100}%` }} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
