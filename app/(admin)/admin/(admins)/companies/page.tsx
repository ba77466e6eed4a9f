import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CompanyEditor } from "@/components/admin/company-editor";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin.nav");
  return { title: t("companies") };
}

export default function CompanyEditorPage() {
  return <CompanyEditor />;
}
