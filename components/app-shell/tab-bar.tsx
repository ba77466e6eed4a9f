"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { classNames } from "../ui/class-names";
import { NAV_ITEMS, isCurrent } from "./nav-items";

/** Pages on phones. */
export function TabBar() {
  const t = useTranslations("shell");
  const pathname = usePathname();
  return (
    <nav
      aria-label={t("pages")}
      className="fixed inset-x-0 bottom-0 z-40 grid h-[calc(56px+env(safe-area-inset-bottom))] grid-cols-5 border-t border-line bg-surface-1 md:hidden"
    >
      {NAV_ITEMS.map(({ id, href, icon: Icon }) => {
        const current = isCurrent(href, pathname);
        return (
          <Link
            key={id}
            href={href}
            aria-current={current ? "page" : undefined}
            className={classNames("focus-inset flex h-14 min-w-0 flex-col items-center justify-center gap-1 text-2xs leading-3 font-medium", current ? "text-accent" : "text-muted")}
          >
            <Icon aria-hidden="true" strokeWidth={1.6} className="size-5" />
            <span className="max-w-full truncate px-0.5">{t(`nav.${id}`)}</span>
          </Link>
        );
      })}
    </nav>
  );
}
