"use client";

import { ArrowRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import type { CompanyOutcome } from "@/server/contracts/scenario";
import { Change } from "@/components/format/change";
import { Absent } from "@/components/format/figure";
import { Multiple } from "@/components/format/multiple";
import { ProvenanceBadge } from "@/components/format/provenance-badge";
import { RatingPair } from "@/components/format/rating-chip";
import { Button } from "@/components/ui/button";
import { DataTable, type DataColumn } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchInput } from "@/components/ui/input";
import { useReasonText } from "./reason-text";
import { icrDelta, notches, trailingSum } from "./outcome-summary";

type Props = { companies: readonly CompanyOutcome[]; at: number; selected: string | null; onSelect: (ticker: string) => void };

const money = (value: number, good: "up" | "down" = "up") => <Change value={value} kind="money" currency="USD" good={good} quiet className="justify-end" />;

/** Every company's outcome at one quarter; flows are sums of four quarters. */
export function CompanyOutcomeTable({ companies, at, selected, onSelect }: Props) {
  const t = useTranslations("scenario");
  const sectorName = useTranslations("market.sectors");
  const reasonText = useReasonText();
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  const shown = useMemo(() => companies.filter(({ ticker, name }) => wanted === "" || ticker.toLowerCase().startsWith(wanted) || name.toLowerCase().includes(wanted)), [companies, wanted]);

  const columns = useMemo((): DataColumn<CompanyOutcome>[] => {
    const flow = (pick: (row: CompanyOutcome) => number[]) => (row: CompanyOutcome) => (row.unavailable === null ? trailingSum(pick(row), at) : null);
    const flowColumn = (id: "ebit" | "interest" | "netIncome", pick: (row: CompanyOutcome) => number[]): DataColumn<CompanyOutcome> => ({
      id,
      header: t(`columns.${id}`),
      align: "end",
      wideOnly: true,
      value: flow(pick),
      cell: (row) => (id === "interest" && row.interestUnavailable ? <Absent reason={reasonText.interest(row.interestUnavailable)} /> : row.unavailable === null ? money(trailingSum(pick(row), at), id === "interest" ? "down" : "up") : <Absent reason={reasonText.unavailable(row.unavailable)} />),
    });
    return [
      {
        id: "company",
        header: t("columns.company"),
        fixed: true,
        value: ({ ticker }) => ticker,
        cell: ({ ticker, name }) => (
          <span className="flex max-w-44 items-baseline gap-2 max-md:max-w-28 max-md:flex-col max-md:gap-0">
            <b className="w-11 flex-none font-mono font-semibold">{ticker}</b>
            <span className="min-w-0 truncate text-2xs text-muted max-md:max-w-24">{name}</span>
          </span>
        ),
      },
      { id: "sector", header: t("columns.sector"), hidden: true, value: ({ sector }) => sectorName(sector), cell: ({ sector }) => sectorName(sector) },
      flowColumn("ebit", (row) => row.ebitDelta),
      flowColumn("interest", (row) => row.interestDelta),
      flowColumn("netIncome", (row) => row.netIncomeDelta),
      {
        id: "icr",
        header: t("columns.icr"),
        align: "end",
        value: ({ icrAfter }) => icrAfter[at] ?? null,
        cell: (row) => {
          const reason = row.unavailable ? reasonText.unavailable(row.unavailable) : row.isFinancial ? t("financialIcr") : row.interestUnavailable ? reasonText.interest(row.interestUnavailable) : undefined;
          const before = row.icrBefore[at] ?? null;
          return before === null ? (
            <Absent reason={reason} />
          ) : (
            <span className="inline-flex items-center justify-end gap-1.5">
              <Multiple value={before} className="text-muted" />
              <ArrowRight aria-hidden="true" className="size-3 text-faint" />
              <Multiple value={row.icrAfter[at] ?? null} className="font-medium" />
            </span>
          );
        },
      },
      { id: "icrDelta", header: t("columns.icrDelta"), align: "end", wideOnly: true, value: (row) => icrDelta(row, at), cell: (row) => <Change value={icrDelta(row, at)} kind="multiple" quiet className="justify-end" /> },
      {
        id: "rating",
        header: t("columns.rating"),
        value: (row) => notches(row.ratingBefore[at], row.ratingAfter[at]),
        cell: (row) => <RatingPair before={row.ratingBefore[at] ?? null} after={row.ratingAfter[at] ?? null} />,
      },
      { id: "evidence", header: t("columns.evidence"), wideOnly: true, value: ({ provenance }) => provenance.basis, cell: ({ provenance }) => <ProvenanceBadge provenance={provenance} /> },
    ];
  }, [at, t, sectorName, reasonText]);

  return (
    <DataTable
      label={t("companies")}
      rows={shown}
      columns={columns}
      rowKey={({ ticker }) => ticker}
      selected={selected}
      onRowOpen={({ ticker }) => onSelect(ticker)}
      csvName="nexus-scenario-companies"
      // Those whose cover falls most stand first.
      firstSort={{ id: "icrDelta", desc: false }}
      // On a low screen the explanation of the chosen company still begins in sight.
      scrollClassName="max-h-[clamp(300px,calc(100dvh-530px),480px)]"
      toolsClassName="lg:absolute lg:top-0 lg:right-0 lg:h-9 lg:border-0 lg:py-0"
      toolbar={<SearchInput aria-label={t("filter")} placeholder={t("filter")} value={text} onChange={(event) => setText(event.target.value)} className="w-52 max-md:w-full" />}
      footer={<p className="border-t border-line px-4 py-2 text-2xs text-muted">{t("shown", { shown: shown.length, total: companies.length })}</p>}
      empty={<EmptyState title={t("noMatch", { text })} action={<Button onClick={() => setText("")}>{t("clearFilter")}</Button>} />}
    />
  );
}
