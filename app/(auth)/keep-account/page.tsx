import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LinkAction } from "@/components/account/link-action";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.keep");
  return { title: t("title"), robots: { index: false } };
}

export default function KeepAccountPage() {
  return <LinkAction action="keep" />;
}
