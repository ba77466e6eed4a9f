"use client";

import { Settings } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { DropdownMenu } from "../ui/dropdown-menu";
import { LOCALES, THEMES, UP_DOWN, type Locale, type Theme, type UpDown } from "./preferences";
import { usePreferences } from "./use-preferences";

const LANGUAGE_NAME: Record<Locale, string> = { en: "English", ko: "한국어" };

/** Theme, colour convention and language. */
export function SettingsMenu({ className, side = "bottom", labelled = false }: { className?: string; side?: "right" | "bottom"; labelled?: boolean }) {
  const t = useTranslations("shell");
  const locale = useLocale();
  const { theme, upDown, setTheme, setUpDown, setLocale } = usePreferences();
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className={className} aria-label={labelled ? undefined : t("settings")} title={labelled ? undefined : t("settings")}>
        <Settings aria-hidden="true" strokeWidth={1.6} className="size-[18px]" />
        {labelled && t("settings")}
      </DropdownMenu.Trigger>
      <DropdownMenu.Content side={side} align="end">
        <DropdownMenu.Label>{t("theme.label")}</DropdownMenu.Label>
        <DropdownMenu.RadioGroup value={theme} onValueChange={(value) => setTheme(value as Theme)}>
          {THEMES.map((one) => (
            <DropdownMenu.RadioItem key={one} value={one}>{t(`theme.${one}`)}</DropdownMenu.RadioItem>
          ))}
        </DropdownMenu.RadioGroup>
        <DropdownMenu.Separator />
        <DropdownMenu.Label>{t("updown.label")}</DropdownMenu.Label>
        <DropdownMenu.RadioGroup value={upDown} onValueChange={(value) => setUpDown(value as UpDown)}>
          {UP_DOWN.map((one) => (
            <DropdownMenu.RadioItem key={one} value={one}>{t(`updown.${one}`)}</DropdownMenu.RadioItem>
          ))}
        </DropdownMenu.RadioGroup>
        <DropdownMenu.Separator />
        <DropdownMenu.Label>{t("language")}</DropdownMenu.Label>
        <DropdownMenu.RadioGroup value={locale} onValueChange={(value) => setLocale(value as Locale)}>
          {LOCALES.map((one) => (
            <DropdownMenu.RadioItem key={one} value={one} lang={one}>{LANGUAGE_NAME[one]}</DropdownMenu.RadioItem>
          ))}
        </DropdownMenu.RadioGroup>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
