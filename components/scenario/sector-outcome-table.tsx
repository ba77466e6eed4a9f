"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { ScenarioResult } from "@/server/contracts/scenario";
import { Change } from "@/components/format/change";
import { DataTable, type DataColumn } from "@/components/ui/data-table";
import { trailingSum } from "./outcome-summary";

type SectorOutcome = ScenarioResult["sectors"][number];

/** Outcomes by sector; flows are sums of four quarters over its companies. */
export function SectorOutcomeTable({ sectors, at }: { sectors: readonly SectorOutcome[]; at: number }) {
  const t = useTranslations("scenario");
  const sectorName = useTranslations("market.sectors");
  const columns = useMemo((): DataColumn<SectorOutcome>[] => [
    { id: "sector", header: t("columns.sector"), fixed: true, value: ({ sector }) => sectorName(sector), cell: ({ sector }) => <b className="font-medium">{sectorName(sector)}</b> },
    { id: "count", header: t("columns.count"), align: "end", value: ({ companies }) => companies, cell: ({ companies }) => companies },
    { id: "icr", header: t("columns.medianIcr"), align: "end", value: ({ medianIcrDelta }) => medianIcrDelta[at] ?? null, cell: ({ medianIcrDelta }) => <Change value={medianIcrDelta[at] ?? null} kind="multiple" quiet absentReason={t("financialIcr")} className="justify-end" /> },
    { id: "ebit", header: t("columns.ebit"), align: "end", value: ({ ebitDelta }) => trailingSum(ebitDelta, at), cell: ({ ebitDelta }) => <Change value={trailingSum(ebitDelta, at)} kind="money" currency="USD" quiet className="justify-end" /> },
    { id: "interest", header: t("columns.interest"), align: "end", value: ({ interestDelta }) => trailingSum(interestDelta, at), cell: ({ interestDelta }) => <Change value={trailingSum(interestDelta, at)} kind="money" currency="USD" good="down" quiet className="justify-end" /> },
  ], [at, t, sectorName]);
  return <DataTable label={t("sectors")} rows={sectors} columns={columns} rowKey={({ sector }) => sector} csvName="nexus-scenario-sectors" toolsClassName="lg:absolute lg:top-0 lg:right-0 lg:h-9 lg:border-0 lg:py-0" />;
}
