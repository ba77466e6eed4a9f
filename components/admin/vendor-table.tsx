"use client";

import { ExternalLink } from "lucide-react";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import type { VendorCapabilityDto } from "@/server/contracts/admin";
import { instantText } from "../format/date-text";
import { Absent } from "../format/figure";
import { Instant } from "../format/instant";
import { Badge } from "../ui/badge";
import { DataTable } from "../ui/data-table";
import { Panel } from "../ui/panel";

const STATE_TONE = { on: "up", "switched-off": "neutral", "key-missing": "warn" } as const;
const BREAKER_TONE = { closed: "up", open: "down", "half-open": "warn" } as const;

/** Vendors of live data by capability: what is on, which setting is missing and where it is got, how it answers, and what is left of its budget. */
export function VendorTable({ rows }: { rows: readonly VendorCapabilityDto[] }) {
  const t = useTranslations("admin.keys.vendors");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
  const timeOf = (value: string) => instantText(locale, timeZone, value, "datetime");
  const nameOf = (capability: string) => (t.has(`capabilities.${capability}`) ? t(`capabilities.${capability}`) : capability);
  return (
    <Panel title={t("title")} detail={t("note")} bodyClassName="">
      <DataTable
        label={t("title")}
        rows={rows}
        rowKey={({ vendor, capability }) => `${vendor} ${capability}`}
        csvName="live-data-vendors"
        empty={t("none")}
        columns={[
          { id: "vendor", header: t("vendor"), fixed: true, value: ({ name }) => name, cell: ({ name, from }) => <a href={from} target="_blank" rel="noreferrer noopener" title={name} className="inline-flex items-center gap-1 hover:underline"><span className="max-md:max-w-20 max-md:truncate">{name}</span><ExternalLink aria-hidden="true" className="size-3 shrink-0 text-muted" /></a> },
          { id: "capability", header: t("capability"), fixed: true, value: ({ capability, priority }) => `${nameOf(capability)} ${String(priority).padStart(3, "0")}`, csv: ({ capability }) => capability, cell: ({ capability }) => nameOf(capability) },
          {
            id: "state", header: t("state"), fixed: true, value: ({ state }) => t(`states.${state}`), csv: ({ state, missing }) => [state, ...missing].join(" "),
            cell: ({ state, missing }) => <span className="flex flex-wrap gap-1"><Badge tone={STATE_TONE[state]}>{t(`states.${state}`)}</Badge>{missing.map((name) => <Badge key={name} className="font-mono">{name}</Badge>)}</span>,
          },
          {
            id: "breaker", header: t("breaker"), value: ({ state, breaker }) => (state === "on" ? t(`breakers.${breaker}`) : null),
            cell: ({ state, breaker, probeAt }) => (state === "on" ? <span title={probeAt ? t("probe", { time: timeOf(probeAt) }) : undefined}><Badge tone={BREAKER_TONE[breaker]}>{t(`breakers.${breaker}`)}</Badge></span> : <Absent />),
          },
          {
            id: "left", header: t("left"), wideOnly: true, align: "end", value: ({ callsLeft }) => callsLeft,
            cell: ({ state, callsLeft, dayLeft, dayLimit, pausedUntil }) => {
              if (state !== "on" || callsLeft === null) return <Absent />;
              if (pausedUntil) return <Badge tone="warn">{t("paused", { time: timeOf(pausedUntil) })}</Badge>;
              return <span title={dayLeft !== null && dayLimit !== null ? t("ofDay", { left: dayLeft, limit: dayLimit }) : undefined}>{new Intl.NumberFormat(locale).format(callsLeft)}{dayLeft !== null && ` · ${new Intl.NumberFormat(locale).format(dayLeft)}`}</span>;
            },
          },
          { id: "lastSuccess", header: t("lastSuccess"), wideOnly: true, value: ({ lastSuccessAt }) => lastSuccessAt, cell: ({ lastSuccessAt }) => (lastSuccessAt ? <Instant value={lastSuccessAt} /> : <Absent reason={t("neverAsked")} />) },
          { id: "lastError", header: t("lastError"), wideOnly: true, value: ({ lastError }) => lastError?.at ?? null, csv: ({ lastError }) => lastError?.message ?? null, cell: ({ lastError }) => (lastError ? <span className="block max-w-72 truncate" title={`${lastError.code}: ${lastError.message}`}><Instant value={lastError.at} /> {lastError.message}</span> : <Absent />) },
        ]}
      />
    </Panel>
  );
}
