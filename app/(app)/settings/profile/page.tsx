import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ProfileForm } from "@/components/account/profile-form";
import { QueryBoundary } from "@/components/app-shell/query-boundary";
import { Skeleton } from "@/components/ui/skeleton";
import { requirePerson } from "@/server/api/require-person";
import { Hydrate, prefetch, trpc } from "@/server/api/rsc";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.settings.nav");
  return { title: t("profile") };
}

export default async function ProfilePage() {
  await requirePerson("/settings/profile");
  prefetch(trpc.account.getProfile.queryOptions());
  return (
    <Hydrate>
      <QueryBoundary fallback={<Skeleton rows={10} />}>
        <ProfileForm />
      </QueryBoundary>
    </Hydrate>
  );
}
