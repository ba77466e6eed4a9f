import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConnectionDesk } from "@/components/admin/connection-desk";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin.nav");
  return { title: t("connections") };
}

export default function ConnectionDeskPage() {
  return <ConnectionDesk />;
}
