"use client";

import { useTranslations } from "next-intl";
import type { CoinBoardDto, CoinFeedDto, FxRateDto } from "@/server/contracts/coin";
import { asOfText } from "@/components/format/date-text";
import { Instant } from "@/components/format/instant";
import { Money } from "@/components/format/money";
import { ProvenanceBadge, useProviderName } from "@/components/format/provenance-badge";
import { Badge } from "@/components/ui/badge";
import { useLocale, useTimeZone } from "next-intl";

/** Won per dollar of banks, with who told it and when. */
export function BankRate({ rate }: { rate: FxRateDto | null }) {
  const t = useTranslations("crypto");
  const [locale, timeZone] = [useLocale(), useTimeZone() ?? "UTC"];
  const providerName = useProviderName();
  if (rate === null) return <p className="text-xs text-muted">{t("fx.none")}</p>;
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Money amount={rate.rate} currency="KRW" abbreviate={false} digits={2} className="text-base font-semibold" />
      <span className="text-2xs text-muted">{t("fx.source", { source: rate.source ?? providerName(rate.provenance.provider), asOf: asOfText(locale, timeZone, rate.asOf) })}</span>
      <ProvenanceBadge provenance={rate.provenance} compact />
    </div>
  );
}

/** Won per dollar coin on each exchange that trades it. */
export function DollarCoins({ dollarCoins }: Pick<CoinBoardDto, "dollarCoins">) {
  const t = useTranslations("crypto");
  const providerName = useProviderName();
  if (dollarCoins.length === 0) return <p className="text-xs text-muted">{t("dollarCoin.none")}</p>;
  return (
    <ul className="flex flex-wrap items-center gap-x-4 gap-y-1">
      {dollarCoins.map(({ exchange, price, at }) => (
        <li key={exchange} className="flex flex-wrap items-baseline gap-x-2">
          <Money amount={price} currency="KRW" abbreviate={false} digits={1} className="text-base font-semibold" />
          <span className="text-2xs text-muted">{providerName(exchange)}, <Instant value={at} /></span>
        </li>
      ))}
    </ul>
  );
}

/** Who is asked, and since when each has answered or been away. */
export function FeedList({ feeds, only }: { feeds: readonly CoinFeedDto[]; only: readonly CoinFeedDto["feed"][] }) {
  const t = useTranslations("crypto.feed");
  const providerName = useProviderName();
  const shown = feeds.filter(({ feed }) => only.includes(feed));
  if (shown.length === 0) return <p className="text-xs text-muted">{t("never")}</p>;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs">
      {shown.map(({ feed, vendor, lastSuccessAt, downSince }) => (
        <li key={`${feed} ${vendor}`} className="flex flex-wrap items-center gap-x-1.5">
          <span>{providerName(vendor)}{feed === "crypto-board" ? "" : ` (${t(`of.${feed}`)})`}</span>
          {downSince && <Badge tone="warn">{t("down")} <Instant value={downSince} /></Badge>}
          <span className="text-muted">{lastSuccessAt ? <>{t("asOf")} <Instant value={lastSuccessAt} /></> : t("noSuccess")}</span>
        </li>
      ))}
    </ul>
  );
}

/** Why a part of the page is empty. */
export function WhyEmpty({ feeds, feed }: { feeds: readonly CoinFeedDto[]; feed: CoinFeedDto["feed"] }) {
  const t = useTranslations("crypto.feed");
  const providerName = useProviderName();
  const asked = feeds.filter((one) => one.feed === feed);
  const away = asked.find(({ downSince }) => downSince !== null);
  if (away?.downSince) return <>{t("emptyDown", { vendor: providerName(away.vendor) })} <Instant value={away.downSince} />.</>;
  return <>{asked.length === 0 ? t("emptyNever") : t("emptyAsked", { vendor: asked.map(({ vendor }) => providerName(vendor)).join(", ") })}</>;
}
