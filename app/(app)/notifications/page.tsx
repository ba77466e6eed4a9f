import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { nextPage } from "@/components/app-shell/next-page";
import { PageMessages } from "@/components/app-shell/page-messages";
import { QueryBoundary } from "@/components/app-shell/query-boundary";
import { NotificationFilter } from "@/components/notification/notification-filter";
import { NotificationList } from "@/components/notification/notification-list";
import { notificationPageOf } from "@/components/notification/notification-page";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { requirePerson } from "@/server/api/require-person";
import { Hydrate, prefetchInfinite, trpc } from "@/server/api/rsc";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notification.page");
  return { title: t("title") };
}

export default async function NotificationsPage({ searchParams }: { searchParams: Promise<{ show?: string | string[] }> }) {
  const show = (await searchParams).show === "unread" ? "unread" : "all";
  await requirePerson(show === "unread" ? "/notifications?show=unread" : "/notifications");
  prefetchInfinite(trpc.notification.list.infiniteQueryOptions(notificationPageOf(show), nextPage));
  const t = await getTranslations("notification.page");
  return (
    <PageMessages of={["notification.page"]}>
      <Hydrate>
        <div className="grid gap-3 p-4 md:max-w-4xl md:p-6">
          <div className="flex flex-wrap items-center gap-3">
            <h1 className="text-xl font-semibold tracking-tight">{t("title")}</h1>
            <NotificationFilter show={show} />
            <Button asChild variant="ghost" className="ml-auto"><Link href="/settings/notifications">{t("choose")}</Link></Button>
          </div>
          <QueryBoundary key={show} fallback={<Skeleton rows={8} />}><NotificationList show={show} /></QueryBoundary>
        </div>
      </Hydrate>
    </PageMessages>
  );
}
