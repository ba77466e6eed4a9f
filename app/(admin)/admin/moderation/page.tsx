import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ModerationQueue } from "@/components/admin/moderation-queue";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin.nav");
  return { title: t("moderation") };
}

export default function ModerationQueuePage() {
  return <ModerationQueue />;
}
