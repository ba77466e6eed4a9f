import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageMessages } from "@/components/app-shell/page-messages";
import { QueryBoundary } from "@/components/app-shell/query-boundary";
import { ResultSkeleton, ScenarioWorkbench } from "@/components/scenario/scenario-workbench";
import { Hydrate, prefetch, trpc } from "@/server/api/rsc";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("scenario");
  return { title: t("title") };
}

export default function ScenariosPage() {
  prefetch(trpc.scenario.listDrivers.queryOptions());
  prefetch(trpc.scenario.listPresets.queryOptions());
  return (
    <PageMessages of={["scenario"]}>
      <Hydrate>
        <QueryBoundary fallback={<div className="p-5"><ResultSkeleton /></div>}>
          <ScenarioWorkbench />
        </QueryBoundary>
      </Hydrate>
    </PageMessages>
  );
}
