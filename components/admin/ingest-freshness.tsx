"use client";

import { useFormatter, useNow, useTranslations } from "next-intl";
import type { IngestFreshnessDto } from "@/server/contracts/admin";
import { DateOnly } from "../format/date-only";
import { Absent } from "../format/figure";
import { Badge } from "../ui/badge";
import { DataTable } from "../ui/data-table";
import { Panel } from "../ui/panel";

const TONE = { SUCCEEDED: "up", RUNNING: "accent", FAILED: "down" } as const;

/** How old what is stored is, by provider and subject. */
export function IngestFreshness({ rows }: { rows: readonly IngestFreshnessDto[] }) {
  const t = useTranslations("admin.overview");
  const format = useFormatter();
  const now = useNow();
  return (
    <Panel title={t("ingest")} detail={t("ingestNote")} bodyClassName="">
      <DataTable
        label={t("ingest")}
        rows={rows}
        rowKey={({ provider, subject }) => `${provider} ${subject}`}
        csvName="ingest-freshness"
        scrollClassName="max-h-96"
        columns={[
          { id: "provider", header: t("provider"), value: ({ provider }) => provider, cell: ({ provider }) => provider, fixed: true },
          { id: "subject", header: t("subject"), value: ({ subject }) => subject, cell: ({ subject }) => subject, fixed: true },
          { id: "status", header: t("status"), value: ({ lastStatus }) => lastStatus, cell: ({ lastStatus, lastError }) => <span title={lastError ?? undefined}><Badge tone={TONE[lastStatus]}>{t(`states.${lastStatus}`)}</Badge></span> },
          { id: "age", header: t("age"), value: ({ lastSucceededAt }) => lastSucceededAt, cell: ({ lastSucceededAt }) => (lastSucceededAt ? <span title={lastSucceededAt}>{format.relativeTime(new Date(lastSucceededAt), now)}</span> : <Absent reason={t("never")} />) },
          { id: "asOf", header: t("asOf"), wideOnly: true, value: ({ asOf }) => asOf, cell: ({ asOf }) => (asOf ? <DateOnly value={asOf.slice(0, 10)} /> : <Absent />) },
        ]}
      />
    </Panel>
  );
}
