import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageMessages } from "@/components/app-shell/page-messages";
import { CircuitPicker } from "@/components/circuit/circuit-picker";
import { pickerInput } from "@/components/circuit/circuit-picker-input";
import { SECTOR_CODES } from "@/server/contracts/market";
import { Hydrate, prefetch, trpc } from "@/server/api/rsc";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("circuit");
  return { title: t("title") };
}

export default async function CircuitsPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const { search, sector } = await searchParams;
  // Not awaited: the page is sent at once and the companies stream in.
  prefetch(trpc.market.listCompanies.queryOptions(pickerInput(typeof search === "string" ? search : "", SECTOR_CODES.find((code) => code === sector) ?? null)));
  return (
    <PageMessages of={["circuit"]}>
      <Hydrate>
        <CircuitPicker />
      </Hydrate>
    </PageMessages>
  );
}
