import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DataQualityBoard } from "@/components/admin/data-quality-board";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin.nav");
  return { title: t("quality") };
}

export default function DataQualityBoardPage() {
  return <DataQualityBoard />;
}
