import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FlagBoard } from "@/components/admin/flag-board";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin.nav");
  return { title: t("flags") };
}

export default function FlagBoardPage() {
  return <FlagBoard />;
}
