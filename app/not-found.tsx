import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AppFrame } from "@/components/app-shell/app-frame";
import { NotFoundSearch } from "@/components/app-shell/not-found-search";
import { Hydrate, prefetch, trpc } from "@/server/api/rsc";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell.notFound");
  return { title: t("title") };
}

export default function NotFound() {
  prefetch(trpc.market.getStrip.queryOptions());
  return (
    <Hydrate>
      <AppFrame>
        <NotFoundSearch />
      </AppFrame>
    </Hydrate>
  );
}
