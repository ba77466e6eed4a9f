import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { WebhooksPanel } from "@/components/account/webhooks-panel";
import { PageMessages } from "@/components/app-shell/page-messages";
import { QueryBoundary } from "@/components/app-shell/query-boundary";
import { Skeleton } from "@/components/ui/skeleton";
import { requirePerson } from "@/server/api/require-person";
import { Hydrate, prefetch, trpc } from "@/server/api/rsc";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("api-keys");
  return { title: t("hooks.title") };
}

export default async function WebhooksPage() {
  await requirePerson("/settings/webhooks");
  prefetch(trpc.webhook.list.queryOptions());
  return (
    <PageMessages of={["api-keys"]}>
      <Hydrate>
        <div className="grid max-w-5xl gap-4 p-4 md:p-6">
          <QueryBoundary fallback={<Skeleton rows={5} />}><WebhooksPanel /></QueryBoundary>
        </div>
      </Hydrate>
    </PageMessages>
  );
}
