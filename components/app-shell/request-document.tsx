import { getLocale, getTimeZone } from "next-intl/server";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { PREFERENCE_COOKIES, localeOf, railOf, themeOf, upDownOf } from "./preferences";
import { RootDocument } from "./root-document";

/** The document of a page that is made for each request: it looks as the person chose from the first byte. */
export async function RequestDocument({ children, feedUrl }: { children: ReactNode; feedUrl: string | null }) {
  const [jar, locale, timeZone] = await Promise.all([cookies(), getLocale(), getTimeZone()]);
  const chosen = (name: keyof typeof PREFERENCE_COOKIES) => jar.get(PREFERENCE_COOKIES[name])?.value;
  const appearance = { theme: themeOf(chosen("theme")), upDown: upDownOf(chosen("upDown")), rail: railOf(chosen("rail")) };
  return <RootDocument locale={localeOf(locale, null)} timeZone={timeZone} knownTimeZone={timeZone} appearance={appearance} feedUrl={feedUrl}>{children}</RootDocument>;
}
