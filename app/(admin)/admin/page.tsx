import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OverviewBoard } from "@/components/admin/overview-board";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin.nav");
  return { title: t("overview") };
}

export default function OverviewBoardPage() {
  return <OverviewBoard />;
}
