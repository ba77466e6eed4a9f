"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import type { StripItem } from "@/server/contracts/market";
import { Sparkline } from "../charts/sparkline";
import { Change } from "../format/change";
import { asOfText } from "../format/date-text";
import { percentText, quantityText } from "../format/number-text";
import { useProviderName } from "../format/provenance-badge";
import { SkeletonBlock } from "../ui/skeleton";
import { useHydrated } from "../ui/use-hydrated";
import { useLiveStripItems } from "./live-prices";
import { QueryBoundary } from "./query-boundary";
import { useTRPC } from "./trpc-client";

const REFRESH_MS = 60_000;
/** What is no record of a market carries a mark. */
const MARKED = new Set(["simulated", "replay", "assumed", "estimated"]);
const CELL = "focus-inset relative grid flex-none grid-cols-[auto_1fr] grid-rows-[16px_16px] content-center gap-x-2 border-r border-line px-2.5 text-xs whitespace-nowrap md:flex-auto";

/** Levels of the markets, over every page. A page without them in its first answer, such as one made at build time, asks for them once it is in the browser. */
export function MarketStrip({ prefetched = true }: { prefetched?: boolean }) {
  const t = useTranslations("shell.strip");
  const hydrated = useHydrated();
  const skeleton = <StripSkeleton label={t("loading")} />;
  return (
    <section aria-label={t("label")} className="no-scrollbar relative flex min-w-0 flex-1 overflow-x-auto max-md:h-11 max-md:flex-[0_0_100%] md:overflow-hidden">
      {prefetched || hydrated ? <QueryBoundary compact fallback={skeleton}><Cells /></QueryBoundary> : skeleton}
    </section>
  );
}

function Cells() {
  const t = useTranslations("shell.strip");
  const { data } = useSuspenseQuery(useTRPC().market.getStrip.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  const items = useLiveStripItems(data.items);
  if (items.length === 0) return <p className="flex items-center px-3 text-xs text-muted">{t("empty")}</p>;
  return (
    <ul className="flex min-w-0 flex-1">
      {items.map((item, index) => (
        <li key={item.id} className={HIDDEN_FROM[index] ?? LAST}>
          <Cell item={item} />
        </li>
      ))}
    </ul>
  );
}

// The strip loses its last cells as the window narrows; a phone scrolls it.
const SHOWN = "flex flex-auto";
const HIDDEN_FROM = [SHOWN, SHOWN, SHOWN, `${SHOWN} md:max-lg:hidden`, `${SHOWN} md:max-lg:hidden`, `${SHOWN} md:max-xl:hidden`, `${SHOWN} md:max-[1400px]:hidden`] as const;
const LAST = `${SHOWN} md:max-[1680px]:hidden`;

function Cell({ item }: { item: StripItem }) {
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
  const t = useTranslations("shell.strip");
  const basis = useTranslations("format.basis");
  const providerName = useProviderName();
  const { provenance } = item;
  const source = t("source", { basis: basis(provenance.basis), provider: providerName(provenance.provider), asOf: provenance.asOf === null ? "" : asOfText(locale, timeZone, provenance.asOf) });
  const rate = item.kind === "rate";
  const value = rate ? percentText(locale, item.value, { digits: 2 }) : quantityText(locale, item.value, { digits: item.value >= 10_000 ? 0 : 2 });
  const tone = item.change === null || item.change === 0 ? "muted" : item.change > 0 ? "up" : "down";
  const body = (
    <>
      <span className="flex items-center gap-1 text-2xs font-medium text-muted">
        {t.has(`name.${item.id}`) ? t(`name.${item.id}`) : item.label}
        {MARKED.has(provenance.basis) && <svg viewBox="0 0 8 8" aria-hidden="true" className="size-1.5 text-simulated" fill="currentColor"><path d="M4 0 8 4 4 8 0 4z" /></svg>}
      </span>
      <Sparkline points={item.points} tone={tone} className="justify-self-end" />
      <span className="font-medium">{value}</span>
      <Change value={item.change} kind={rate ? "bp" : "percent"} className="justify-self-end text-2xs" />
      <span className="sr-only">{source}</span>
    </>
  );
  const href = hrefOf(item);
  return href ? <Link href={href} className={`${CELL} hover:bg-surface-2`} title={source}>{body}</Link> : <div className={CELL} title={source}>{body}</div>;
}

/** A series opens its own page; an index or coin has none yet. */
function hrefOf({ id, kind, provenance }: StripItem): string | null {
  if (kind !== "rate") return null;
  return `/macro/${encodeURIComponent(provenance.reference ?? id)}`;
}

function StripSkeleton({ label }: { label: string }) {
  return (
    <div role="status" className="flex flex-1 items-center gap-6 px-3">
      <span className="sr-only">{label}</span>
      {Array.from({ length: 5 }, (_, index) => <SkeletonBlock key={index} className="h-6 w-28 flex-none" />)}
    </div>
  );
}
