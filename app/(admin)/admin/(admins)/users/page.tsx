import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { UserList } from "@/components/admin/user-list";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin.nav");
  return { title: t("users") };
}

export default function UserListPage() {
  return <UserList />;
}
