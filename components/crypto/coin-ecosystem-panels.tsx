"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMemo, type ReactNode } from "react";
import type { CoinEcosystemDto } from "@/server/contracts/coin";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { Money } from "@/components/format/money";
import { Percent } from "@/components/format/percent";
import { ProvenanceBadge, useProviderName } from "@/components/format/provenance-badge";
import { Quantity } from "@/components/format/quantity";
import { DataTable, type DataColumn } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { WhyEmpty } from "./coin-status";
import { FactList } from "./fact-list";

type Peer = NonNullable<CoinEcosystemDto["competition"]>["items"][number];

/** Who works on a coin, who follows it, how old it is and what it competes with; each part with its definitions. */
export function CoinEcosystemPanels({ symbol }: { symbol: string }) {
  const t = useTranslations("crypto.ecosystem");
  const providerName = useProviderName();
  const { development, community, maturity, competition, feeds } = useSuspenseQuery(useTRPC().crypto.getEcosystem.queryOptions({ symbol })).data;
  const why = <WhyEmpty feeds={feeds} feed="crypto-details" />;
  const count = (value: number | null): ReactNode => <Quantity value={value} digits={0} absentReason={t("notTold")} />;
  return (
    <>
      <Panel title={t("development")} detail={t("developmentNote")} actions={development && <ProvenanceBadge provenance={development.provenance} />}>
        {development === null ? <EmptyState title={t("noDevelopment")}>{why}</EmptyState> : (
          <FactList
            facts={[
              { label: t("commits"), value: count(development.commits4Weeks), note: t("commitsNote") },
              { label: t("contributors"), value: count(development.contributors) },
              { label: t("stars"), value: count(development.stars) },
              { label: t("forks"), value: count(development.forks) },
              { label: t("issuesClosed"), value: <Percent value={development.issuesClosedShare} absentReason={t("notTold")} />, note: t("issuesNote") },
              { label: t("repositories"), value: count(development.repositories.length) },
            ]}
          />
        )}
      </Panel>
      <Panel title={t("community")} detail={t("communityNote")} actions={community && <ProvenanceBadge provenance={community.provenance} />}>
        {community === null ? <EmptyState title={t("noCommunity")}>{why}</EmptyState> : (
          <FactList facts={[{ label: t("twitter"), value: count(community.twitterFollowers) }, { label: t("reddit"), value: count(community.redditSubscribers) }, { label: t("telegram"), value: count(community.telegramMembers) }]} />
        )}
      </Panel>
      <Panel title={t("maturity")} actions={maturity.provenance && <ProvenanceBadge provenance={maturity.provenance} />}>
        <FactList
          facts={[
            { label: t("age"), value: maturity.ageYears === null ? count(null) : <Quantity value={maturity.ageYears} digits={1} unit={t("years")} />, note: t("ageNote") },
            { label: t("rank"), value: count(maturity.rank), note: t("rankNote") },
            { label: t("marketCap"), value: <Money amount={maturity.marketCap} currency={maturity.currency ?? "USD"} absentReason={t("notTold")} /> },
            { label: t("issued"), value: <Percent value={maturity.issuedShare} absentReason={t("notTold")} />, note: t("issuedNote") },
            { label: t("fromHigh"), value: <Percent value={maturity.fromAllTimeHigh} absentReason={t("notTold")} />, note: t("fromHighNote") },
            { label: t("listed"), value: maturity.krwExchanges.length === 0 ? t("nowhere") : maturity.krwExchanges.map(providerName).join(", ") },
          ]}
        />
      </Panel>
      <Panel title={t("competition")} detail={competition && t("competitionNote", { category: competition.category })} bodyClassName="">
        {competition === null ? <EmptyState title={t("noCategory")}>{why}</EmptyState> : competition.items.length === 0 ? <EmptyState title={t("noPeers", { category: competition.category })}>{t("noPeersNote")}</EmptyState> : <Peers peers={competition.items} symbol={symbol} />}
      </Panel>
    </>
  );
}

function Peers({ peers, symbol }: { peers: readonly Peer[]; symbol: string }) {
  const t = useTranslations("crypto.ecosystem");
  const columns = useMemo((): DataColumn<Peer>[] => [
    { id: "coin", header: t("peer"), fixed: true, value: ({ name }) => name, cell: ({ symbol: code, name }) => <Link href={`/crypto/${encodeURIComponent(code)}`} className="hover:text-accent"><span className="font-medium">{name}</span> <span className="font-mono text-2xs text-faint">{code}</span></Link> },
    { id: "cap", header: t("marketCap"), align: "end", value: ({ marketCap }) => marketCap, cell: ({ marketCap, currency }) => <Money amount={marketCap} currency={currency ?? "USD"} absentReason={t("notTold")} /> },
    { id: "share", header: t("share"), align: "end", value: ({ share }) => share, cell: ({ share }) => <Percent value={share} absentReason={t("notTold")} /> },
    { id: "source", header: t("source"), cell: ({ provenance }) => <ProvenanceBadge provenance={provenance} compact /> },
  ], [t]);
  return <DataTable label={t("competition")} rows={peers} columns={columns} rowKey={({ symbol: code }) => code} selected={symbol} csvName="nexus-peers" />;
}
