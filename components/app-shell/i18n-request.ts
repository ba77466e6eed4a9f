import { getRequestConfig } from "next-intl/server";
import { cookies, headers } from "next/headers";
import { locale as prerenderedLocale } from "next/root-params";
import { loadMessages, type Messages } from "./load-messages";
import { PREFERENCE_COOKIES, localeOf, timeZoneOf, type Locale } from "./preferences";

const KEPT_MS = 2_000;
const kept = new Map<Locale, { readAt: number; messages: Promise<Messages> }>();

/** Kept for a moment only: a burst of requests reads the files once, and an added sentence shows on the next reload. */
function messagesFor(locale: Locale): Promise<Messages> {
  const found = kept.get(locale);
  if (found && Date.now() - found.readAt < KEPT_MS) return found.messages;
  const messages = loadMessages(locale);
  kept.set(locale, { readAt: Date.now(), messages });
  return messages;
}

/** Language by the path where a page is prerendered; everywhere else by cookie, like the time zone: the address stays the same in every language. */
const requestConfig = getRequestConfig(async ({ locale: asked }) => {
  const given = asked ?? (await prerenderedLocale());
  if (given !== undefined) {
    const locale = localeOf(given, null);
    return { locale, timeZone: timeZoneOf(undefined), messages: await messagesFor(locale) };
  }
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const locale = localeOf(jar.get(PREFERENCE_COOKIES.locale)?.value, head.get("accept-language"));
  return { locale, timeZone: timeZoneOf(jar.get(PREFERENCE_COOKIES.timeZone)?.value), messages: await messagesFor(locale) };
});

export default requestConfig;
