import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageMessages } from "@/components/app-shell/page-messages";
import { readCircuitAddress } from "@/components/circuit/circuit-address";
import { CircuitScreen } from "@/components/circuit/circuit-screen";
import { ticker as tickerSchema } from "@/server/contracts/common";
import { Hydrate, findOrNotFound, queryClient, trpc } from "@/server/api/rsc";

type Props = { params: Promise<{ ticker: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

const tickerOf = async (params: Props["params"]) => tickerSchema.safeParse(decodeURIComponent((await params).ticker)).data ?? null;

export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  const t = await getTranslations("circuit");
  return { title: `${(await tickerOf(params)) ?? ""} · ${t("title")}` };
}

export default async function CircuitPage({ params, searchParams }: Props) {
  const ticker = await tickerOf(params);
  if (!ticker) notFound();
  const query = new URLSearchParams(Object.entries(await searchParams).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])));
  const { spec } = readCircuitAddress(query.toString());
  // The company decides between the page and its 404. The circuit is waited for, so that the picture is in the first answer; where it cannot be solved the page says why.
  await Promise.all([findOrNotFound(trpc.market.getCompany.queryOptions({ ticker })), queryClient().prefetchQuery(trpc.circuit.solve.queryOptions({ ticker, spec }))]);
  return (
    <PageMessages of={["circuit", "scenario"]}>
      <Hydrate>
        <CircuitScreen ticker={ticker} />
      </Hydrate>
    </PageMessages>
  );
}
