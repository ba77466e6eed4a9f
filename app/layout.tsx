import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getTimeZone, getTranslations } from "next-intl/server";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { PREFERENCE_COOKIES, railOf, themeOf, upDownOf } from "@/components/app-shell/preferences";
import { Providers } from "@/components/app-shell/providers";
import { liveFeedUrl } from "@/server/api/live-feed-url";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return { title: { default: "Nexus-Alpha", template: "%s · Nexus-Alpha" }, description: t("description"), applicationName: "Nexus-Alpha" };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: dark)", color: "#0f1217" },
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [jar, locale, timeZone] = await Promise.all([cookies(), getLocale(), getTimeZone()]);
  const feedUrl = liveFeedUrl();
  return (
    <html
      lang={locale}
      data-theme={themeOf(jar.get(PREFERENCE_COOKIES.theme)?.value)}
      data-updown={upDownOf(jar.get(PREFERENCE_COOKIES.upDown)?.value)}
      data-rail={railOf(jar.get(PREFERENCE_COOKIES.rail)?.value)}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
    >
      {feedUrl && (
        <head>
          <meta name="nexus-ws-url" content={feedUrl} />
        </head>
      )}
      <body>
        <NextIntlClientProvider>
          <Providers knownTimeZone={timeZone}>{children}</Providers>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
