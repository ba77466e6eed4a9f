import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MailOutbox } from "@/components/admin/mail-outbox";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin.nav");
  return { title: t("mail") };
}

export default function MailOutboxPage() {
  return <MailOutbox />;
}
