import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ProviderKeyList } from "@/components/admin/provider-key-list";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin.nav");
  return { title: t("keys") };
}

export default function ProviderKeyListPage() {
  return <ProviderKeyList />;
}
