import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageMessages } from "@/components/app-shell/page-messages";
import { QueryBoundary } from "@/components/app-shell/query-boundary";
import { MacroBoard } from "@/components/macro/macro-board";
import { READING_MONTHS } from "@/components/macro/reading-months";
import { SeriesList } from "@/components/macro/series-list";
import { Skeleton } from "@/components/ui/skeleton";
import { Hydrate, prefetch, trpc } from "@/server/api/rsc";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("macro");
  return { title: t("title") };
}

export default function MacroPage() {
  prefetch(trpc.macro.listSeries.queryOptions({}));
  prefetch(trpc.macro.getYieldCurve.queryOptions());
  prefetch(trpc.macro.getInflation.queryOptions({ limit: READING_MONTHS }));
  prefetch(trpc.macro.getFederalFundsRate.queryOptions({ limit: READING_MONTHS }));
  prefetch(trpc.macro.getHeat.queryOptions());
  return (
    <PageMessages of={["macro"]}>
      <Hydrate>
        <QueryBoundary fallback={<Skeleton rows={14} />}>
          <SeriesList board={<MacroBoard />} />
        </QueryBoundary>
      </Hydrate>
    </PageMessages>
  );
}
