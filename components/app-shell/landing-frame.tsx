"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import { AccountMenu } from "../account/account-menu";
import { BrowserTimeZone } from "./browser-time-zone";
import { CommandPalette } from "./command-palette";
import { Logo } from "./logo";
import { MarketStrip } from "./market-strip";
import { SettingsMenu } from "./settings-menu";
import { ThemeSwitch } from "./theme-switch";

const ICON_BUTTON = "grid size-10 place-items-center rounded-md text-muted transition-colors hover:bg-surface-2 hover:text-text md:size-8";

/** The frame of the public pages: mark, strip and switches, without the rail. */
export function LandingFrame({ children }: { children: ReactNode }) {
  const t = useTranslations("shell");
  return (
    <CommandPalette>
      <header className="sticky top-0 z-20 flex flex-wrap items-stretch border-b border-line bg-surface-1 md:h-[52px] md:flex-nowrap">
        <a href="#main" className="fixed -top-12 left-2 z-50 rounded-md bg-accent px-3 py-2 font-semibold text-accent-ink focus:top-2">{t("skip")}</a>
        <div className="flex h-12 items-center max-md:flex-1 md:h-auto">
          <Link href="/" aria-label={t("home")} className="focus-inset flex h-full items-center gap-2 px-4 text-base font-semibold tracking-tight md:border-r md:border-line">
            <Logo className="size-6" />
            Nexus-Alpha
          </Link>
        </div>
        <div className="order-last flex min-w-0 md:order-none md:flex-1 max-md:w-full max-md:border-t max-md:border-line"><BrowserTimeZone><MarketStrip prefetched={false} /></BrowserTimeZone></div>
        <div className="flex flex-none items-center gap-1 px-3">
          <ThemeSwitch className={ICON_BUTTON} />
          <SettingsMenu className={ICON_BUTTON} />
          <AccountMenu className={ICON_BUTTON} />
        </div>
      </header>
      {children}
    </CommandPalette>
  );
}
