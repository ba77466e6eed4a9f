"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { Segmented } from "../ui/segmented";

/** All or only the unread; the choice stands in the address. */
export function NotificationFilter({ show }: { show: "all" | "unread" }) {
  const t = useTranslations("notification.page");
  const router = useRouter();
  return <Segmented label={t("show")} value={show} onChange={(next) => router.replace(next === "unread" ? "/notifications?show=unread" : "/notifications", { scroll: false })} options={(["all", "unread"] as const).map((value) => ({ value, label: t(value) }))} />;
}
