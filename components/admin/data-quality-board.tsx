"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { DATA_CHECKS, type DataCheck, type DataFaultDto } from "@/server/contracts/admin";
import { nextPage } from "../app-shell/next-page";
import { QueryError } from "../app-shell/query-boundary";
import { useTRPC } from "../app-shell/trpc-client";
import { Absent } from "../format/figure";
import { Instant } from "../format/instant";
import { Percent } from "../format/percent";
import { Quantity } from "../format/quantity";
import { classNames } from "../ui/class-names";
import { Skeleton } from "../ui/skeleton";
import { AdminTable } from "./admin-table";
import { BarQualityBoard } from "./bar-quality-board";
import { PanelPage } from "./panel-page";
import { useUrlFilters } from "./use-url-filters";

const FIRST = { check: DATA_CHECKS[0] as string };

/** Where the page of a faulty thing stands. */
const pageOf = (check: DataCheck, key: string): string => (check === "staleSeries" ? `/macro/${encodeURIComponent(key)}` : check === "instrumentsWithoutBars" ? `/admin/instruments?search=${encodeURIComponent(key)}` : `/companies/${encodeURIComponent(key.split(" ")[0] ?? key)}`);

/** What is stale, missing, doubled or does not add up; each count opens its list. */
export function DataQualityBoard() {
  const t = useTranslations("admin.quality");
  const { admin } = useTRPC();
  const [filters, change] = useUrlFilters(FIRST);
  const check = DATA_CHECKS.find((one) => one === filters.check) ?? DATA_CHECKS[0];
  const counts = useQuery(admin.getDataQuality.queryOptions());
  const list = useInfiniteQuery({ ...admin.listDataFaults.infiniteQueryOptions({ check, limit: 50 }, nextPage), placeholderData: keepPreviousData });
  if (counts.isError && !counts.data) return <QueryError error={counts.error} onRetry={() => void counts.refetch()} />;
  return (
    <PanelPage title={t("title")} note={counts.data && <>{t("note")} <Instant value={counts.data.checkedAt} /></>}>
      {counts.data ? (
        <div className="grid grid-cols-2 gap-3 md:grid-cols-4 xl:grid-cols-7">
          {counts.data.checks.map(({ check: one, count }) => (
            <button key={one} type="button" aria-pressed={one === check} onClick={() => change({ check: one })} className={classNames("panel flex flex-col items-start gap-1 px-3 py-2.5 text-left hover:border-faint", one === check && "border-accent bg-accent-soft")}>
              <span className="text-2xs font-medium text-muted">{t(`checks.${one}`)}</span>
              <span className={classNames("text-lg font-semibold", count > 0 ? "text-warn" : "text-up")}><Quantity value={count} digits={0} /></span>
            </button>
          ))}
        </div>
      ) : <Skeleton rows={2} />}
      <p className="text-xs text-muted">{t(`rules.${check}`)}</p>
      <AdminTable<DataFaultDto>
        query={list}
        label={t(`checks.${check}`)}
        csvName={`faults-${check}`}
        rowKey={({ key }) => key}
        columns={[
          { id: "key", header: t("key"), fixed: true, csv: ({ key }) => key, cell: ({ key }) => <Link href={pageOf(check, key)} prefetch={false} className="font-mono text-accent hover:underline">{key}</Link> },
          { id: "label", header: t("name"), csv: ({ label }) => label, cell: ({ label }) => <span className="block max-w-48 truncate md:max-w-96">{label}</span> },
          { id: "note", header: t("about"), csv: ({ note }) => note, cell: ({ note }) => note ?? <Absent /> },
          { id: "gap", header: t("gap"), align: "end", csv: ({ gap }) => gap, cell: ({ gap }) => <Percent value={gap} signed />, hidden: check !== "balanceFaults" },
        ]}
      />
      <BarQualityBoard />
    </PanelPage>
  );
}
