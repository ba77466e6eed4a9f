import { useLocale, useTimeZone, useTranslations } from "next-intl";
import type { NotificationDto } from "@/server/contracts/notification";
import { instantText } from "../format/date-text";

/** A kind as the messages name it, where a dot would begin a new level. */
export const messageKey = (kind: string): string => kind.replace(".", "_");

/** What a notification says, in the reader's language and with instants on their clock. */
export function useNotificationWords(): (content: NotificationDto["content"]) => { title: string; detail: string } {
  const t = useTranslations("notification.text");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
  return (content) => {
    const values = valuesOf(content, (instant) => instantText(locale, timeZone, instant));
    const key = messageKey(content.kind);
    // A sign-in whose place is not known leaves a gap between two dots.
    const detail = t(`${key}.detail`, values).split(" · ").filter(Boolean).join(" · ");
    return { title: t(`${key}.title`, values), detail };
  };
}

function valuesOf(content: NotificationDto["content"], written: (instant: string) => string): Record<string, string> {
  if (content.kind === "export.ready") return { until: written(content.params.until) };
  if (content.kind === "api-key.expiring") return { ...content.params, expiresAt: written(content.params.expiresAt) };
  return content.params;
}
