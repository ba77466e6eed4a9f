import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { APPEARANCE_SCRIPT } from "./appearance-script";
import { localeOf, railOf, themeOf, upDownOf } from "./preferences";
import { RootDocument } from "./root-document";

/** Answers where the sidecar is; known only while the app runs. */
const FEED_ADDRESS = "/api/live-feed";
const UNCHOSEN = { theme: themeOf(undefined), upDown: upDownOf(undefined), rail: railOf(undefined) };

/** The document of a page that is made once in each language: the person's theme is put on by a script before the first paint, and times wait for the browser's zone. */
export async function PrerenderedDocument({ children }: { children: ReactNode }) {
  const locale = localeOf(await getLocale(), null);
  return <RootDocument locale={locale} timeZone="UTC" knownTimeZone={null} appearance={UNCHOSEN} script={APPEARANCE_SCRIPT} feedUrl={FEED_ADDRESS}>{children}</RootDocument>;
}
