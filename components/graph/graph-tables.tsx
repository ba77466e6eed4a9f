"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Change } from "@/components/format/change";
import { Money } from "@/components/format/money";
import { Multiple } from "@/components/format/multiple";
import { numberText } from "@/components/format/number-text";
import { RatingPair } from "@/components/format/rating-chip";
import { DataTable, type DataColumn } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Segmented } from "@/components/ui/segmented";
import type { ConnectionDto, GraphNodeDto } from "@/server/contracts/graph";
import type { VisibleGraph } from "./graph-filter";
import { nodeOf, type GraphIndex } from "./graph-index";
import { useEvidenceText } from "./neighbour-list";
import { NodeMark } from "./node-mark";
import type { OutcomeAtQuarter } from "./outcome-at-quarter";
import { idOf, useNodeText } from "./use-node-text";

type Props = { index: GraphIndex; visible: VisibleGraph; outcomes: ReadonlyMap<string, OutcomeAtQuarter> | null; focus: string | null; onFocus: (key: string) => void };

/** The graph as two tables, with the filters and the selection of the picture. */
export function GraphTables({ index, visible, outcomes, focus, onFocus }: Props) {
  const t = useTranslations("graph");
  const [which, setWhich] = useState<"nodes" | "connections">("nodes");
  const choice = <Segmented label={t("tableOf")} value={which} onChange={setWhich} options={[{ value: "nodes", label: t("nodes") }, { value: "connections", label: t("connections") }]} />;
  return (
    <div className="absolute inset-0 overflow-auto bg-surface-0 p-3 md:p-4">
      {which === "nodes" ? <NodeTable index={index} visible={visible} outcomes={outcomes} focus={focus} onFocus={onFocus} toolbar={choice} /> : <ConnectionTable index={index} visible={visible} focus={focus} onFocus={onFocus} toolbar={choice} />}
    </div>
  );
}

function NodeTable({ index, visible, outcomes, focus, onFocus, toolbar }: Props & { toolbar: React.ReactNode }) {
  const t = useTranslations("graph");
  const { short, full, sector } = useNodeText();
  const at = (node: GraphNodeDto) => outcomes?.get(node.key) ?? null;
  const size = (node: GraphNodeDto) => Math.abs(at(node)?.icrDelta ?? -1);
  const shown = index.graph.nodes.filter((_, i) => visible.nodes[i]);
  // Under a shock the companies it moves most stand first, until a column is chosen.
  const rows = outcomes ? [...shown].sort((a, b) => Number(at(b)?.icrDelta != null) - Number(at(a)?.icrDelta != null) || size(b) - size(a)) : shown;
  const degree = (node: GraphNodeDto) => index.links[index.at.get(node.key)!]!.filter((i) => visible.connections[i]).length;
  const columns: DataColumn<GraphNodeDto>[] = [
    { id: "node", header: t("column.node"), fixed: true, value: short, cell: (node) => <span className="flex min-w-0 items-center gap-2"><NodeMark kind={node.kind} /><span className="font-medium">{short(node)}</span>{full(node) !== short(node) && <span className="max-w-48 truncate text-muted max-md:hidden">{full(node)}</span>}</span> },
    { id: "kind", header: t("column.kind"), value: ({ kind }) => kind, cell: ({ kind }) => t(`kind.${kind}`), wideOnly: true },
    { id: "sector", header: t("column.sector"), value: (node) => node.sector && sector(node.sector), cell: (node) => (node.sector ? sector(node.sector) : <span className="text-faint">–</span>), wideOnly: true },
    { id: "revenue", header: t("column.revenue"), align: "end", value: ({ revenue }) => revenue, cell: ({ revenue }) => <Money amount={revenue} currency="USD" />, wideOnly: true },
    { id: "links", header: t("column.links"), align: "end", value: degree, cell: (node) => degree(node), wideOnly: true },
    ...(outcomes
      ? ([
          { id: "before", header: t("column.icrBefore"), align: "end", value: (node) => at(node)?.icrBefore ?? null, cell: (node) => <Multiple value={at(node)?.icrBefore ?? null} absentReason={node.isFinancial ? t("bankCover") : undefined} />, wideOnly: true },
          { id: "after", header: t("column.icrAfter"), align: "end", value: (node) => at(node)?.icrAfter ?? null, cell: (node) => <Multiple value={at(node)?.icrAfter ?? null} absentReason={node.isFinancial ? t("bankCover") : undefined} /> },
          { id: "delta", header: t("column.icrDelta"), align: "end", value: (node) => at(node)?.icrDelta ?? null, cell: (node) => <Change value={at(node)?.icrDelta ?? null} kind="multiple" quiet absentReason={node.isFinancial ? t("bankCover") : undefined} /> },
          { id: "rating", header: t("column.rating"), cell: (node) => <RatingPair before={at(node)?.ratingBefore ?? null} after={at(node)?.ratingAfter ?? null} />, wideOnly: true },
        ] satisfies DataColumn<GraphNodeDto>[])
      : []),
  ];
  return <DataTable label={t("nodes")} rows={rows} columns={columns} rowKey={({ key }) => key} selected={focus} onRowOpen={({ key }) => onFocus(key)} csvName="graph-nodes" scrollClassName="max-h-[calc(100dvh-320px)]" toolbar={toolbar} empty={<EmptyState title={t("nothing")}>{t("nothingText")}</EmptyState>} />;
}

