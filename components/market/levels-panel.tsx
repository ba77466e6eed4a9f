"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import type { PriceLevelsDto } from "@/server/contracts/market";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { PriceChart, type IndicatorLine } from "@/components/charts/price-chart";
import { Change } from "@/components/format/change";
import { DateOnly } from "@/components/format/date-only";
import { percentText } from "@/components/format/number-text";
import { ProvenanceBadge } from "@/components/format/provenance-badge";
import { Quantity } from "@/components/format/quantity";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";

const SESSIONS = 252;
/** Levels on each side, nearest first; the API gives them all. */
const DRAWN = 3;
const LISTED = 5;

/** The index with the prices it turned at. */
export function LevelsPanel() {
  const t = useTranslations("markets.levels");
  const { index } = useSuspenseQuery(useTRPC().market.getIndexOverview.queryOptions()).data;
  if (!index?.symbol) return <Panel title={t("support")}><EmptyState title={t("noIndex")} /></Panel>;
  return <Levels symbol={index.symbol} name={index.label} />;
}

function Levels({ symbol, name }: { symbol: string; name: string }) {
  const t = useTranslations("markets.levels");
  const locale = useLocale();
  const trpc = useTRPC();
  const { data: found } = useSuspenseQuery(trpc.market.getLevels.queryOptions({ symbol, sessions: SESSIONS }));
  const { data: bars } = useSuspenseQuery(trpc.market.listBars.queryOptions({ symbol, interval: "1d", limit: SESSIONS }));
  const lines = useMemo(() => linesOf(found, bars.time, (kind) => t(kind)), [found, bars.time, t]);
  const { levels, settings, provenance } = found;
  return (
    <Panel title={t("title", { symbol: name })} detail={t("detail", { touches: settings.touchesAtLeast, tolerance: percentText(locale, settings.tolerance, { digits: 0 }) })} actions={<ProvenanceBadge provenance={provenance} note={t("assumed", { reach: settings.reach })} />} bodyClassName="p-3">
      <PriceChart label={t("chart", { symbol: name })} bars={bars} overlays={lines} visibleBars={SESSIONS} height={380} />
      {levels.length === 0 ? (
        <p className="mt-3 text-xs text-muted">{t("none")}</p>
      ) : (
        <div className="mt-3 overflow-x-auto">
          <table aria-label={t("title", { symbol: name })} className="w-full text-xs">
            <thead>
              <tr className="text-2xs text-muted">
                {(["kind", "price", "distance", "touches", "first", "last"] as const).map((name, i) => <th key={name} scope="col" className={`h-7 px-2 font-medium ${i === 0 ? "text-left" : "text-right"} ${i > 3 ? "max-sm:hidden" : ""}`}>{t(name)}</th>)}
              </tr>
            </thead>
            <tbody>
              {nearest(levels, LISTED).map(({ price, kind, touches, first, last, distance }) => (
                <tr key={price} className="h-8 border-t border-line">
                  <th scope="row" className="px-2 text-left font-normal">{t(kind)}</th>
                  <td className="px-2 text-right"><Quantity value={price} digits={2} /></td>
                  <td className="px-2 text-right"><Change value={distance} digits={1} good="none" /></td>
                  <td className="px-2 text-right">{touches}</td>
                  <td className="px-2 text-right max-sm:hidden"><DateOnly value={first} /></td>
                  <td className="px-2 text-right max-sm:hidden"><DateOnly value={last} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="mt-2 text-2xs text-muted">{t("assumed", { reach: settings.reach })}</p>
    </Panel>
  );
}

/** So many on each side of the close, highest first. */
function nearest(levels: PriceLevelsDto["levels"], count: number): PriceLevelsDto["levels"] {
  const side = (kind: "support" | "resistance") => levels.filter((level) => level.kind === kind).sort((a, b) => Math.abs(a.distance) - Math.abs(b.distance)).slice(0, count);
  return [...side("resistance").reverse(), ...side("support")];
}

/** Each level from its first turn on. */
function linesOf({ levels }: PriceLevelsDto, time: readonly string[], name: (kind: "support" | "resistance") => string): IndicatorLine[] {
  return nearest(levels, DRAWN).map(({ kind, price, first }) => ({
    id: `${kind}${price}`,
    label: name(kind),
    values: time.map((instant) => (instant.slice(0, 10) >= first ? price : null)),
    tone: kind === "support" ? "up" : "down",
    dashed: true,
  }));
}
