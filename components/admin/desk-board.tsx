"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { QueryError } from "../app-shell/query-boundary";
import { useTRPC } from "../app-shell/trpc-client";
import { Quantity } from "../format/quantity";
import { Skeleton } from "../ui/skeleton";
import { IngestFreshness } from "./ingest-freshness";
import { PanelPage } from "./panel-page";

const EVERY_MS = 60_000;

/** What a moderator sees first: how much waits for them, and how fresh the figures are. */
export function DeskBoard() {
  const t = useTranslations("admin.desk");
  const kinds = useTranslations("admin.connections.kinds");
  const query = useQuery(useTRPC().admin.getDesk.queryOptions(undefined, { refetchInterval: EVERY_MS, staleTime: 0 }));
  if (query.isError && !query.data) return <QueryError error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <PanelPage title={t("title")} note={t("note")}>
      {query.data ? (
        <>
          <ul className="grid gap-3 md:grid-cols-3">
            {query.data.connections.map(({ kind, open, verified }) => (
              <li key={kind} className="panel flex flex-col gap-1 px-4 py-3">
                <span className="text-2xs font-medium text-muted">{kinds.has(kind) ? kinds(kind) : kind}</span>
                <span className="text-lg font-semibold"><Quantity value={open} digits={0} /> <span className="text-xs font-medium text-muted">{t("open")}</span></span>
                <span className="text-2xs text-muted tabular-nums">{t("verified", { count: verified })}</span>
              </li>
            ))}
          </ul>
          <Link href="/admin/connections" prefetch={false} className="self-start text-sm text-accent hover:underline">{t("toConnections")}</Link>
          <IngestFreshness rows={query.data.ingest} />
        </>
      ) : <Skeleton rows={8} />}
    </PanelPage>
  );
}
