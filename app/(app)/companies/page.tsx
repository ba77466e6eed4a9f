import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { PageMessages } from "@/components/app-shell/page-messages";
import { CompanyList } from "@/components/market/company-list";
import { Skeleton } from "@/components/ui/skeleton";
import { Hydrate } from "@/server/api/rsc";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("market");
  return { title: t("companies") };
}

export default function CompaniesPage() {
  return (
    <PageMessages of={["market"]}>
      <Hydrate>
        <Suspense fallback={<Skeleton rows={14} />}>
          <CompanyList />
        </Suspense>
      </Hydrate>
    </PageMessages>
  );
}
