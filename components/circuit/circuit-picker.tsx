"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { ChevronRight, SearchX } from "lucide-react";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useDeferredValue, useMemo, useState } from "react";
import { SECTOR_CODES, type CompanyRow, type SectorCode } from "@/server/contracts/market";
import { QueryBoundary } from "../app-shell/query-boundary";
import { useTRPC } from "../app-shell/trpc-client";
import { Money } from "../format/money";
import { Multiple } from "../format/multiple";
import { Percent } from "../format/percent";
import { TickerTile } from "../ui/badge";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { SearchInput } from "../ui/input";
import { Segmented } from "../ui/segmented";
import { Skeleton } from "../ui/skeleton";
import { pickerInput } from "./circuit-picker-input";

type Choice = SectorCode | "all";

/** All companies, those with a circuit first; search and sector live in the address, and a scenario in it goes along. */
export function CircuitPicker() {
  const t = useTranslations("circuit");
  const sectorName = useTranslations("market.sectors");
  const params = useSearchParams();
  const [search, setSearch] = useState(params.get("search") ?? "");
  const wanted = useDeferredValue(search.trim());
  const sector: Choice = SECTOR_CODES.find((code) => code === params.get("sector")) ?? "all";
  // Deferred: while another list is fetched the one on screen stays.
  const wantedSector = useDeferredValue(sector);
  const carried = useMemo(() => {
    const kept = new URLSearchParams(params);
    for (const own of ["search", "sector"]) kept.delete(own);
    return kept.size > 0 ? `?${kept.toString().replaceAll("%3A", ":").replaceAll("%7E", "~")}` : "";
  }, [params]);

  const write = (next: { search?: string; sector?: Choice }) => {
    const changed = new URLSearchParams(params);
    const put = (name: string, value: string) => (value === "" || value === "all" ? changed.delete(name) : changed.set(name, value));
    if (next.search !== undefined) put("search", next.search.trim());
    if (next.sector !== undefined) put("sector", next.sector);
    const query = changed.toString().replaceAll("%3A", ":").replaceAll("%7E", "~");
    window.history.replaceState(null, "", query ? `?${query}` : window.location.pathname);
  };
  const clear = () => {
    setSearch("");
    write({ search: "", sector: "all" });
  };

  return (
    <div className="flex flex-col gap-4 px-4 py-4">
      <header>
        <h1 className="text-xl font-semibold tracking-tight">{t("title")}</h1>
        <p className="mt-1 max-w-[72ch] text-muted">{t("intro")}</p>
      </header>
      <div className="flex flex-wrap items-center gap-3">
        <SearchInput aria-label={t("pick.searchLabel")} placeholder={t("pick.search")} value={search} onChange={(event) => { setSearch(event.target.value); write({ search: event.target.value }); }} className="w-72 max-md:w-full" />
        <Segmented label={t("pick.all")} value={sector} onChange={(next) => write({ sector: next })} options={(["all", ...SECTOR_CODES] as const).map((value) => ({ value, label: value === "all" ? t("pick.all") : sectorName(value) }))} />
      </div>
      <QueryBoundary fallback={<Skeleton rows={12} rowClassName="h-12" />}>
        <CompanyGrid wanted={wanted} sector={wantedSector} query={carried} isStale={wanted !== search.trim() || wantedSector !== sector} onClear={clear} />
      </QueryBoundary>
    </div>
  );
}

function CompanyGrid({ wanted, sector, query, isStale, onClear }: { wanted: string; sector: Choice; query: string; isStale: boolean; onClear: () => void }) {
  const t = useTranslations("circuit.pick");
  const { data } = useSuspenseQuery(useTRPC().market.listCompanies.queryOptions(pickerInput(wanted, sector === "all" ? null : sector)));
  const rows = useMemo(() => [...data.items].sort((a, b) => Number(a.isFinancial) - Number(b.isFinancial)), [data]);
  if (rows.length === 0) {
    return (
      <div className="panel">
        {wanted || sector !== "all" ? <EmptyState icon={SearchX} title={t("none", { text: wanted })} action={<Button onClick={onClear}>{t("clear")}</Button>}>{t("noneHelp")}</EmptyState> : <EmptyState title={t("empty")}>{t("emptyHelp")}</EmptyState>}
      </div>
    );
  }
  return (
    <>
      <p aria-live="polite" className="text-xs text-muted">{t("count", { count: data.total })}</p>
      <ul aria-busy={isStale} className="grid grid-cols-[minmax(0,1fr)] gap-2 sm:grid-cols-[repeat(2,minmax(0,1fr))] xl:grid-cols-[repeat(3,minmax(0,1fr))]">
        {rows.map((row) => <li key={row.ticker}><CompanyCard row={row} query={query} /></li>)}
      </ul>
    </>
  );
}

function CompanyCard({ row, query }: { row: CompanyRow; query: string }) {
  const t = useTranslations("circuit.pick");
  return (
    <Link href={`/circuit/${row.ticker}${query}`} aria-label={t("open", { name: row.name })} className="panel focus-inset flex h-full items-center gap-3 px-3 py-2.5 transition-colors hover:border-line-strong hover:bg-surface-2">
      <TickerTile ticker={row.ticker} />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{row.name}</span>
        <span className="block truncate text-xs text-muted">
          {t("revenue")} <Money amount={row.revenue} currency={row.currency} className="text-text" />
        </span>
      </span>
      <span className="flex-none text-right text-xs text-muted">
        {row.isFinancial ? t("financial") : (
          <>
            <span className="block">{t("cover")} <Multiple value={row.ratios.icr} className="text-text tabular-nums" /></span>
            <span className="block">{t("margin")} <Percent value={row.ratios.operatingMargin} digits={0} className="text-text tabular-nums" /></span>
          </>
        )}
      </span>
      <ChevronRight aria-hidden="true" className="size-4 flex-none text-faint" />
    </Link>
  );
}
