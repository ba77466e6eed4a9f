"use client";

import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { AccountMenu } from "../account/account-menu";
import { NotificationBell } from "../notification/notification-bell";
import { Kbd } from "../ui/kbd";
import { useCommandPalette } from "./command-palette-context";
import { Logo } from "./logo";
import { MarketStrip } from "./market-strip";
import { SettingsMenu } from "./settings-menu";
import { ThemeSwitch } from "./theme-switch";

const ICON_BUTTON = "grid size-10 place-items-center rounded-md text-muted transition-colors hover:bg-surface-2 hover:text-text md:size-8";

/** Search, market strip and switches. */
export function TopBar() {
  const t = useTranslations("shell");
  const { openPalette } = useCommandPalette();
  return (
    <header className="z-20 flex min-w-0 flex-wrap items-stretch border-b border-line bg-surface-1 md:sticky md:top-0 md:h-[52px] md:flex-nowrap">
      <div className="flex h-12 w-full items-center gap-1 border-b border-line pr-2 pl-4 md:hidden">
        <Link href="/" aria-label={t("home")} className="flex flex-1 items-center gap-2 text-base font-semibold tracking-tight">
          <Logo className="size-6" />
          Nexus-Alpha
        </Link>
        <button type="button" onClick={openPalette} aria-label={t("search.open")} className={ICON_BUTTON}><Search aria-hidden="true" strokeWidth={1.6} className="size-[18px]" /></button>
        <ThemeSwitch className={ICON_BUTTON} />
        <SettingsMenu className={ICON_BUTTON} />
        <NotificationBell className={ICON_BUTTON} />
        <AccountMenu className={ICON_BUTTON} />
      </div>
      <div className="hidden w-52 flex-none items-center border-r border-line px-3 md:flex">
        <button
          type="button"
          onClick={openPalette}
          aria-keyshortcuts="Control+K Meta+K /"
          className="flex h-8 w-full items-center gap-2 rounded-md border border-line-strong bg-surface-0 px-2 text-sm text-faint transition-colors hover:border-faint"
        >
          <Search aria-hidden="true" strokeWidth={1.6} className="size-4" />
          <span className="min-w-0 flex-1 truncate text-left">{t("search.open")}</span>
          <Kbd>Ctrl K</Kbd>
        </button>
      </div>
      <MarketStrip />
      <div className="hidden flex-none items-center gap-1 px-3 md:flex">
        <ThemeSwitch className={ICON_BUTTON} />
        <NotificationBell className={ICON_BUTTON} />
        <AccountMenu className={ICON_BUTTON} />
      </div>
    </header>
  );
}
