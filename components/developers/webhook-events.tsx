import { useTranslations } from "next-intl";
import { arrivesWith, WEBHOOK_EVENTS } from "@/server/contracts/webhook";
import { GuideTable } from "./guide-section";

/** Every event that an address can ask for, and whether it is sent today. */
export function WebhookEvents() {
  const t = useTranslations("developers.webhooks");
  const hooks = useTranslations("api-keys.hooks");
  return (
    <GuideTable
      label={t("events")}
      head={[t("event"), t("sentWhen"), t("state")]}
      rows={WEBHOOK_EVENTS.map((event) => {
        const part = arrivesWith(event);
        return [event, hooks(`event.${event.replace(".", "_")}`), part === null ? t("today") : hooks("arrivesWith", { part: hooks(`parts.${part}`) })];
      })}
    />
  );
}
