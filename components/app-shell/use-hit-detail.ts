"use client";

import { useTranslations } from "next-intl";
import type { SearchHit } from "@/server/contracts/market";

/** The small words beside a search hit: its ticker or symbol, and sector or kind in the reader's language. */
export function useHitDetail(): (hit: SearchHit) => string {
  const t = useTranslations("shell.palette.detail");
  const sectorName = useTranslations("market.sectors");
  return ({ kind, id, detail }) => {
    const words = sectorName.has(detail) ? sectorName(detail) : t.has(detail) ? t(detail) : detail;
    return kind === "company" || kind === "asset" ? `${id} · ${words}` : words;
  };
}
