"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo, useState, type ReactNode } from "react";
import { MACRO_CATEGORIES, type SeriesRow } from "@/server/contracts/macro";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { Sparkline } from "@/components/charts/sparkline";
import { DateOnly } from "@/components/format/date-only";
import { Change } from "@/components/format/change";
import { ProvenanceBadge } from "@/components/format/provenance-badge";
import { Quantity } from "@/components/format/quantity";
import { Button } from "@/components/ui/button";
import { DataTable, type DataColumn } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchInput } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { seriesDigits } from "./series-digits";

/** Every stored series with its last value, below the board; category and search live in the address. */
export function SeriesList({ board }: { board: ReactNode }) {
  const t = useTranslations("macro");
  const params = useSearchParams();
  const { items } = useSuspenseQuery(useTRPC().macro.listSeries.queryOptions({})).data;
  const [text, setText] = useState(params.get("search") ?? "");
  const category = MACRO_CATEGORIES.find((one) => one === params.get("category")) ?? null;
  const columns = useSeriesColumns();
  const inOrder = useMemo(() => [...items].sort((a, b) => MACRO_CATEGORIES.indexOf(a.category) - MACRO_CATEGORIES.indexOf(b.category)), [items]);
  const words = text.trim().toLowerCase().split(/\s+/).filter((word) => word !== "");
  const rows = inOrder.filter((row) => (!category || row.category === category) && words.every((word) => `${row.code} ${row.name} ${row.agency}`.toLowerCase().includes(word)));
  const show = (next: { category?: string; search?: string }) => {
    const changed = new URLSearchParams(params.toString());
    for (const [key, value] of Object.entries(next)) {
      if (value === "" || value === "all") changed.delete(key);
      else changed.set(key, value);
    }
    window.history.replaceState(null, "", changed.size > 0 ? `?${changed}` : window.location.pathname);
  };
  return (
    <div className="flex flex-col gap-3 p-4 md:p-5">
      <header className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h1 className="text-lg font-semibold">{t("title")}</h1>
        <p className="text-xs text-muted">{t("note", { count: items.length })}</p>
      </header>
      {board}
      <div className="panel min-w-0 overflow-hidden">
        <DataTable
          label={t("title")}
          rows={rows}
          columns={columns}
          rowKey={({ code }) => code}
          csvName="nexus-macro"
          scrollClassName="max-h-[calc(100dvh-210px)] max-md:max-h-none"
          toolbar={
            <>
              <SearchInput
                aria-label={t("search")}
                placeholder={t("search")}
                value={text}
                onChange={(event) => {
                  setText(event.target.value);
                  show({ search: event.target.value.trim() });
                }}
                className="w-60 max-md:w-full"
              />
              <Select label={t("category")} prefixed value={category ?? "all"} onChange={(next) => show({ category: next })} options={[{ value: "all" as string, label: t("allCategories") }, ...MACRO_CATEGORIES.filter((one) => items.some((row) => row.category === one)).map((value) => ({ value: value as string, label: t(`categories.${value}`) }))]} />
            </>
          }
          empty={<EmptyState title={t("noMatch")} action={<Button onClick={() => { setText(""); show({ search: "", category: "all" }); }}>{t("clear")}</Button>} />}
        />
      </div>
    </div>
  );
}

function useSeriesColumns(): DataColumn<SeriesRow>[] {
  const t = useTranslations("macro");
  return useMemo(() => [
    {
      id: "name",
      header: t("columns.name"),
      fixed: true,
      value: ({ name }) => name,
      cell: ({ code, name }) => (
        <Link href={`/macro/${encodeURIComponent(code)}`} className="flex max-w-96 flex-col py-1 hover:text-accent max-md:max-w-40">
          <span className="truncate font-medium">{name}</span>
          <span className="truncate font-mono text-2xs text-faint">{code}</span>
        </Link>
      ),
    },
    { id: "category", header: t("category"), wideOnly: true, value: ({ category }) => t(`categories.${category}`), cell: ({ category }) => t(`categories.${category}`) },
    { id: "last", header: t("columns.last"), align: "end", value: ({ last }) => last, cell: ({ last }) => <Quantity value={last} digits={seriesDigits(last)} /> },
    { id: "unit", header: t("columns.unit"), wideOnly: true, value: ({ unit }) => unit, cell: ({ unit }) => <span className="inline-block max-w-40 truncate align-middle text-muted" title={unit}>{unit}</span> },
    { id: "changeYear", header: t("columns.changeYear"), align: "end", wideOnly: true, sortable: false, value: ({ changeYear }) => changeYear, cell: ({ changeYear, last }) => <Change value={changeYear} kind="number" digits={seriesDigits(last)} good="none" quiet absentReason={t("noYearAgo")} className="justify-end" /> },
    { id: "trend", header: t("columns.trend"), cell: ({ points }) => <Sparkline points={points} width={64} height={18} tone="accent" className="max-md:w-13" /> },
    { id: "frequency", header: t("columns.frequency"), wideOnly: true, value: ({ frequency }) => frequency, cell: ({ frequency }) => t(`frequencies.${frequency}`) },
    { id: "agency", header: t("columns.agency"), wideOnly: true, value: ({ agency }) => agency, cell: ({ agency }) => agency },
    { id: "count", header: t("columns.count"), align: "end", hidden: true, value: ({ count }) => count, cell: ({ count }) => <Quantity value={count} /> },
    { id: "lastDate", header: t("columns.lastDate"), align: "end", wideOnly: true, value: ({ lastDate }) => lastDate, cell: ({ lastDate, frequency }) => <DateOnly value={lastDate} style={frequency === "DAILY" || frequency === "WEEKLY" ? "medium" : "month"} /> },
    { id: "source", header: t("columns.source"), wideOnly: true, cell: ({ provenance }) => <ProvenanceBadge provenance={provenance} compact /> },
  ], [t]);
}
