"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import type { StripItem } from "@/server/contracts/market";
import { Sparkline } from "../charts/sparkline";
import { Change } from "../format/change";
import { percentText, quantityText } from "../format/number-text";
import { SkeletonBlock } from "../ui/skeleton";
import { QueryBoundary } from "./query-boundary";
import { useTRPC } from "./trpc-client";

const REFRESH_MS = 60_000;
const CELL = "focus-inset grid flex-none grid-cols-[auto_1fr] grid-rows-2 content-center gap-x-2 border-r border-line px-2.5 text-xs whitespace-nowrap md:flex-auto";

/** Levels of the markets, over every page. */
export function MarketStrip() {
  const t = useTranslations("shell.strip");
  return (
    <section aria-label={t("label")} className="no-scrollbar flex min-w-0 flex-1 overflow-x-auto max-md:h-11 max-md:flex-[0_0_100%] md:overflow-hidden">
      <QueryBoundary compact fallback={<StripSkeleton label={t("loading")} />}>
        <Cells />
      </QueryBoundary>
    </section>
  );
}

function Cells() {
  const t = useTranslations("shell.strip");
  const { data } = useSuspenseQuery(useTRPC().market.getStrip.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  if (data.items.length === 0) return <p className="flex items-center px-3 text-xs text-muted">{t("empty")}</p>;
  return (
    <ul className="flex min-w-0 flex-1">
      {data.items.map((item, index) => (
        <li key={item.id} className={HIDDEN_FROM[index] ?? ""}>
          <Cell item={item} />
        </li>
      ))}
    </ul>
  );
}

// The strip loses its last cells as the window narrows; a phone scrolls it.
const HIDDEN_FROM = ["flex flex-auto", "flex flex-auto", "flex flex-auto", "flex flex-auto", "flex flex-auto md:max-xl:hidden", "flex flex-auto md:max-2xl:hidden", "flex flex-auto md:max-[1700px]:hidden"];

function Cell({ item }: { item: StripItem }) {
  const locale = useLocale();
  const rate = item.kind === "rate";
  const value = rate ? percentText(locale, item.value, { digits: 2 }) : quantityText(locale, item.value, { digits: item.value >= 10_000 ? 0 : 2 });
  const tone = item.change === null || item.change === 0 ? "muted" : item.change > 0 ? "up" : "down";
  const body = (
    <>
      <span className="text-2xs font-medium text-muted">{item.label}</span>
      <Sparkline points={item.points} tone={tone} className="justify-self-end" />
      <span className="font-medium">{value}</span>
      <Change value={item.change} kind={rate ? "bp" : "percent"} className="justify-self-end text-2xs" />
    </>
  );
  const href = hrefOf(item);
  return href ? <Link href={href} className={`${CELL} hover:bg-surface-2`}>{body}</Link> : <div className={CELL}>{body}</div>;
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
