import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { PlanCard } from "@/components/billing/plan-card";
import { TIERS } from "@/server/domain/account/access";
import { LIMIT_GROUPS, REQUESTS_PER_MINUTE } from "@/server/domain/account/rate-limits";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("billing.pricing");
  return { title: t("title"), description: t("lead") };
}

export default function PricingPage() {
  const t = useTranslations("billing");
  return (
    <main id="main" tabIndex={-1} className="mx-auto flex max-w-[1440px] flex-col gap-6 px-4 py-6 focus-visible:outline-none md:px-8 md:py-10">
      <header className="flex flex-col gap-3">
        <h1 className="text-[1.75rem] leading-tight font-semibold tracking-tight">{t("pricing.title")}</h1>
        <p className="max-w-[72ch] text-base text-muted">{t("pricing.lead")}</p>
      </header>
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">{TIERS.map((tier) => <PlanCard key={tier} tier={tier} />)}</div>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <section aria-labelledby="per-minute" className="flex flex-col gap-3">
          <h2 id="per-minute" className="text-base font-semibold">{t("pricing.minuteTitle")}</h2>
          <p className="max-w-[72ch] text-sm text-muted">{t("pricing.minuteText")}</p>
          <table className="panel w-full max-w-md border-separate border-spacing-0 text-xs">
            <thead>
              <tr>
                <th scope="col" className="h-8 border-b border-line px-4 text-left text-2xs font-medium text-muted">{t("pricing.group")}</th>
                <th scope="col" className="h-8 border-b border-line px-4 text-right text-2xs font-medium text-muted">{t("pricing.minute")}</th>
              </tr>
            </thead>
            <tbody>
              {LIMIT_GROUPS.map((group) => (
                <tr key={group}>
                  <td className="h-8 px-4">{t(`groups.${group}`)}</td>
                  <td className="h-8 px-4 text-right tabular-nums">{REQUESTS_PER_MINUTE[group]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <div className="flex flex-col gap-3 text-sm text-muted">
          <p className="border-l-2 border-line-strong pl-3">{t("pricing.today")}</p>
          <p className="border-l-2 border-line-strong pl-3">{t("pricing.sold")}</p>
        </div>
      </div>
    </main>
  );
}
