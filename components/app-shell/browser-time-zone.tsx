"use client";

import { NextIntlClientProvider, useLocale } from "next-intl";
import { useSyncExternalStore, type ReactNode } from "react";

const never = () => () => undefined;

/** Writes times in the browser's own zone, below a page that was made before anybody's zone was known. */
export function BrowserTimeZone({ children }: { children: ReactNode }) {
  const timeZone = useSyncExternalStore(never, () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC", () => "UTC");
  return <NextIntlClientProvider locale={useLocale()} timeZone={timeZone}>{children}</NextIntlClientProvider>;
}
