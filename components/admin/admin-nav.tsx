"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { classNames } from "../ui/class-names";
import type { AdminPanel } from "./admin-panels";

/** The panels that this person may open. */
export function AdminNav({ panels }: { panels: readonly AdminPanel[] }) {
  const t = useTranslations("admin");
  const pathname = usePathname().replace(/\/$/, "");
  const currentRef = useRef<HTMLAnchorElement>(null);
  // On a phone the bar is wider than the screen: the panel that is open is brought into sight.
  useEffect(() => {
    void currentRef.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [pathname]);
  return (
    <nav aria-label={t("panels")} className="flex gap-1 overflow-x-auto border-b border-line px-4 no-scrollbar md:px-6">
      {panels.map((panel) => {
        const href = panel === "overview" ? "/admin" : `/admin/${panel}`;
        const current = pathname === href || (panel !== "overview" && pathname.startsWith(`${href}/`));
        return (
          <Link key={panel} ref={current ? currentRef : undefined} href={href} prefetch={false} aria-current={current ? "page" : undefined} className={classNames("focus-inset -mb-px flex h-10 flex-none items-center border-b-2 px-2.5 text-xs font-medium whitespace-nowrap max-md:h-11", current ? "border-accent text-text" : "border-transparent text-muted hover:text-text")}>
            {t(`nav.${panel}`)}
          </Link>
        );
      })}
    </nav>
  );
}
