import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { CircuitPicker } from "@/components/circuit/circuit-picker";
import { Skeleton } from "@/components/ui/skeleton";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("circuit");
  return { title: t("title") };
}

export default function CircuitsPage() {
  return (
    <Suspense fallback={<Skeleton rows={12} rowClassName="h-12" />}>
      <CircuitPicker />
    </Suspense>
  );
}
