import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { SettingsNav } from "@/components/account/settings-nav";
import { StepUpProvider } from "@/components/account/step-up-provider";
import { PageMessages } from "@/components/app-shell/page-messages";

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations("account.settings");
  return (
    <PageMessages of={["account"]}>
      <h1 className="px-4 pt-4 pb-1 text-xl font-semibold tracking-tight md:px-6">{t("title")}</h1>
      <SettingsNav />
      <StepUpProvider>{children}</StepUpProvider>
    </PageMessages>
  );
}
