"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { Building2, ChartLine, Coins, Keyboard, Languages, Layers, SunMoon, Zap, type LucideIcon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useDeferredValue, useState } from "react";
import type { SearchHit } from "@/server/contracts/market";
import { Dialog } from "../ui/dialog";
import { Kbd } from "../ui/kbd";
import { NAV_ITEMS } from "./nav-items";
import { PALETTE_SHOCKS, shockHref } from "./palette-shocks";
import { LOCALES, THEMES } from "./preferences";
import { useTRPC } from "./trpc-client";
import { useHitDetail } from "./use-hit-detail";
import { usePreferences } from "./use-preferences";
import { shownError } from "./wire-error";

const HIT_ICON: Record<SearchHit["kind"], LucideIcon> = { company: Building2, asset: Coins, series: ChartLine, driver: Zap, sector: Layers };
const GROUP =
  "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-muted";
const ITEM = "flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 text-sm data-[selected=true]:bg-surface-3 max-md:min-h-11";

type Row = { key: string; icon: LucideIcon; text: string; detail?: string; keys?: string; run: () => void };

/** Go to any page, company, series or coin; run an action. */
export function CommandPaletteDialog({ onOpenChange, onShortcuts }: { onOpenChange: (open: boolean) => void; onShortcuts: () => void }) {
  const t = useTranslations("shell");
  const router = useRouter();
  const locale = useLocale();
  const { setTheme, setLocale } = usePreferences();
  const detailOf = useHitDetail();
  const [text, setText] = useState("");
  const [picked, setPicked] = useState("");
  const query = useDeferredValue(text.trim());
  const { data, error, isFetching } = useQuery(useTRPC().market.search.queryOptions({ query, limit: 12 }, { enabled: query.length > 0, placeholderData: keepPreviousData }));

  const close = () => onOpenChange(false);
  const go = (href: string) => {
    close();
    router.push(href);
  };
  const has = (words: string) => query === "" || query.toLowerCase().split(/\s+/).every((word) => words.toLowerCase().includes(word));
  const matching = (rows: Row[]) => rows.filter((row) => has(`${row.text} ${row.detail ?? ""}`));

  const pages = matching(NAV_ITEMS.map(({ id, href, icon, key }) => ({ key: `page-${id}`, icon, text: t(`nav.${id}`), keys: `g ${key}`, run: () => go(href) })));
  const hits: Row[] = query === "" ? [] : (data?.hits ?? []).map((hit) => ({ key: `hit-${hit.kind}-${hit.id}`, icon: HIT_ICON[hit.kind], text: hit.label, detail: detailOf(hit), run: () => go(hit.href) }));
  const shocks = matching(PALETTE_SHOCKS.map((shock) => ({ key: `shock-${shock.id}`, icon: Zap, text: t(`palette.shock.${shock.id}`), detail: t("palette.shockDetail"), run: () => go(shockHref(shock)) })));
  const settings = matching([
    ...THEMES.map((theme) => ({ key: `theme-${theme}`, icon: SunMoon, text: `${t("theme.label")}: ${t(`theme.${theme}`)}`, run: () => { setTheme(theme); close(); } })),
    ...LOCALES.filter((other) => other !== locale).map((other) => ({ key: `language-${other}`, icon: Languages, text: t(`palette.language.${other}`), run: () => { setLocale(other); close(); } })),
    { key: "shortcuts", icon: Keyboard, text: t("shortcuts.title"), keys: "?", run: onShortcuts },
  ]);
  const groups = [
    { heading: t("palette.found"), rows: hits },
    { heading: t("pages"), rows: pages },
    { heading: t("palette.shocks"), rows: shocks },
    { heading: t("settings"), rows: settings },
  ].filter(({ rows }) => rows.length > 0);

  // Results that arrive late must not leave Enter without a target.
  const keys = groups.flatMap(({ rows }) => rows.map(({ key }) => key));
  const active = keys.includes(picked) ? picked : (keys[0] ?? "");

  return (
    <Dialog open onOpenChange={onOpenChange} title={t("search.open")} hideTitle className="overflow-hidden">
      <Command value={active} onValueChange={setPicked} shouldFilter={false} label={t("search.open")} loop className="flex max-h-[70vh] flex-col">
        <div className="flex items-center gap-2 border-b border-line px-3">
          <Command.Input value={text} onValueChange={(next) => { setText(next); setPicked(""); }} placeholder={t("palette.placeholder")} maxLength={80} className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint" />
          <Kbd>Esc</Kbd>
        </div>
        <Command.List className="min-h-0 flex-1 overflow-y-auto p-1.5 pt-0">
          {query !== "" && error && <p role="status" className="px-2 pt-3 text-xs text-warn">{shownError(error).lost ? t("palette.searchLost") : t("palette.searchFailed")}</p>}
          {groups.length === 0 && !error && <p role="status" className="px-2 py-8 text-center text-sm text-muted">{isFetching ? t("palette.searching") : t("palette.nothing", { query })}</p>}
          {groups.map(({ heading, rows }) => (
            <Command.Group key={heading} heading={heading} className={GROUP}>
              {rows.map(({ key, icon: Icon, text: label, detail, keys, run }) => (
                <Command.Item key={key} value={key} onSelect={run} className={ITEM}>
                  <Icon aria-hidden="true" strokeWidth={1.6} className="size-4 text-muted" />
                  <span className="min-w-0 flex-initial truncate">{label}</span>
                  {detail && <span className="min-w-0 flex-1 truncate text-xs text-muted">{detail}</span>}
                  {keys && <Kbd className="ml-auto">{keys}</Kbd>}
                </Command.Item>
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  );
}
