import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageMessages } from "@/components/app-shell/page-messages";
import { QueryBoundary } from "@/components/app-shell/query-boundary";
import { CoinBoard } from "@/components/crypto/coin-board";
import { Skeleton } from "@/components/ui/skeleton";
import { Hydrate, prefetch, trpc } from "@/server/api/rsc";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("crypto");
  return { title: t("title") };
}

export default function CryptoPage() {
  prefetch(trpc.crypto.getBoard.queryOptions());
  return (
    <PageMessages of={["crypto"]}>
      <Hydrate>
        <QueryBoundary fallback={<Skeleton rows={14} />}>
          <CoinBoard />
        </QueryBoundary>
      </Hydrate>
    </PageMessages>
  );
}
