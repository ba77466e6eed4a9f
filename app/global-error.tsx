"use client";

import "./globals.css";

const SENTENCES = {
  en: { title: "Something went wrong", lost: "Nothing was lost.", retry: "Try again" },
  ko: { title: "문제가 발생했습니다", lost: "잃어버린 내용은 없습니다.", retry: "다시 시도" },
} as const;

/** Stands in for the whole document when the root layout itself fails, hence without its fonts, messages and providers. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const locale = typeof document !== "undefined" && document.cookie.includes("locale=ko") ? "ko" : "en";
  const { title, lost, retry } = SENTENCES[locale];
  return (
    <html lang={locale} data-theme="system">
      <body className="grid min-h-dvh place-items-center">
        <main role="alert" className="flex flex-col items-center gap-2 p-6 text-center text-sm">
          <h1 className="text-base font-semibold">{title}</h1>
          <p className="text-muted">{lost}</p>
          <button type="button" onClick={reset} className="mt-2 h-10 rounded-md border border-line-strong bg-surface-2 px-3 text-xs font-medium">{retry}</button>
          {error.digest && <p className="font-mono text-2xs text-faint">{error.digest}</p>}
        </main>
      </body>
    </html>
  );
}
