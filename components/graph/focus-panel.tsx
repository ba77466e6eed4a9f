"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { TickerTile } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { AssetFocus } from "./asset-focus";
import { CompanyFocus } from "./company-focus";
import { DriverFocus } from "./driver-focus";
import type { FocusPanelProps } from "./focus-section";
import { neighboursOf } from "./graph-index";
import { NeighbourList } from "./neighbour-list";
import { NodeMark } from "./node-mark";
import { SectorFocus } from "./sector-focus";
import { idOf, useNodeText } from "./use-node-text";

/** Everything about the chosen node. */
export function FocusPanel(props: FocusPanelProps) {
  const { index, visible, node, onFocus } = props;
  const t = useTranslations("graph");
  const { full, sector } = useNodeText();
  const neighbours = neighboursOf(index, node.key, visible);
  const detail = node.kind === "company" || node.kind === "asset" ? (node.sector ? sector(node.sector) : t(`kind.${node.kind}`)) : t(`kind.${node.kind}`);
  return (
    <>
      <header className="flex items-center gap-2">
        {node.kind === "company" ? <TickerTile ticker={idOf(node.key)} /> : <span className="grid size-8 flex-none place-items-center rounded-md bg-surface-2"><NodeMark kind={node.kind} className="size-4" /></span>}
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-base leading-[18px] font-semibold" title={full(node)}>{full(node)}</h2>
          <p className="text-2xs leading-[14px] text-muted">{detail}</p>
        </div>
        <Button variant="ghost" size="icon" aria-label={t("closeFocus")} aria-keyshortcuts="Escape" onClick={() => onFocus(null)} className="-my-1 -mr-1"><X aria-hidden="true" className="size-4!" /></Button>
      </header>
      {node.kind === "company" && <CompanyFocus key={node.key} {...props} />}
      {node.kind === "driver" && <DriverFocus {...props} />}
      {node.kind === "sector" && <SectorFocus {...props} />}
      {node.kind === "asset" && <AssetFocus key={node.key} node={node} />}
      <NeighbourList of={node} neighbours={neighbours} outcomes={props.outcomes} onFocus={onFocus} />
    </>
  );
}
