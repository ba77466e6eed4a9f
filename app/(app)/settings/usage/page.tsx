import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageMessages } from "@/components/app-shell/page-messages";
import { QueryBoundary } from "@/components/app-shell/query-boundary";
import { UsagePanel } from "@/components/billing/usage-panel";
import { Skeleton } from "@/components/ui/skeleton";
import { requirePerson } from "@/server/api/require-person";
import { Hydrate, prefetch, trpc } from "@/server/api/rsc";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.settings.nav");
  return { title: t("usage") };
}

export default async function UsagePage() {
  await requirePerson("/settings/usage");
  prefetch(trpc.billing.getUsage.queryOptions({ window: "day", surface: "api" }));
  return (
    <PageMessages of={["billing"]}>
      <Hydrate>
        <div className="p-4 md:max-w-5xl md:p-6">
          <QueryBoundary fallback={<Skeleton rows={10} />}><UsagePanel /></QueryBoundary>
        </div>
      </Hydrate>
    </PageMessages>
  );
}
