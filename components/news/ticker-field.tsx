"use client";

import { useTranslations } from "next-intl";
import { ticker as tickerSchema } from "@/server/contracts/common";
import { Input } from "../ui/input";
import { PausedText } from "../ui/paused-text";

/** A ticker, asked for once what is typed can be one. */
export function TickerField({ ticker, onTicker }: { ticker: string | null; onTicker: (ticker: string | null) => void }) {
  const t = useTranslations("news.filter");
  return (
    <PausedText value={ticker ?? ""} onSettled={(text) => { const parsed = tickerSchema.safeParse(text); if (text === "" || parsed.success) onTicker(parsed.data ?? null); }}>
      {(text, setText) => <div className="w-24 max-md:w-28"><Input aria-label={t("ticker")} placeholder={t("ticker")} value={text} maxLength={15} autoCapitalize="characters" spellCheck={false} onChange={(event) => setText(event.target.value.toUpperCase())} className="font-mono" /></div>}
    </PausedText>
  );
}
