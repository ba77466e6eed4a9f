import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell.notFound");
  return { title: t("title") };
}

/** Every address without a page: with several root layouts, only a route has a frame to say so in. */
export default function MissingPage() {
  notFound();
}
