"use client";

import { useQuery } from "@tanstack/react-query";
import { Link2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useTRPC } from "../app-shell/trpc-client";
import { Change } from "../format/change";
import { Money } from "../format/money";
import { ProvenanceBadge } from "../format/provenance-badge";
import { TickerTile } from "../ui/badge";
import { Button } from "../ui/button";
import { toast } from "../ui/toast";

type Props = { ticker: string; name: string; children?: ReactNode };

/** Company, its price with its origin, and the ways to its other pages. */
export function CircuitHeader({ ticker, name, children }: Props) {
  const t = useTranslations("circuit");
  const { market } = useTRPC();
  // A lost price is no reason to hide a circuit, so this query fails quietly.
  const { data: company } = useQuery(market.getCompany.queryOptions({ ticker }));
  const quote = company?.quote ?? null;
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="flex min-w-0 items-center gap-3">
        <TickerTile ticker={ticker} className="h-9" />
        <div className="min-w-0">
          <h1 className="text-xl leading-6 font-semibold tracking-tight">{name}</h1>
          <nav aria-label={t("header.sections")} className="flex flex-wrap gap-x-3 text-xs text-muted">
            <Link href={`/companies/${ticker}`} className="underline decoration-line-strong underline-offset-3 hover:text-text">{t("header.company")}</Link>
            <span aria-current="page" className="font-semibold text-text">{t("header.circuit")}</span>
            <Link href="/circuit" className="underline decoration-line-strong underline-offset-3 hover:text-text">{t("header.all")}</Link>
          </nav>
        </div>
      </div>
      {quote && (
        <p className="flex flex-wrap items-center gap-2 text-xs md:ml-3">
          <Money amount={quote.price} currency={quote.currency} abbreviate={false} digits={2} className="text-lg font-semibold" />
          <Change value={quote.change} />
          <ProvenanceBadge provenance={quote.provenance} />
        </p>
      )}
      {children && <div className="flex flex-wrap items-center gap-2 md:ml-auto max-md:w-full">{children}</div>}
    </header>
  );
}

/** Copies the address, which holds everything the page shows. */
export function ShareButton() {
  const t = useTranslations("circuit.share");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(window.location.href);
      toast.success(t("done"));
    } catch {
      toast.error(t("failed"));
    }
  };
  return <Button size="md" onClick={() => void copy()} className="max-md:hidden"><Link2 aria-hidden="true" />{t("label")}</Button>;
}
