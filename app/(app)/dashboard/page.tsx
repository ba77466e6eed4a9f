import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageMessages } from "@/components/app-shell/page-messages";
import { DashboardLoader } from "@/components/graph/dashboard-loader";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("graph");
  return { title: t("title"), description: t("description") };
}

export default function DashboardPage() {
  return (
    <PageMessages of={["graph", "scenario"]}>
      <DashboardLoader />
    </PageMessages>
  );
}
