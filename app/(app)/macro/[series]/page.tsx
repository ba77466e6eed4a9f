import type { Metadata } from "next";
import { PageMessages } from "@/components/app-shell/page-messages";
import { QueryBoundary } from "@/components/app-shell/query-boundary";
import { seriesInput } from "@/components/macro/series-input";
import { SeriesView } from "@/components/macro/series-view";
import { Skeleton } from "@/components/ui/skeleton";
import { Hydrate, findOrNotFound, trpc } from "@/server/api/rsc";

type Props = { params: Promise<{ series: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

const codeOf = async (params: Props["params"]) => decodeURIComponent((await params).series);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: await codeOf(params) };
}

export default async function SeriesPage({ params, searchParams }: Props) {
  const code = await codeOf(params);
  const { asOf } = await searchParams;
  await findOrNotFound(trpc.macro.getSeries.queryOptions(seriesInput(code, typeof asOf === "string" ? asOf : null)));
  return (
    <PageMessages of={["macro"]}>
      <Hydrate>
        <QueryBoundary fallback={<Skeleton rows={12} />}>
          <SeriesView code={code} />
        </QueryBoundary>
      </Hydrate>
    </PageMessages>
  );
}
