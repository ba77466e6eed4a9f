"use client";

import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { QueryError } from "../app-shell/query-boundary";
import { DataTable, type DataColumn } from "../ui/data-table";
import { LoadMore } from "../ui/load-more";
import { Skeleton } from "../ui/skeleton";

type Page<Row> = { items: Row[]; nextCursor: string | null };
type Props<Row> = {
  query: UseInfiniteQueryResult<InfiniteData<Page<Row>>, unknown>;
  label: string;
  columns: readonly DataColumn<Row>[];
  rowKey: (row: Row) => string;
  csvName: string;
  toolbar?: ReactNode;
  empty?: ReactNode;
  onRowOpen?: (row: Row) => void;
};

/** A list of the admin's: in the order of the server, page by page. */
export function AdminTable<Row extends object>({ query, ...table }: Props<Row>) {
  const rows = query.data?.pages.flatMap(({ items }) => items) ?? [];
  if (query.isError && rows.length === 0) return <div className="panel"><QueryError error={query.error} onRetry={() => void query.refetch()} /></div>;
  return (
    <div className="panel min-w-0 overflow-hidden" aria-busy={query.isFetching}>
      <DataTable
        {...table}
        rows={rows}
        sortedByServer
        empty={query.isPending ? <Skeleton rows={8} /> : table.empty}
        footer={rows.length > 0 && <LoadMore shown={rows.length} hasMore={query.hasNextPage} loading={query.isFetchingNextPage} failed={query.isFetchNextPageError} onLoad={() => void query.fetchNextPage()} />}
      />
    </div>
  );
}
