"use client";

import { useTranslations } from "next-intl";
import { Kbd } from "../ui/kbd";
import { useCommandPalette } from "./command-palette-context";
import { ConnectionStatus } from "./connection-status";
import { LiveBadge } from "./live-badge";

/** Where the figures come from, whether the server answers, and the way to the shortcuts. */
export function StatusBar() {
  const t = useTranslations("shell.status");
  const { openShortcuts } = useCommandPalette();
  return (
    <footer aria-label={t("label")} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line bg-surface-1 px-4 py-3 text-2xs text-muted md:h-7 md:flex-nowrap md:overflow-hidden md:py-0 md:whitespace-nowrap">
      <span>{t("noAdvice")}</span>
      <span className="flex-1" />
      <LiveBadge />
      <ConnectionStatus />
      <button type="button" onClick={openShortcuts} className="focus-inset hidden items-center gap-1.5 hover:text-text md:inline-flex">
        <Kbd>?</Kbd> {t("shortcuts")}
      </button>
    </footer>
  );
}
