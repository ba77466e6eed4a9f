"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import type { MarketClock } from "@/server/contracts/market";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { instantText } from "@/components/format/date-text";
import { classNames } from "@/components/ui/class-names";
import { Popover } from "@/components/ui/popover";

const REFRESH_MS = 60_000;

/** Which markets are open now, and when that changes, in the reader's own time. */
export function MarketClocks() {
  const t = useTranslations("markets.clocks");
  const { items } = useSuspenseQuery(useTRPC().market.listClocks.queryOptions(undefined, { refetchInterval: REFRESH_MS })).data;
  return (
    <ul aria-label={t("label")} className="no-scrollbar flex gap-2 overflow-x-auto">
      {items.map((clock) => <li key={clock.calendar} className="flex-none"><Clock clock={clock} /></li>)}
    </ul>
  );
}

function Clock({ clock }: { clock: MarketClock }) {
  const t = useTranslations("markets.clocks");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
  const { calendar, isOpen, isHalfDay, closesAt, opensAt, closedBecause, certainty } = clock;
  const time = (instant: string) => instantText(locale, timeZone, instant, "datetime");
  const holiday = closedBecause?.name ? `holidays.${slugOf(closedBecause.name)}` : null;
  const because = closedBecause && t(`because.${closedBecause.code}`, { name: holiday && t.has(holiday) ? t(holiday) : (closedBecause.name ?? "") });
  const next = isOpen ? (closesAt === null ? t("always") : t("closes", { time: time(closesAt) })) : opensAt === null ? t("unknown") : t("opens", { time: time(opensAt) });
  return (
    <Popover
      label={t(`name.${calendar}`)}
      className="w-72"
      trigger={
        <button type="button" className="panel flex h-11 items-center gap-2.5 px-3 text-left hover:bg-surface-2">
          <svg viewBox="0 0 8 8" aria-hidden="true" className={classNames("size-2 flex-none", isOpen ? "text-up" : "text-faint")}>
            <circle cx="4" cy="4" r="3" fill={isOpen ? "currentColor" : "none"} stroke="currentColor" strokeWidth="1.5" />
          </svg>
          <span className="flex flex-col">
            <span className="flex items-baseline gap-2 text-xs font-medium whitespace-nowrap">{t(`name.${calendar}`)}<span className={isOpen ? "text-up" : "text-muted"}>{isOpen ? t("open") : t("closed")}</span></span>
            <span className="text-2xs whitespace-nowrap text-muted">{next}</span>
          </span>
        </button>
      }
    >
      <p className="font-semibold">{t(`name.${calendar}`)}: {isOpen ? t("open") : t("closed")}{because && `, ${because}`}</p>
      <p className="mt-1">{next}{isHalfDay && `, ${t("halfDay")}`}</p>
      <p className="mt-1 text-muted">{t(`certainty.${certainty}`)}</p>
    </Popover>
  );
}

/** The key under which a holiday's name stands in the messages. */
const slugOf = (name: string) => name.toLowerCase().replace(/[^a-z]+/g, "-").replace(/^-|-$/g, "");
