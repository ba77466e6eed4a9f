"use client";

import { Menu } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { classNames } from "../ui/class-names";
import { Sheet } from "../ui/dialog";
import { NAV_ITEMS, isCurrent } from "./nav-items";

/** As many as a thumb tells apart; the others are behind one more. */
const IN_SIGHT = 4;
const CELL = "focus-inset flex h-14 min-w-0 flex-col items-center justify-center gap-1 text-2xs leading-3 font-medium";

/** Pages on phones. */
export function TabBar() {
  const t = useTranslations("shell");
  const pathname = usePathname();
  const [open, setOpen] = useState(false);
  const rest = NAV_ITEMS.slice(IN_SIGHT);
  const isInRest = rest.some(({ href }) => isCurrent(href, pathname));
  return (
    <nav aria-label={t("pages")} className="fixed inset-x-0 bottom-0 z-40 grid h-[calc(56px+env(safe-area-inset-bottom))] grid-cols-5 border-t border-line bg-surface-1 md:hidden">
      {NAV_ITEMS.slice(0, IN_SIGHT).map(({ id, href, icon: Icon }) => {
        const current = isCurrent(href, pathname);
        return (
          <Link key={id} href={href} aria-current={current ? "page" : undefined} className={classNames(CELL, current ? "text-accent" : "text-muted")}>
            <Icon aria-hidden="true" strokeWidth={1.6} className="size-5" />
            <span className="max-w-full truncate px-0.5">{t(`nav.${id}`)}</span>
          </Link>
        );
      })}
      <button type="button" aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(true)} className={classNames(CELL, isInRest ? "text-accent" : "text-muted")}>
        <Menu aria-hidden="true" strokeWidth={1.6} className="size-5" />
        <span className="max-w-full truncate px-0.5">{t("morePages.short")}</span>
      </button>
      <Sheet open={open} onOpenChange={setOpen} side="bottom" title={t("morePages.title")}>
        <ul className="grid grid-cols-3 gap-1 p-3">
          {rest.map(({ id, href, icon: Icon }) => {
            const current = isCurrent(href, pathname);
            return (
              <li key={id}>
                <Link href={href} aria-current={current ? "page" : undefined} onClick={() => setOpen(false)} className={classNames("flex h-16 flex-col items-center justify-center gap-1.5 rounded-lg text-xs font-medium", current ? "bg-surface-3 text-accent" : "text-muted hover:bg-surface-2")}>
                  <Icon aria-hidden="true" strokeWidth={1.6} className="size-5" />
                  {t(`nav.${id}`)}
                </Link>
              </li>
            );
          })}
        </ul>
      </Sheet>
    </nav>
  );
}
