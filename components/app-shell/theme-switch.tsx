"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { THEMES, type Theme } from "./preferences";
import { usePreferences } from "./use-preferences";

const ICON = { system: Monitor, dark: Moon, light: Sun } as const;

/** Goes round system, dark and light. */
export function ThemeSwitch({ className }: { className?: string }) {
  const t = useTranslations("shell.theme");
  const { theme, setTheme } = usePreferences();
  const next: Theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system";
  const Icon = ICON[theme];
  return (
    <button type="button" onClick={() => setTheme(next)} className={className} aria-label={t("switch", { now: t(theme), next: t(next) })} title={t("switch", { now: t(theme), next: t(next) })}>
      <Icon aria-hidden="true" strokeWidth={1.6} className="size-4" />
    </button>
  );
}
