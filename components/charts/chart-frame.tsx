"use client";

import { ChartLine, Table2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { Button } from "../ui/button";
import { classNames } from "../ui/class-names";

export type ChartTable = { head: readonly string[]; rows: readonly (readonly string[])[] };

type Props = {
  /** What is drawn, in words; screen readers hear it. */
  label: string;
  /** The sentence a glance would give: from, to, lowest, highest. */
  summary?: string;
  height: number;
  legend?: ReactNode;
  /** Called only when the twin is opened. */
  table: () => ChartTable;
  children: ReactNode;
  className?: string;
};

/** Around every chart: its words, and its twin as a table. */
export function ChartFrame({ label, summary, height, legend, table, children, className }: Props) {
  const t = useTranslations("ui.chart");
  const [asTable, setAsTable] = useState(false);
  return (
    <figure aria-label={label} className={classNames("min-w-0", className)}>
      <div className="mb-1 flex min-h-7 flex-wrap items-center gap-x-4 gap-y-1 text-2xs text-muted">
        {legend}
        <Button variant="ghost" onClick={() => setAsTable(!asTable)} aria-pressed={asTable} className="ml-auto">
          {asTable ? <ChartLine aria-hidden="true" /> : <Table2 aria-hidden="true" />}
          {asTable ? t("asChart") : t("asTable")}
        </Button>
      </div>
      {asTable ? (
        <TableTwin label={label} height={height} {...table()} />
      ) : (
        <div className="relative min-w-0" style={{ height }}>{children}</div>
      )}
      {summary && <figcaption className="sr-only">{summary}</figcaption>}
    </figure>
  );
}

/** In place of a drawing that would have nothing in it. */
export function ChartEmpty() {
  const t = useTranslations("ui.chart");
  return <p className="grid h-full place-items-center text-sm text-muted">{t("noValues")}</p>;
}

function TableTwin({ label, height, head, rows }: ChartTable & { label: string; height: number }) {
  return (
    <div className="relative overflow-auto" style={{ height }} role="region" aria-label={label} tabIndex={0}>
      <table className="w-full border-separate border-spacing-0 text-xs">
        <thead>
          <tr>
            {head.map((text, column) => (
              <th key={text} scope="col" className={classNames("sticky top-0 h-8 border-b border-line bg-surface-1 px-2 text-2xs font-medium text-muted", column === 0 ? "text-left" : "text-right")}>{text}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row[0]}>
              {row.map((text, column) => (
                <td key={head[column]} className={classNames("h-7 border-b border-line px-2 whitespace-nowrap", column > 0 && "text-right")}>{text}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export type LegendItem = { id: string; label: string; colour: string; dashed?: boolean; value?: string };

/** Names the lines; with `value` it is the read-out of the pointer too. */
export function ChartLegend({ items }: { items: readonly LegendItem[] }) {
  return (
    <ul className="flex flex-wrap items-center gap-x-4 gap-y-1">
      {items.map(({ id, label, colour, dashed, value }) => (
        <li key={id} className="flex items-center gap-1.5 whitespace-nowrap">
          <svg width="14" height="8" viewBox="0 0 14 8" aria-hidden="true">
            <path d="M0 4h14" stroke={colour} strokeWidth="2" strokeDasharray={dashed ? "3 3" : undefined} />
          </svg>
          {label}
          {value !== undefined && <b className="font-medium text-text">{value}</b>}
        </li>
      ))}
    </ul>
  );
}
