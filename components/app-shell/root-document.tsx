import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Providers } from "./providers";
import type { Locale, Rail, Theme, UpDown } from "./preferences";
import { shellMessages } from "./shell-messages";

export async function documentMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return { title: { default: "Nexus-Alpha", template: "%s · Nexus-Alpha" }, description: t("description"), applicationName: "Nexus-Alpha" };
}

export const documentViewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: dark)", color: "#0f1217" },
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
  ],
};

type Props = {
  children: ReactNode;
  locale: Locale;
  timeZone: string;
  appearance: { theme: Theme; upDown: UpDown; rail: Rail };
  /** Runs before the first paint, in a page that could not know the person's choice. */
  script?: string;
  /** Where the browser finds the sidecar, or on our own origin who knows; null when the page's own origin leads to it. */
  feedUrl: string | null;
  /** The zone the server wrote times in, when it can be told a better one. */
  knownTimeZone: string | null;
};

/** The document every root layout renders; the two kinds of root differ in what they know of the person. */
export async function RootDocument({ children, locale, timeZone, appearance: { theme, upDown, rail }, script, feedUrl, knownTimeZone }: Props) {
  return (
    // The script below may have changed the appearance before React looks.
    <html lang={locale} data-theme={theme} data-updown={upDown} data-rail={rail} suppressHydrationWarning={script !== undefined} className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <head>
        {feedUrl && <meta name="nexus-ws-url" content={feedUrl} />}
        {script && <script dangerouslySetInnerHTML={{ __html: script }} />}
      </head>
      <body>
        <NextIntlClientProvider locale={locale} timeZone={timeZone} messages={await shellMessages()}>
          <Providers knownTimeZone={knownTimeZone}>{children}</Providers>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
