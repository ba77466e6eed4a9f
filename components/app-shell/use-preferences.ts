"use client";

import { useRouter } from "next/navigation";
import { useSyncExternalStore } from "react";
import { PREFERENCE_COOKIES, railOf, themeOf, upDownOf, type Locale, type Rail, type Theme, type UpDown } from "./preferences";
import { writePreference } from "./preference-cookie";

function onRootChange(notify: () => void): () => void {
  const observer = new MutationObserver(notify);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "data-updown", "data-rail"] });
  return () => observer.disconnect();
}

/** The appearance now in force. Theme and colour convention change at once; the language asks the server for its sentences. */
export function usePreferences() {
  const router = useRouter();
  const theme = useSyncExternalStore(onRootChange, () => themeOf(document.documentElement.dataset.theme), () => "system" as Theme);
  const upDown = useSyncExternalStore(onRootChange, () => upDownOf(document.documentElement.dataset.updown), () => "us" as UpDown);
  return {
    theme,
    upDown,
    setTheme(next: Theme) {
      writePreference(PREFERENCE_COOKIES.theme, next);
      document.documentElement.dataset.theme = next;
    },
    setUpDown(next: UpDown) {
      writePreference(PREFERENCE_COOKIES.upDown, next);
      document.documentElement.dataset.updown = next;
    },
    setLocale(next: Locale) {
      writePreference(PREFERENCE_COOKIES.locale, next);
      router.refresh();
    },
  };
}

/** How the rail stands; `served` is what the cookie said to the server, so that the first picture is right. */
export function useRail(served: Rail): [rail: Rail, setRail: (next: Rail) => void] {
  const rail = useSyncExternalStore(onRootChange, () => railOf(document.documentElement.dataset.rail), () => served);
  return [
    rail,
    (next) => {
      writePreference(PREFERENCE_COOKIES.rail, next);
      document.documentElement.dataset.rail = next;
    },
  ];
}
