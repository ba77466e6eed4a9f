import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { PremiumDto } from "@/server/contracts/coin";
import { Change } from "@/components/format/change";

/** A suspicious match shows no premium as if it were one. */
export const isSuspicious = ({ match }: Pick<PremiumDto, "match">): boolean => match === "other-coin" || match === "far-from-board";

/** A premium, or why there is none; a suspicious match is marked. */
export function PremiumCell({ premium, kind, className }: { premium: PremiumDto | null; kind: "bank" | "implied"; className?: string }) {
  const t = useTranslations("crypto.premium");
  if (premium === null) return <Change value={null} absentReason={t("neverRead")} className={className} />;
  if (isSuspicious(premium)) return <span title={t(`match.${premium.match}`)} className="inline-flex items-center gap-1 text-warn"><TriangleAlert aria-hidden="true" className="size-3" />{t("suspicious")}<span className="sr-only"> {t(`match.${premium.match}`)}</span></span>;
  const fault = kind === "bank" ? premium.bankFault : premium.impliedFault;
  return <Change value={premium[kind]} good="none" absentReason={fault ? t(`fault.${fault}`) : t("neverRead")} className={className} />;
}
