import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { CompanyList } from "@/components/market/company-list";
import { Skeleton } from "@/components/ui/skeleton";
import { Hydrate } from "@/server/api/rsc";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("market");
  return { title: t("companies") };
}

export default function CompaniesPage() {
  return (
    <Hydrate>
      <Suspense fallback={<Skeleton rows={14} />}>
        <CompanyList />
      </Suspense>
    </Hydrate>
  );
}
