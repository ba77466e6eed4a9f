"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import type { StripItem } from "@/server/contracts/market";
import { useLiveStripItems } from "@/components/app-shell/live-prices";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { Sparkline } from "@/components/charts/sparkline";
import { Change } from "@/components/format/change";
import { percentText, quantityText } from "@/components/format/number-text";
import { ProvenanceBadge } from "@/components/format/provenance-badge";

/** Indices, rates and leading prices, each with where it comes from. */
export function IndexCells() {
  const t = useTranslations("markets");
  const name = useTranslations("shell.strip.name");
  const locale = useLocale();
  const { strip } = useSuspenseQuery(useTRPC().market.getDashboard.queryOptions()).data;
  const items = useLiveStripItems(strip);
  const text = ({ kind, value }: StripItem) => (kind === "rate" ? percentText(locale, value, { digits: 2 }) : quantityText(locale, value, { digits: value >= 10_000 ? 0 : 2 }));
  return (
    <section aria-label={t("indices")} className="panel overflow-hidden">
      <ul className="-mr-px -mb-px grid grid-cols-2 sm:grid-cols-3 lg:grid-cols-5">
        {items.map((item) => (
          <li key={item.id} className="flex min-w-0 flex-col gap-0.5 border-r border-b border-line px-3 py-2">
            <span className="flex items-center justify-between gap-2 text-2xs text-muted">
              <span className="truncate">{name.has(item.id) ? name(item.id) : item.label}</span>
              <ProvenanceBadge provenance={item.provenance} compact />
            </span>
            <span className="flex items-baseline justify-between gap-2">
              <span className="text-base font-semibold">{text(item)}</span>
              <Sparkline points={item.points} tone={item.change === null || item.change === 0 ? "muted" : item.change > 0 ? "up" : "down"} width={64} height={18} />
            </span>
            <Change value={item.change} kind={item.kind === "rate" ? "bp" : "percent"} className="text-xs" />
          </li>
        ))}
      </ul>
    </section>
  );
}
