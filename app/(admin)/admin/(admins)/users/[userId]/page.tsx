import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { UserView } from "@/components/admin/user-view";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin.nav");
  return { title: t("users") };
}

export default async function UserPage({ params }: { params: Promise<{ userId: string }> }) {
  return <UserView userId={(await params).userId} />;
}