function ConnectionTable({ index, visible, focus, onFocus, toolbar }: Omit<Props, "outcomes"> & { toolbar: React.ReactNode }) {
  const t = useTranslations("graph");
  const locale = useLocale();
  const { short } = useNodeText();
  const evidence = useEvidenceText();
  // A focused node narrows the list to its own connections.
  const rows = index.graph.connections.filter((link, i) => visible.connections[i] && (focus === null || link.from === focus || link.to === focus));
  const name = (key: string) => {
    const node = nodeOf(index, key);
    return node ? short(node) : idOf(key);
  };
  const end = (key: string) => <span className="flex items-center gap-2"><NodeMark kind={nodeOf(index, key)!.kind} />{name(key)}</span>;
  const figure = (value: number | null) => (value === null ? <span className="text-faint">–</span> : numberText(locale, value, { maximumFractionDigits: 2, minimumFractionDigits: 2 }));
  const columns: DataColumn<ConnectionDto>[] = [
    { id: "from", header: t("column.from"), fixed: true, value: ({ from }) => name(from), cell: ({ from }) => end(from) },
    { id: "to", header: t("column.to"), value: ({ to }) => name(to), cell: ({ to }) => end(to) },
    { id: "kind", header: t("column.link"), value: ({ kind }) => kind, cell: ({ kind }) => t(`links.${kind}`) },
    { id: "strength", header: t("column.strength"), align: "end", value: ({ strength }) => strength, cell: ({ strength }) => figure(strength), wideOnly: true },
    { id: "elasticity", header: t("column.elasticity"), align: "end", value: ({ elasticity }) => elasticity, cell: ({ elasticity }) => figure(elasticity), wideOnly: true },
    { id: "error", header: t("column.error"), align: "end", value: ({ stdError }) => stdError, cell: ({ stdError }) => figure(stdError), wideOnly: true },
    { id: "n", header: "n", align: "end", value: ({ n }) => n, cell: ({ n }) => n ?? <span className="text-faint">–</span>, wideOnly: true },
    { id: "r2", header: "R²", align: "end", value: ({ rSquared }) => rSquared, cell: ({ rSquared }) => figure(rSquared), wideOnly: true },
    { id: "evidence", header: t("column.evidence"), value: ({ basis }) => basis, cell: (link) => <span className="block max-w-72 truncate text-muted" title={evidence(link)}>{link.basis === "estimated" ? `${t("basis.estimated")}${link.significant === false ? ` · ${t("notSignificant")}` : ""}` : evidence(link)}</span>, wideOnly: true },
  ];
  return <DataTable label={t("connections")} rows={rows} columns={columns} rowKey={({ id }) => id} onRowOpen={({ to, from }) => onFocus(to === focus ? from : to)} csvName="graph-connections" scrollClassName="max-h-[calc(100dvh-320px)]" toolbar={toolbar} empty={<EmptyState title={t("nothing")}>{t("nothingText")}</EmptyState>} />;
}
