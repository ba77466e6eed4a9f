import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MailChoices } from "@/components/account/mail-choices";
import { PageMessages } from "@/components/app-shell/page-messages";
import { QueryBoundary } from "@/components/app-shell/query-boundary";
import { NotificationChoices } from "@/components/notification/notification-choices";
import { Skeleton } from "@/components/ui/skeleton";
import { requirePerson } from "@/server/api/require-person";
import { Hydrate, prefetch, trpc } from "@/server/api/rsc";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.settings.nav");
  return { title: t("notifications") };
}

export default async function NotificationSettingsPage() {
  await requirePerson("/settings/notifications");
  prefetch(trpc.account.getProfile.queryOptions());
  prefetch(trpc.notification.listPreferences.queryOptions());
  return (
    <Hydrate>
      <div className="grid gap-4 p-4 md:max-w-3xl md:p-6">
        <PageMessages of={["notification.settings"]}>
          <QueryBoundary fallback={<Skeleton rows={12} />}><NotificationChoices /></QueryBoundary>
        </PageMessages>
        <QueryBoundary fallback={<Skeleton rows={5} />}><MailChoices /></QueryBoundary>
      </div>
    </Hydrate>
  );
}
