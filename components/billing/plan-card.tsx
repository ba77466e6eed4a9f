import { Check, Clock3 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { TIERS, type Tier } from "@/server/domain/account/access";
import { PLAN_FEATURES, SEATS_INCLUDED } from "@/server/domain/account/plans";
import { AI_REPORTS_PER_DAY, PRICE_CENTS_PER_MONTH, REQUESTS_PER_HOUR } from "@/server/domain/account/rate-limits";
import { moneyText, quantityText } from "../format/number-text";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";

/** One plan: its price, its limits, and what it adds to the one below; what is not there yet says so. */
export function PlanCard({ tier }: { tier: Tier }) {
  const t = useTranslations("billing");
  const locale = useLocale();
  const below = TIERS[TIERS.indexOf(tier) - 1];
  const perHour = REQUESTS_PER_HOUR[tier];
  const reports = AI_REPORTS_PER_DAY[tier];
  const limits = [
    { id: "requestsPerHour", value: perHour === null ? t("unlimited") : quantityText(locale, perHour), later: false },
    { id: "aiReports", value: reports === null ? t(tier === "PRO" ? "fairUse" : "unlimited") : quantityText(locale, reports), later: true },
    ...(tier === "INSTITUTIONAL" ? [{ id: "seatsIncluded", value: quantityText(locale, SEATS_INCLUDED), later: false } as const] : []),
  ] as const;
  return (
    <section aria-label={t(`tiers.${tier}`)} className="panel flex flex-col gap-4 p-5">
      <h2 className="text-base font-semibold">{t(`tiers.${tier}`)}</h2>
      <p className="flex items-baseline gap-1.5">
        <span className="text-[1.75rem] leading-none font-semibold tabular-nums">{moneyText(locale, PRICE_CENTS_PER_MONTH[tier] / 100, { currency: "USD", digits: 0 })}</span>
        <span className="text-xs text-muted">{t("perMonth")}</span>
      </p>
      <dl className="flex flex-col gap-2 border-y border-line py-3 text-xs">
        {limits.map(({ id, value, later }) => (
          <div key={id} className="flex flex-wrap items-baseline justify-between gap-x-3">
            <dt className="text-muted">{t(id)} {later && <Badge className="ml-1">{t("states.later")}</Badge>}</dt>
            <dd className="font-medium tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="text-2xs font-medium text-muted">{below ? t("pricing.plus", { tier: t(`tiers.${below}`) }) : t("pricing.includes")}</p>
      <ul className="-mt-2 flex flex-col gap-2 text-sm">
        {PLAN_FEATURES.filter(({ from }) => from === tier).map(({ id, state }) => (
          <li key={id} className="flex items-start gap-2">
            {state === "later" ? <Clock3 aria-hidden="true" className="mt-0.5 size-4 flex-none text-faint" /> : <Check aria-hidden="true" className="mt-0.5 size-4 flex-none text-accent" />}
            <span className={state === "later" ? "text-muted" : undefined}>
              {t(`features.${id}`)} {state !== "now" && <Badge className="ml-1">{t(`states.${state}`)}</Badge>}
            </span>
          </li>
        ))}
      </ul>
      <Button asChild size="lg" variant={tier === "FREE" ? "primary" : "default"} className="mt-auto">
        <Link href={tier === "FREE" ? "/register" : "/settings/billing"} prefetch={false}>{tier === "FREE" ? t("pricing.start") : t("pricing.choose", { tier: t(`tiers.${tier}`) })}</Link>
      </Button>
    </section>
  );
}
