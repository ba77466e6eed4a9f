"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useState } from "react";
import { COMPANY_SORTS, SECTOR_CODES, type CompanyRow, type SectorCode } from "@/server/contracts/market";
import { nextPage } from "@/components/app-shell/next-page";
import { QueryError } from "@/components/app-shell/query-boundary";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { DateOnly } from "@/components/format/date-only";
import { Absent } from "@/components/format/figure";
import { Money } from "@/components/format/money";
import { Multiple } from "@/components/format/multiple";
import { Percent } from "@/components/format/percent";
import { ProvenanceBadge } from "@/components/format/provenance-badge";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { DataTable, type DataColumn } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchInput } from "@/components/ui/input";
import { LoadMore } from "@/components/ui/load-more";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { useCompanyFilters } from "./use-company-filters";

const PAGE = 50;
const TYPING_PAUSE_MS = 250;

/** Every company with its ratios, sorted and searched by the server, page by page. */
export function CompanyList() {
  const t = useTranslations("market");
  const trpc = useTRPC();
  const [filters, change] = useCompanyFilters();
  const columns = useCompanyColumns();
  const query = useInfiniteQuery({ ...trpc.market.listCompanies.infiniteQueryOptions({ ...filters, limit: PAGE }, nextPage), placeholderData: keepPreviousData });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const total = query.data?.pages[0]?.total ?? null;
  const sort = filters.sort ? { id: filters.sort === "ticker" ? "company" : filters.sort, desc: filters.order === "desc" } : null;

  return (
    <div className="flex flex-col gap-3 p-4 md:p-5">
      <header className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h1 className="text-lg font-semibold">{t("companies")}</h1>
        <p className="text-xs text-muted">{t("companiesNote")}</p>
      </header>
      <div className={classNames("panel min-w-0 overflow-hidden", query.isPlaceholderData && "opacity-60")} aria-busy={query.isFetching}>
        {query.isError && rows.length === 0 ? (
          <QueryError error={query.error} onRetry={() => void query.refetch()} />
        ) : query.isPending ? (
          <Skeleton rows={14} />
        ) : (
          <DataTable
            label={t("companies")}
            rows={rows}
            columns={columns}
            rowKey={({ ticker }) => ticker}
            sort={sort}
            sortedByServer
            onSortChange={(next) => change({ sort: next === null ? null : (COMPANY_SORTS.find((one) => one === (next.id === "company" ? "ticker" : next.id)) ?? null), order: next?.desc ? "desc" : "asc" })}
            csvName="nexus-companies"
            scrollClassName="max-h-[calc(100dvh-262px)] max-md:max-h-none"
            toolbar={
              <>
                <CompanySearch search={filters.search} onSearch={(search) => change({ search })} />
                <Select
                  label={t("sector")}
                  prefixed
                  value={filters.sector ?? "all"}
                  onChange={(sector) => change({ sector: sector === "all" ? null : (sector as SectorCode) })}
                  options={[{ value: "all", label: t("allSectors") }, ...SECTOR_CODES.filter((code) => code !== "OTHER").map((code) => ({ value: code as string, label: t(`sectors.${code}`) }))]}
                />
                {total !== null && <span role="status" className="text-xs whitespace-nowrap text-muted">{t("count", { count: total })}</span>}
              </>
            }
            empty={<EmptyState title={t("noMatch")} action={<Button onClick={() => change({ search: "", sector: null })}>{t("clear")}</Button>} />}
            footer={<LoadMore shown={rows.length} total={total} hasMore={query.hasNextPage} loading={query.isFetchingNextPage} failed={query.isFetchNextPageError} onLoad={() => void query.fetchNextPage()} />}
          />
        )}
      </div>
    </div>
  );
}

/** Keeps what is typed apart from what is asked, so that each pause asks once. */
function CompanySearch({ search, onSearch }: { search: string; onSearch: (search: string) => void }) {
  const t = useTranslations("market");
  const [text, setText] = useState(search);
  const [seen, setSeen] = useState(search);
  if (seen !== search) {
    setSeen(search);
    if (text.trim() !== search) setText(search);
  }
  useEffect(() => {
    if (text.trim() === search) return;
    const timer = setTimeout(() => onSearch(text.trim()), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, search, onSearch]);
  return <SearchInput aria-label={t("search")} placeholder={t("search")} value={text} maxLength={80} onChange={(event) => setText(event.target.value)} className="w-56 max-md:w-full" />;
}

function useCompanyColumns(): DataColumn<CompanyRow>[] {
  const t = useTranslations("market");
  return useMemo(() => {
    const sorted = new Set<string>(COMPANY_SORTS);
    const multiple = (id: "icr" | "icrEbitda" | "priceEarnings" | "debtToEquity"): DataColumn<CompanyRow> => ({
      id,
      header: t(`columns.${id}`),
      align: "end",
      wideOnly: id !== "icr",
      hidden: id === "icrEbitda" || id === "priceEarnings",
      sortable: sorted.has(id),
      value: ({ ratios }) => ratios[id],
      cell: ({ ratios, isFinancial }) => <Multiple value={ratios[id]} absentReason={isFinancial && id.startsWith("icr") ? t("financialIcr") : t("notReported")} />,
    });
    const percent = (id: "returnOnEquity" | "grossMargin" | "operatingMargin" | "netMargin"): DataColumn<CompanyRow> => ({
      id,
      header: t(`columns.${id}`),
      align: "end",
      wideOnly: true,
      hidden: id === "grossMargin",
      sortable: sorted.has(id),
      value: ({ ratios }) => ratios[id],
      cell: ({ ratios }) => <Percent value={ratios[id]} absentReason={t("notReported")} />,
    });
    return [
      {
        id: "company",
        header: t("columns.company"),
        fixed: true,
        value: ({ ticker }) => ticker,
        cell: ({ ticker, name }) => (
          <Link href={`/companies/${encodeURIComponent(ticker)}`} className="flex max-w-64 items-baseline gap-2 hover:text-accent max-md:max-w-36 max-md:flex-col max-md:gap-0">
            <b className="w-12 flex-none font-mono font-semibold">{ticker}</b>
            <span className="min-w-0 truncate text-muted max-md:max-w-32 max-md:text-2xs">{name}</span>
          </Link>
        ),
      },
      { id: "sector", header: t("columns.sector"), wideOnly: true, value: ({ sector }) => sector, sortable: false, cell: ({ sector }) => t(`sectors.${sector}`) },
      { id: "industry", header: t("columns.industry"), hidden: true, value: ({ industry }) => industry, sortable: false, cell: ({ industry }) => industry ?? <Absent /> },
      { id: "revenue", header: t("columns.revenue"), align: "end", value: ({ revenue }) => (revenue === null ? null : Number(revenue)), csv: ({ revenue }) => revenue, cell: ({ revenue, currency }) => <Money amount={revenue} currency={currency} absentReason={t("notReported")} /> },
      multiple("icr"),
      multiple("icrEbitda"),
      multiple("priceEarnings"),
      percent("returnOnEquity"),
      multiple("debtToEquity"),
      percent("grossMargin"),
      percent("operatingMargin"),
      percent("netMargin"),
      { id: "periodEnd", header: t("columns.periodEnd"), align: "end", wideOnly: true, sortable: false, value: ({ periodEnd }) => periodEnd, cell: ({ periodEnd }) => (periodEnd ? <DateOnly value={periodEnd} style="medium" /> : <Absent />) },
      { id: "evidence", header: t("columns.evidence"), wideOnly: true, cell: ({ provenance }) => <ProvenanceBadge provenance={provenance} /> },
    ];
  }, [t]);
}
