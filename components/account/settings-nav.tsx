"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { classNames } from "../ui/class-names";

/** The pages of the settings; `account.settings.nav` has their names. */
export const SETTINGS_PAGES = ["profile", "security", "notifications", "api-keys", "webhooks", "usage", "billing", "data"] as const;

export function SettingsNav() {
  const t = useTranslations("account.settings");
  const pathname = usePathname();
  const list = useRef<HTMLElement>(null);
  // On a phone the row is wider than the screen: the tab of the page must not stand outside of it.
  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (list.current && tab) list.current.scrollLeft = tab.offsetLeft + tab.offsetWidth / 2 - list.current.clientWidth / 2;
  }, [pathname]);
  return (
    <nav ref={list} aria-label={t("tabs")} className="relative flex gap-1 overflow-x-auto border-b border-line px-4 no-scrollbar md:px-6">
      {SETTINGS_PAGES.map((page) => {
        const href = `/settings/${page}`;
        const current = pathname === href || pathname.startsWith(`${href}/`);
        return (
          <Link key={page} href={href} aria-current={current ? "page" : undefined} className={classNames("focus-inset -mb-px flex h-10 flex-none items-center border-b-2 px-2.5 text-xs font-medium whitespace-nowrap max-md:h-11", current ? "border-accent text-text" : "border-transparent text-muted hover:text-text")}>
            {t(`nav.${page}`)}
          </Link>
        );
      })}
    </nav>
  );
}
