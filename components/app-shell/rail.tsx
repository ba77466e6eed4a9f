"use client";

import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { classNames } from "../ui/class-names";
import { Tooltip } from "../ui/tooltip";
import { Logo } from "./logo";
import { NAV_ITEMS, isCurrent } from "./nav-items";
import type { Rail as RailLook } from "./preferences";
import { SettingsMenu } from "./settings-menu";
import { useRail } from "./use-preferences";

const CELL = "focus-inset relative flex w-full flex-col items-center justify-center gap-1 rounded-lg px-0.5 text-center text-2xs leading-3 font-medium transition-colors";
const QUIET = "text-muted hover:bg-surface-2 hover:text-text";

/** Pages on wide screens, with their names or as icons alone. */
export function Rail({ served }: { served: RailLook }) {
  const t = useTranslations("shell");
  const pathname = usePathname();
  const [rail, setRail] = useRail(served);
  const labelled = rail === "labels";
  const cell = classNames(CELL, labelled ? "h-12" : "h-10");
  const named = (name: string) => <span className={labelled ? undefined : "sr-only"}>{name}</span>;
  const Fold = labelled ? PanelLeftClose : PanelLeftOpen;
  return (
    <nav aria-label={t("pages")} className={classNames("sticky top-0 row-span-full hidden h-dvh flex-col items-center border-r border-line bg-surface-1 pb-2 md:flex", labelled ? "w-[72px]" : "w-12")}>
      <Link href="/" aria-label={t("home")} className="focus-inset mb-2 grid h-[52px] w-full flex-none place-items-center border-b border-line">
        <Logo className="size-6" />
      </Link>
      <div id="rail-pages" className="flex w-full flex-col gap-0.5 px-1">
        {NAV_ITEMS.map(({ id, href, icon: Icon }) => {
          const current = isCurrent(href, pathname);
          return (
            <Tooltip key={id} content={t(`nav.${id}`)} side="right" disabled={labelled}>
              <Link href={href} aria-current={current ? "page" : undefined} className={classNames(cell, current ? "bg-surface-3 text-text" : QUIET)}>
                {current && <span aria-hidden="true" className="absolute top-3 bottom-3 -left-1 w-0.5 rounded-r-sm bg-accent" />}
                <Icon aria-hidden="true" strokeWidth={1.6} className={classNames("size-[18px]", current && "text-accent")} />
                {named(t(`nav.${id}`))}
              </Link>
            </Tooltip>
          );
        })}
      </div>
      <div className="mt-auto flex w-full flex-col gap-0.5 px-1">
        <SettingsMenu side="right" className={classNames(cell, QUIET)} labelled={labelled} />
        <Tooltip content={t("railLabels")} side="right" disabled={labelled}>
          <button type="button" aria-expanded={labelled} aria-controls="rail-pages" onClick={() => setRail(labelled ? "icons" : "labels")} className={classNames(cell, QUIET)}>
            <Fold aria-hidden="true" strokeWidth={1.6} className="size-[18px]" />
            {named(t("railLabels"))}
          </button>
        </Tooltip>
      </div>
    </nav>
  );
}
