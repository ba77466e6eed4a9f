import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { API_KEYS_PAGE } from "@/components/account/api-keys-page";
import { ApiKeysPanel } from "@/components/account/api-keys-panel";
import { nextPage } from "@/components/app-shell/next-page";
import { PageMessages } from "@/components/app-shell/page-messages";
import { QueryBoundary } from "@/components/app-shell/query-boundary";
import { Skeleton } from "@/components/ui/skeleton";
import { requirePerson } from "@/server/api/require-person";
import { Hydrate, prefetchInfinite, trpc } from "@/server/api/rsc";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("api-keys");
  return { title: t("title") };
}

export default async function ApiKeysPage() {
  await requirePerson("/settings/api-keys");
  prefetchInfinite(trpc.apiKey.list.infiniteQueryOptions(API_KEYS_PAGE, nextPage));
  return (
    <PageMessages of={["api-keys"]}>
      <Hydrate>
        <div className="grid max-w-5xl gap-4 p-4 md:p-6">
          <QueryBoundary fallback={<Skeleton rows={5} />}><ApiKeysPanel now={new Date().toISOString()} /></QueryBoundary>
        </div>
      </Hydrate>
    </PageMessages>
  );
}
