"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import type { CoinConceptDto } from "@/server/contracts/coin";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { dateText } from "@/components/format/date-text";
import { moneyText, quantityText } from "@/components/format/number-text";
import { ProvenanceBadge } from "@/components/format/provenance-badge";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { WhyEmpty } from "./coin-status";

/** What vendors tell of a coin; what nobody told is said to be missing. */
export function CoinConceptPanels({ symbol }: { symbol: string }) {
  const t = useTranslations("crypto.concept");
  const concept = useSuspenseQuery(useTRPC().crypto.getConcept.queryOptions({ symbol })).data;
  const { background, categories, features, faq, feeds } = concept;
  const why = <WhyEmpty feeds={feeds} feed="crypto-details" />;
  const valueText = useValueTexts();
  return (
    <>
      <Panel title={t("background")} actions={background && <ProvenanceBadge provenance={background.provenance} />}>
        {background === null ? <EmptyState title={t("noBackground")}>{why}</EmptyState> : <Background background={background} />}
      </Panel>
      <Panel title={t("categories")} detail={t("categoriesNote")}>
        {categories === null || categories.length === 0 ? <EmptyState title={t("noCategories")}>{why}</EmptyState> : <ul className="flex flex-wrap gap-1.5">{categories.map((category) => <li key={category}><Badge>{category}</Badge></li>)}</ul>}
      </Panel>
      <Panel title={t("features")} detail={t("featuresNote")} bodyClassName="">
        {features.length === 0 ? <EmptyState title={t("noFeatures")}>{why}</EmptyState> : (
          <ul className="divide-y divide-line">
            {features.map(({ code, values, provenance }) => (
              <li key={code} className="flex items-center justify-between gap-3 px-4 py-2.5 text-sm"><span className="min-w-0 break-words">{t(`feature.${code}`, valueText(values))}</span><ProvenanceBadge provenance={provenance} compact /></li>
            ))}
          </ul>
        )}
      </Panel>
      <Panel title={t("faq")} detail={t("faqNote")} bodyClassName="">
        {faq.length === 0 ? <EmptyState title={t("noFaq")}>{why}</EmptyState> : (
          <dl className="divide-y divide-line">
            {faq.map(({ code, values, provenance }) => (
              <div key={code} className="px-4 py-3">
                <dt className="flex items-center justify-between gap-3 text-sm font-medium">{t(`question.${code}`)}<ProvenanceBadge provenance={provenance} compact /></dt>
                <dd className="mt-1 text-sm break-words text-muted">{t(`answer.${code}`, valueText(values))}</dd>
              </div>
            ))}
          </dl>
        )}
      </Panel>
    </>
  );
}

function Background({ background }: { background: NonNullable<CoinConceptDto["background"]> }) {
  const t = useTranslations("crypto.concept");
  const locale = useLocale();
  const { description, genesisDate, consensus, homepage, whitepaper } = background;
  const links = [[t("homepage"), homepage], [t("whitepaper"), whitepaper]] as const;
  return (
    <div className="flex flex-col gap-3">
      {description ? <p className="max-w-prose text-sm whitespace-pre-line">{description}</p> : <p className="text-sm text-muted">{t("noDescription")}</p>}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-xs">
        <dt className="text-muted">{t("genesis")}</dt><dd>{genesisDate ? dateText(locale, genesisDate) : t("notTold")}</dd>
        <dt className="text-muted">{t("consensus")}</dt><dd>{consensus ?? t("notTold")}</dd>
        {links.map(([label, href]) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="truncate">{href && /^https?:\/\//.test(href) ? <a href={href} rel="noopener noreferrer nofollow" target="_blank" className="text-accent hover:underline">{href}</a> : t("notTold")}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** Values of an answer in the reader's notation; what is not there is an empty word that the sentence leaves out. */
function useValueTexts(): (values: CoinConceptDto["faq"][number]["values"]) => Record<string, string> {
  const locale = useLocale();
  return (values) => {
    const currency = typeof values.currency === "string" && values.currency !== "" ? values.currency : "USD";
    const text = (key: string, value: string | number): string => {
      if (typeof value === "string") return key === "date" ? dateText(locale, value) : value;
      return key === "marketCap" ? moneyText(locale, value, { currency, abbreviate: true }) : quantityText(locale, value, { digits: 0 });
    };
    return { max: "none", rank: "none", ...Object.fromEntries(Object.entries(values).map(([key, value]) => [key, text(key, value)])) };
  };
}
