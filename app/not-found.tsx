import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AppFrame } from "@/components/app-shell/app-frame";
import { NotFoundSearch } from "@/components/app-shell/not-found-search";
import { HydrateFrame, trpc } from "@/server/api/rsc";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell.notFound");
  return { title: t("title") };
}

export default function NotFound() {
  return (
    <HydrateFrame query={trpc.market.getStrip.queryOptions()}>
      <AppFrame>
        <NotFoundSearch />
      </AppFrame>
    </HydrateFrame>
  );
}
