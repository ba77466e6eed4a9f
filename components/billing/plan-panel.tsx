"use client";

import { useMutation, useSuspenseQuery } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import type { BillingDto } from "@/server/contracts/billing";
import { SEATS_INCLUDED } from "@/server/domain/account/plans";
import { PRICE_CENTS_PER_MONTH, REQUESTS_PER_HOUR } from "@/server/domain/account/rate-limits";
import type { PaidTier } from "@/server/domain/account/subscription-state";
import { FormNote } from "../account/auth-card";
import { useTRPC } from "../app-shell/trpc-client";
import { Instant } from "../format/instant";
import { moneyText } from "../format/number-text";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Panel } from "../ui/panel";
import { useBillingError } from "./use-billing-error";

/** The address is Stripe's, and its page replaces this one. */
const goTo = ({ url }: { url: string }) => window.location.assign(url);

/** The plan that counts, how it goes on, and the way to another. */
export function PlanPanel() {
  const t = useTranslations("billing.plan");
  const tiers = useTranslations("billing.tiers");
  const { billing } = useTRPC();
  const ofError = useBillingError();
  const came = useSearchParams().get("checkout");
  const { data } = useSuspenseQuery(billing.get.queryOptions());
  const portal = useMutation(billing.openPortal.mutationOptions({ onSuccess: goTo }));
  const perHour = data.requestsPerHour ?? REQUESTS_PER_HOUR[data.tier];
  return (
    <Panel title={t("title")} actions={<Link href="/pricing" prefetch={false} className="text-xs text-accent hover:underline">{t("compare")}</Link>}>
      <div className="flex flex-col gap-4">
        {came === "done" && !data.subscription?.live && <FormNote tone="neutral">{t("done")}</FormNote>}
        {came === "left" && <FormNote tone="neutral">{t("left")}</FormNote>}
        {portal.error && <FormNote tone="down">{ofError(portal.error)}</FormNote>}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <p className="text-xl font-semibold tracking-tight">{tiers(data.tier)}</p>
          {data.tier !== data.ownTier && <Badge tone="accent">{t("seat")}</Badge>}
          <p className="w-full text-sm text-muted">{perHour === null ? t("noLimit") : t("perHour", { count: perHour })}</p>
        </div>
        <Renewal subscription={data.subscription} />
        {data.portal && <Button size="md" className="self-start" disabled={portal.isPending} onClick={() => portal.mutate()}>{t("portal")} <ExternalLink aria-hidden="true" /></Button>}
        {data.sells.length === 0 ? <p className="border-l-2 border-line-strong pl-3 text-sm text-muted">{t("off")}</p> : !data.subscription?.live && <Offers data={data} />}
      </div>
    </Panel>
  );
}

function Renewal({ subscription }: Pick<BillingDto, "subscription">) {
  const t = useTranslations("billing.plan");
  if (!subscription) return null;
  const { live, status, currentPeriodEnd, cancelsAtPeriodEnd } = subscription;
  if (!live) return <p className="text-sm text-muted">{t("ended", { status: t.has(`statuses.${status}`) ? t(`statuses.${status}`) : status })}</p>;
  return (
    <>
      {status === "past_due" && <FormNote tone="down">{t("pastDue")}</FormNote>}
      {currentPeriodEnd && <p className="text-sm">{t.rich(cancelsAtPeriodEnd ? "ends" : "renews", { date: () => <Instant value={currentPeriodEnd} className="font-medium" /> })}</p>}
    </>
  );
}

/** The plans that can be bought here; the order itself is placed on Stripe's page. */
function Offers({ data }: { data: BillingDto }) {
  const t = useTranslations("billing.plan");
  const tiers = useTranslations("billing.tiers");
  const locale = useLocale();
  const { billing } = useTRPC();
  const ofError = useBillingError();
  // The same press sent twice is one order; a new visit is a new one.
  const [orderKey] = useState(() => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
  const checkout = useMutation(billing.startCheckout.mutationOptions({ onSuccess: goTo }));
  const buy = (tier: PaidTier) => checkout.mutate({ tier, idempotencyKey: `${orderKey}-${tier}` });
  const price = (tier: PaidTier) => moneyText(locale, PRICE_CENTS_PER_MONTH[tier] / 100, { currency: "USD", digits: 0 });
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-4">
      <h3 className="text-xs font-semibold">{t("change")}</h3>
      {checkout.error && <FormNote tone="down">{ofError(checkout.error)}</FormNote>}
      {checkout.isSuccess && <FormNote tone="neutral">{t("leaving")}</FormNote>}
      <ul className="flex flex-col divide-y divide-line">
        {data.sells.map((tier) => (
          <li key={tier} className="flex flex-wrap items-end justify-between gap-3 py-3 first:pt-0 last:pb-0">
            <div>
              <p className="text-sm font-medium">{tiers(tier)}</p>
              <p className="text-xs text-muted">{t("price", { price: price(tier) })}{tier === "INSTITUTIONAL" && ` · ${t("seatsIncluded", { count: SEATS_INCLUDED })}`}</p>
            </div>
            <div className="flex items-end gap-2">
              <Button size="md" variant="primary" disabled={checkout.isPending || checkout.isSuccess} onClick={() => buy(tier)}>{t("buy", { tier: tiers(tier) })}</Button>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
