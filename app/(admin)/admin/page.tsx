import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DeskBoard } from "@/components/admin/desk-board";
import { OverviewBoard } from "@/components/admin/overview-board";
import { callApi } from "@/server/api/rsc";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin.nav");
  return { title: t("overview") };
}

export default async function OverviewBoardPage() {
  const me = await (await callApi()).account.getMe();
  return me?.role === "ADMIN" ? <OverviewBoard /> : <DeskBoard />;
}
