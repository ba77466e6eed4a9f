"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ConnectionDto, GraphNodeDto } from "@/server/contracts/graph";
import { QueryError } from "@/components/app-shell/query-boundary";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { numberText } from "@/components/format/number-text";
import { ProvenanceBadge } from "@/components/format/provenance-badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";

const SHOWN = 10;
const TONE = { driver: "text-node-driver", sector: "text-node-sector", company: "text-node-company", asset: "text-node-asset" } as const;
/** Of the figure in the row: a filing names the connection, its strength is mostly our own; what the filing says stands in the badge. */
const BASIS = { estimated: "estimated", filed: "assumed", assumed: "assumed", definition: "computed" } as const;

const hrefOf = ({ key, kind }: GraphNodeDto): string => (kind === "company" ? `/companies/${encodeURIComponent(key.slice(8))}` : `/dashboard?node=${encodeURIComponent(key)}`);

/** The company's strongest connections, each with its coefficient and where it comes from. */
export function CompanyNeighbours({ ticker }: { ticker: string }) {
  const t = useTranslations("market");
  const trpc = useTRPC();
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
        <Skeleton rows={6} />
      ) : query.isError ? (
        <QueryError error={query.error} compact onRetry={() => void query.refetch()} />
      ) : found && found.neighbours.length > 0 ? (
        <ul className="text-xs">
          {found.neighbours.map(({ node, connection }) => (
            <li key={connection.id} className="flex min-h-10 items-center gap-2 border-b border-line px-4 py-1 last:border-0">
              <svg viewBox="0 0 8 8" aria-hidden="true" className={`size-2 flex-none ${TONE[node.kind]}`} fill="currentColor"><circle cx="4" cy="4" r="4" /></svg>
              <Link href={hrefOf(node)} className="min-w-0 flex-1 truncate hover:text-accent">{node.label}</Link>
              <span className="text-muted">{t(`connection.${connection.kind}`)}</span>
              <Coefficient connection={connection} />
              <ProvenanceBadge compact provenance={{ basis: BASIS[connection.basis], provider: connection.author, asOf: connection.evidence?.to ?? null, reference: referenceOf(connection), formula: connection.evidence?.method ?? connection.evidence?.text ?? null, n: connection.n, rSquared: connection.rSquared, stdError: connection.stdError }} />
            </li>
          ))}
        </ul>
      ) : (
        <EmptyState title={t("detail.noNeighbours")} />
      )}
    </Panel>
  );
}

function Coefficient({ connection: { elasticity, sign, strength } }: { connection: ConnectionDto }) {
  const locale = useLocale();
  const value = elasticity ?? sign * strength;
  return <span className="w-14 text-right font-mono text-2xs">{numberText(locale, value, { signDisplay: "exceptZero", maximumFractionDigits: 2 })}</span>;
}

const referenceOf = ({ evidence }: ConnectionDto): string | null => (evidence ? [evidence.company, evidence.form, evidence.year, evidence.data].filter(Boolean).join(" · ") || null : null);
