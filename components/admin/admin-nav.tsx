"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { classNames } from "../ui/class-names";

/** The panels; `admin.nav` has their names. The first stands at /admin itself. */
const ADMIN_PANELS = ["overview", "users", "companies", "instruments", "connections", "ingestion", "quality", "jobs", "moderation", "flags", "audit", "mail", "keys"] as const;

export function AdminNav() {
  const t = useTranslations("admin");
  const pathname = usePathname().replace(/\/$/, "");
  return (
    <nav aria-label={t("panels")} className="flex gap-1 overflow-x-auto border-b border-line px-4 no-scrollbar md:px-6">
      {ADMIN_PANELS.map((panel) => {
        const href = panel === "overview" ? "/admin" : `/admin/${panel}`;
        const current = pathname === href || (panel !== "overview" && pathname.startsWith(`${href}/`));
        return (
          <Link key={panel} href={href} prefetch={false} aria-current={current ? "page" : undefined} className={classNames("focus-inset -mb-px flex h-10 flex-none items-center border-b-2 px-2.5 text-xs font-medium whitespace-nowrap max-md:h-11", current ? "border-accent text-text" : "border-transparent text-muted hover:text-text")}>
            {t(`nav.${panel}`)}
          </Link>
        );
      })}
    </nav>
  );
}
