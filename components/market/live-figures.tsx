"use client";

import { useTranslations } from "next-intl";
import type { QuoteDto } from "@/server/contracts/market";
import { useLiveQuote } from "@/components/app-shell/live-prices";
import { Change } from "@/components/format/change";
import { Money } from "@/components/format/money";
import { ProvenanceBadge } from "@/components/format/provenance-badge";

type Props = { quote: QuoteDto; className?: string };

/** The price of now where a feed carries it, the stored close otherwise. */
export function LivePrice({ quote, className }: Props) {
  const { price, currency } = useLiveQuote(quote)!;
  return <Money amount={price} currency={currency} abbreviate={false} digits={2} className={className} />;
}

/** Against the close of the session before. */
export function LiveChange({ quote, className }: Props) {
  const t = useTranslations("markets.board");
  return <Change value={useLiveQuote(quote)!.change} absentReason={t("noChange")} className={className} />;
}

/** Where that price comes from: what moves says so. */
export const LiveSource = ({ quote }: Props) => <ProvenanceBadge provenance={useLiveQuote(quote)!.provenance} compact />;
