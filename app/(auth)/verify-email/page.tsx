import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LinkAction } from "@/components/account/link-action";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.verify");
  return { title: t("title"), robots: { index: false } };
}

export default async function VerifyEmailPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const { change } = await searchParams;
  return <LinkAction action={change === "1" ? "change" : "verify"} />;
}
