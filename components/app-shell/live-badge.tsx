"use client";

import { useTranslations } from "next-intl";
import { classNames } from "../ui/class-names";
import { useConnectionState } from "./live-prices";

const DOT = { live: "bg-up", connecting: "bg-faint", stale: "bg-warn", offline: "bg-warn" } as const;

/** Whether the prices on screen are live; when the feed is lost, how old they are. */
export function LiveBadge({ className }: { className?: string }) {
  const t = useTranslations("live.connection");
  const { status, ageMs } = useConnectionState();
  const isLost = status === "stale" || status === "offline";
  return (
    <span className={classNames("inline-flex items-center gap-1.5 text-2xs", isLost ? "text-warn" : "text-muted", className)} data-live={status}>
      <span aria-hidden="true" className={classNames("size-1.5 rounded-full", DOT[status])} />
      <span role="status">{t(status)}</span>
      {/* The age grows every few seconds; read out each time it would drown the page. */}
      {isLost && ageMs !== null && <span aria-hidden="true">{t("age", { age: ageText(ageMs, t) })}</span>}
    </span>
  );
}

function ageText(ageMs: number, t: (key: "seconds" | "minutes", values: { n: number }) => string): string {
  const seconds = Math.round(ageMs / 1_000);
  return seconds < 120 ? t("seconds", { n: seconds }) : t("minutes", { n: Math.floor(seconds / 60) });
}
