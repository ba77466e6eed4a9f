"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { classNames } from "../ui/class-names";
import { Logo } from "./logo";
import { NAV_ITEMS, isCurrent } from "./nav-items";
import { SettingsMenu } from "./settings-menu";

const CELL = "focus-inset relative flex h-12 w-full flex-col items-center justify-center gap-1 rounded-lg px-0.5 text-center text-2xs leading-3 font-medium transition-colors";

/** Pages on wide screens. */
export function Rail() {
  const t = useTranslations("shell");
  const pathname = usePathname();
  return (
    <nav aria-label={t("pages")} className="sticky top-0 row-span-full hidden h-dvh flex-col items-center border-r border-line bg-surface-1 pb-2 md:flex">
      <Link href="/" aria-label={t("home")} className="focus-inset mb-2 grid h-[52px] w-full flex-none place-items-center border-b border-line">
        <Logo className="size-6" />
      </Link>
      <div className="flex w-full flex-col gap-0.5 px-1">
        {NAV_ITEMS.map(({ id, href, icon: Icon }) => {
          const current = isCurrent(href, pathname);
          return (
            <Link key={id} href={href} aria-current={current ? "page" : undefined} className={classNames(CELL, current ? "bg-surface-3 text-text" : "text-muted hover:bg-surface-2 hover:text-text")}>
              {current && <span aria-hidden="true" className="absolute top-3 bottom-3 -left-1 w-0.5 rounded-r-sm bg-accent" />}
              <Icon aria-hidden="true" strokeWidth={1.6} className={classNames("size-[18px]", current && "text-accent")} />
              {t(`nav.${id}`)}
            </Link>
          );
        })}
      </div>
      <div className="mt-auto w-full px-1">
        <SettingsMenu side="right" className={classNames(CELL, "text-muted hover:bg-surface-2 hover:text-text")} labelled />
      </div>
    </nav>
  );
}
