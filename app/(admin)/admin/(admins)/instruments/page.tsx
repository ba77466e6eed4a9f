import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { InstrumentEditor } from "@/components/admin/instrument-editor";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin.nav");
  return { title: t("instruments") };
}

export default function InstrumentEditorPage() {
  return <InstrumentEditor />;
}
