import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { PageMessages } from "@/components/app-shell/page-messages";
import { CalendarView } from "@/components/calendar/calendar-view";
import { Skeleton } from "@/components/ui/skeleton";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("calendar");
  return { title: t("title") };
}

export default function CalendarPage() {
  // The span shown begins on the reader's own day, so the browser asks for it.
  return (
    <PageMessages of={["calendar", "news.filter"]}>
      <Suspense fallback={<Skeleton rows={12} />}>
        <CalendarView />
      </Suspense>
    </PageMessages>
  );
}
