import { ShieldAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";

/** An admin with a password alone is led to what opens the panels. */
export function SecondFactorNeeded() {
  const t = useTranslations("admin.secondFactor");
  return (
    <div className="p-4 md:p-6">
      <div className="panel">
        <EmptyState icon={ShieldAlert} title={t("title")}>
          <span className="mb-3 block">{t("text")}</span>
          <Button asChild variant="primary" size="lg"><Link href="/settings/security">{t("action")}</Link></Button>
        </EmptyState>
      </div>
    </div>
  );
}
