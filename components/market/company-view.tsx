"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useSearchParams } from "next/navigation";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { CompanyNews } from "@/components/news/company-news";
import { Panel } from "@/components/ui/panel";
import { Tabs } from "@/components/ui/tabs";
import { CompanyFiguresStrip } from "./company-figures-strip";
import { CompanyHeader } from "./company-header";
import { CompanyNeighbours } from "./company-neighbours";
import { PricePanel } from "./price-panel";
import { ShockGlance } from "./shock-glance";
import { StatementTable } from "./statement-table";

/** All that is stored of a company: price, reported figures, what a shock does, and whom it is connected with. */
export function CompanyView({ ticker }: { ticker: string }) {
  const t = useTranslations("market");
  const company = useSuspenseQuery(useTRPC().market.getCompany.queryOptions({ ticker })).data;
  const facts = [[t("detail.industry"), company.industry], [t("detail.headquarters"), company.headquarters], [t("detail.founded"), company.founded], [t("detail.cik"), company.cik]].flatMap(([label, value]) => (value ? [{ label: label ?? "", value }] : []));
  const part = useSearchParams().get("part") === "news" ? "news" : "figures";
  const figures = (
    <div className="grid gap-3 xl:grid-cols-[minmax(0,1fr)_400px]">
      <div className="flex min-w-0 flex-col gap-3">
        {company.symbol && <PricePanel symbol={company.symbol} name={company.name} />}
        <StatementTable statements={company.statements} />
      </div>
      <div className="flex min-w-0 flex-col gap-3">
        <ShockGlance ticker={company.ticker} isFinancial={company.isFinancial} />
        <CompanyNeighbours ticker={company.ticker} />
        {facts.length > 0 && (
          <Panel title={t("detail.profile")}>
            <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-xs">
              {facts.flatMap(({ label, value }) => [<dt key={`${label}-term`} className="text-muted">{label}</dt>, <dd key={label} className="text-right">{value}</dd>])}
            </dl>
          </Panel>
        )}
      </div>
    </div>
  );
  return (
    <div className="flex flex-col gap-3 p-4 md:p-5">
      <CompanyHeader company={company} />
      <CompanyFiguresStrip company={company} />
      <Tabs
        label={t("detail.parts")}
        value={part}
        onChange={(next) => window.history.replaceState(null, "", next === "news" ? "?part=news" : window.location.pathname)}
        tabs={[{ value: "figures", label: t("detail.figures"), content: <div className="pt-3">{part === "figures" && figures}</div> }, { value: "news", label: t("detail.news"), content: <div className="pt-3">{part === "news" && <CompanyNews ticker={company.ticker} />}</div> }]}
      />
    </div>
  );
}
