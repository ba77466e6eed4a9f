"use client";

import { CircuitBoard, Waypoints } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { CompanyDto } from "@/server/contracts/market";
import { useLiveQuote } from "@/components/app-shell/live-prices";
import { Change } from "@/components/format/change";
import { Instant } from "@/components/format/instant";
import { Money } from "@/components/format/money";
import { ProvenanceBadge } from "@/components/format/provenance-badge";
import { TickerTile } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";

/** Name, price as it ticks, and where to go from here. */
export function CompanyHeader({ company }: { company: CompanyDto }) {
  const t = useTranslations("market");
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <TickerTile ticker={company.ticker} className="h-9 max-md:self-start" />
      <div className="min-w-0 max-md:flex-1">
        <h1 className="text-lg font-semibold">{company.name} <span className="ml-1 font-mono text-xs font-normal text-muted">{company.ticker}</span></h1>
        <p className="text-xs text-muted">{[t(`sectors.${company.sector}`), company.industry].filter(Boolean).join(" · ")}</p>
      </div>
      <CompanyPrice quote={company.quote} />
      <div className="ml-auto flex gap-2 max-md:w-full max-md:*:flex-1">
        <Button asChild><Link href={`/dashboard?node=company:${encodeURIComponent(company.ticker)}`}><Waypoints aria-hidden="true" />{t("detail.inGraph")}</Link></Button>
        {!company.isFinancial && <Button asChild variant="primary"><Link href={`/circuit/${encodeURIComponent(company.ticker)}`}><CircuitBoard aria-hidden="true" />{t("detail.openCircuit")}</Link></Button>}
      </div>
    </header>
  );
}

function CompanyPrice({ quote }: Pick<CompanyDto, "quote">) {
  const t = useTranslations("market");
  const live = useLiveQuote(quote);
  if (!live) return <p className="text-xs text-muted">{t("detail.notPriced")}</p>;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Money amount={live.price} currency={live.currency} abbreviate={false} digits={2} className="text-xl font-semibold tracking-tight" />
      <Change value={live.change} absentReason={t("notReported")} />
      <span className="text-2xs text-muted"><Instant value={live.time} style="datetime" /></span>
      <ProvenanceBadge provenance={live.provenance} />
    </div>
  );
}
