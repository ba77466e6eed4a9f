import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageMessages } from "@/components/app-shell/page-messages";
import { QueryBoundary } from "@/components/app-shell/query-boundary";
import { PlanPanel } from "@/components/billing/plan-panel";
import { SeatsPanel } from "@/components/billing/seats-panel";
import { Skeleton } from "@/components/ui/skeleton";
import { requirePerson } from "@/server/api/require-person";
import { Hydrate, prefetch, trpc } from "@/server/api/rsc";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.settings.nav");
  return { title: t("billing") };
}

export default async function BillingPage() {
  await requirePerson("/settings/billing");
  prefetch(trpc.billing.get.queryOptions());
  return (
    <PageMessages of={["billing"]}>
      <Hydrate>
        <div className="grid gap-4 p-4 md:max-w-3xl md:p-6">
          <QueryBoundary fallback={<Skeleton rows={6} />}>
            <PlanPanel />
            <SeatsPanel />
          </QueryBoundary>
        </div>
      </Hydrate>
    </PageMessages>
  );
}
