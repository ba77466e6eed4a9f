"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { useTRPC } from "../app-shell/trpc-client";
import { Change } from "../format/change";
import { dateText } from "../format/date-text";
import { Money } from "../format/money";
import { ProvenanceBadge } from "../format/provenance-badge";
import { EmptyState } from "../ui/empty-state";
import { Panel } from "../ui/panel";
import { ArticleItem } from "./article-item";

/** The largest moves of the newest stored session with what was written on them. */
export function MoversNews({ onOpen }: { onOpen: (id: string) => void }) {
  const t = useTranslations("news.movers");
  const locale = useLocale();
  const { session, from, items } = useSuspenseQuery(useTRPC().news.listMovers.queryOptions({ limit: 12 })).data;
  if (session === null || from === null) return <div className="panel"><EmptyState title={t("noSession")}>{t("noSessionText")}</EmptyState></div>;
  const told = items.filter(({ articles }) => articles.length > 0).length;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-xs text-muted">{t("note", { session: dateText(locale, session), from: dateText(locale, from), told, count: items.length })}</p>
      <div className="grid items-start gap-3 md:grid-cols-2">
        {items.map(({ symbol, name, quote, articles }) => (
          <Panel
            key={symbol}
            title={<Link href={`/companies/${encodeURIComponent(symbol)}`} className="flex items-baseline gap-2 hover:text-accent"><span className="font-mono">{symbol}</span><span className="max-w-48 truncate text-xs font-normal text-muted">{name}</span></Link>}
            actions={<><Money amount={quote.price} currency={quote.currency} abbreviate={false} digits={2} className="text-xs tabular-nums" /><Change value={quote.change} kind="percent" /><ProvenanceBadge compact provenance={quote.provenance} /></>}
            bodyClassName=""
          >
            {articles.length === 0 ? <p className="px-4 py-3 text-xs text-muted">{quote.provenance.basis === "simulated" ? t("simulated") : t("nothing")}</p> : <ul className="[&>li:last-child]:border-b-0">{articles.map((article) => <ArticleItem key={article.id} article={article} onOpen={onOpen} />)}</ul>}
          </Panel>
        ))}
      </div>
    </div>
  );
}
