"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ConnectionDto } from "@/server/contracts/graph";
import { QueryError } from "@/components/app-shell/query-boundary";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { numberText } from "@/components/format/number-text";
import { ProvenanceBadge } from "@/components/format/provenance-badge";
import { NodeMark } from "@/components/graph/node-mark";
import { useNodeText } from "@/components/graph/use-node-text";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { Skeleton, SkeletonBlock } from "@/components/ui/skeleton";
import { coefficientOf, hrefOf } from "./neighbour-facts";
import { NeighbourStar } from "./neighbour-star";

const SHOWN = 10;
const BASIS = { estimated: "estimated", assumed: "assumed", definition: "computed" } as const;
/** Of the figure in the row, not of the connection: a filing that names it seldom gives its strength too, and vouches for the figure only then. */
const basisOf = ({ basis, evidence }: ConnectionDto) => (basis !== "filed" ? BASIS[basis] : evidence?.stated ? "reported" : "assumed");

/** The company's strongest connections, each with its coefficient and where it comes from. */
export function CompanyNeighbours({ ticker }: { ticker: string }) {
  const t = useTranslations("market");
  const trpc = useTRPC();
  const { full } = useNodeText();
  const query = useQuery(trpc.graph.listNeighbours.queryOptions({ key: `company:${ticker}`, limit: SHOWN }));
  const found = query.data;
  return (
    <Panel
      title={t("detail.neighbours")}
      detail={found && t("detail.neighboursOf", { shown: found.neighbours.length, total: found.total })}
      actions={<Button asChild variant="ghost"><Link href={`/dashboard?node=company:${encodeURIComponent(ticker)}`}>{t("detail.inGraph")}</Link></Button>}
      bodyClassName=""
    >
      {query.isPending ? (
        <>
          <SkeletonBlock className="mx-4 my-3 h-54" />
          <Skeleton rows={SHOWN} />
        </>
      ) : query.isError ? (
        <QueryError error={query.error} compact onRetry={() => void query.refetch()} />
      ) : found && found.neighbours.length > 0 ? (
        <>
          <NeighbourStar ticker={ticker} neighbours={found.neighbours} />
          <ul className="border-t border-line text-xs">
            {found.neighbours.map(({ node, connection }) => (
              <li key={connection.id} className="flex min-h-10 items-center gap-2 border-b border-line px-4 py-1 last:border-0">
                <NodeMark kind={node.kind} className="size-2.5" />
                <span className="min-w-0 flex-1">
                  <Link href={hrefOf(node)} className="block truncate hover:text-accent">{full(node)}</Link>
                  {connection.basis === "filed" && <span className="block truncate text-2xs text-muted" title={connection.evidence?.text ?? undefined}>{t("connection.namedIn", { document: documentOf(connection) })}</span>}
                </span>
                <span className="text-muted">{t(`connection.${connection.kind}`)}</span>
                <Coefficient connection={connection} />
                <ProvenanceBadge compact provenance={{ basis: basisOf(connection), provider: connection.author, asOf: connection.evidence?.to ?? null, reference: referenceOf(connection), formula: connection.evidence?.method ?? null, n: connection.n, rSquared: connection.rSquared, stdError: connection.stdError }} />
              </li>
            ))}
          </ul>
        </>
      ) : (
        <EmptyState title={t("detail.noNeighbours")} />
      )}
    </Panel>
  );
}

function Coefficient({ connection }: { connection: ConnectionDto }) {
  const locale = useLocale();
  return <span className="w-14 text-right tabular-nums">{numberText(locale, coefficientOf(connection), { signDisplay: "exceptZero", minimumFractionDigits: 2, maximumFractionDigits: 2 })}</span>;
}

const documentOf = ({ evidence }: ConnectionDto): string => [evidence?.company, evidence?.form, evidence?.year].filter(Boolean).join(" ");
/** The document that states the figure, or the data it was estimated on. */
const referenceOf = (connection: ConnectionDto): string | null => (connection.evidence?.stated ? documentOf(connection) : (connection.evidence?.data ?? null));
