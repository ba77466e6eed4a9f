import { ShieldCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "../ui/empty-state";
import { PanelPage } from "./panel-page";

/** There is nothing to moderate before people can post. */
export function ModerationQueue() {
  const t = useTranslations("admin.moderation");
  return (
    <PanelPage title={t("title")}>
      <div className="panel"><EmptyState icon={ShieldCheck} title={t("empty")}>{t("later")}</EmptyState></div>
    </PanelPage>
  );
}
