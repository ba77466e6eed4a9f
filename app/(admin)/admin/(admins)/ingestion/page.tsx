import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { IngestionRuns } from "@/components/admin/ingestion-runs";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin.nav");
  return { title: t("ingestion") };
}

export default function IngestionRunsPage() {
  return <IngestionRuns />;
}
