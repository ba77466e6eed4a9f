import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { StepUpProvider } from "@/components/account/step-up-provider";
import { AdminNav } from "@/components/admin/admin-nav";
import { panelsFor } from "@/components/admin/admin-panels";
import { SecondFactorNeeded } from "@/components/admin/second-factor-needed";
import { PageMessages } from "@/components/app-shell/page-messages";
import { callApi } from "@/server/api/rsc";

/** To everybody but staff these pages do not exist. A courtesy: what may be read and done is decided by the procedures. */
export default async function StaffPanelsLayout({ children }: { children: ReactNode }) {
  const me = await (await callApi()).account.getMe();
  if (me === null || me.role === "USER") notFound();
  const panels = panelsFor(me);
  const t = await getTranslations("admin");
  return (
    <PageMessages of={["admin", "account"]}>
      <h1 className="px-4 pt-4 pb-1 text-xl font-semibold tracking-tight md:px-6">{t("title")}</h1>
      {panels.length > 0 ? (
        <>
          <AdminNav panels={panels} />
          <StepUpProvider>{children}</StepUpProvider>
        </>
      ) : (
        <SecondFactorNeeded />
      )}
    </PageMessages>
  );
}
