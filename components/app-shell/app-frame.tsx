import { getTranslations } from "next-intl/server";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { ImpersonationBanner } from "../admin/impersonation-banner";
import { CommandPalette } from "./command-palette";
import { PREFERENCE_COOKIES, railOf } from "./preferences";
import { Rail } from "./rail";
import { StatusBar } from "./status-bar";
import { TabBar } from "./tab-bar";
import { TopBar } from "./top-bar";

/** The frame of the product: rail, top bar, page, status bar; on phones a tab bar instead of the rail. */
export async function AppFrame({ children }: { children: ReactNode }) {
  const [jar, t] = await Promise.all([cookies(), getTranslations("shell")]);
  return (
    <CommandPalette>
      <a href="#main" className="fixed -top-12 left-2 z-50 rounded-md bg-accent px-3 py-2 font-semibold text-accent-ink focus:top-2">{t("skip")}</a>
      <div className="grid min-h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)_auto] max-md:pb-[calc(56px+env(safe-area-inset-bottom))] md:grid-cols-[auto_minmax(0,1fr)] md:grid-rows-[52px_minmax(0,1fr)_28px]">
        <Rail served={railOf(jar.get(PREFERENCE_COOKIES.rail)?.value)} />
        <TopBar />
        <main id="main" tabIndex={-1} className="min-h-0 min-w-0 focus-visible:outline-none max-md:min-h-[calc(100dvh-92px)]"><ImpersonationBanner />{children}</main>
        <StatusBar />
      </div>
      <TabBar />
    </CommandPalette>
  );
}
