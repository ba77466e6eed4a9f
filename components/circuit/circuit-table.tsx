"use client";

import { Download } from "lucide-react";
import { Fragment } from "react";
import type { CircuitDto } from "@/server/contracts/circuit";
import { ProvenanceBadge } from "../format/provenance-badge";
import { Button } from "../ui/button";
import { classNames } from "../ui/class-names";
import { csvText } from "../ui/csv-text";
import { downloadText } from "../ui/download-text";
import { Panel } from "../ui/panel";
import style from "./circuit-drawing.module.css";
import type { ElementId, NodeId } from "./circuit-layout";
import type { CircuitReading, ElementReading } from "./circuit-reading";
import { CircuitSymbol } from "./circuit-symbol";
import { wireTone } from "./circuit-wire";
import type { CircuitWords } from "./circuit-words";

type Props = { dto: CircuitDto; reading: CircuitReading; words: CircuitWords; quarterText: string; active: ElementId | null; onActive: (id: ElementId | null) => void; onSelect: (id: ElementId) => void };

const JUNCTIONS: readonly NodeId[] = ["operations", "lenders", "obligations", "owners"];
const HEAD = "border-b border-line px-3 py-2 text-xs font-medium text-muted";
const CELL = "border-b border-line px-3 py-1.5";

/** The junction a row stands under: where its money comes from, or where it goes when it comes from outside. */
function junctionOf({ from, to }: ElementReading["element"]): NodeId {
  if (from === "ladder" || from === "covenant" || to === "ladder") return "lenders";
  return from === "ground" ? to : from;
}

/** What passes from one junction to the next is said by the sums; what carries nothing in either run is left out. */
const isRow = ({ element, before, after }: ElementReading) => !(element.id === "waiver" && before === 0 && after === 0);

function wayOf({ element }: ElementReading): "in" | "out" | "stock" | "through" {
  if (element.kind === "capacitor") return "stock";
  if (element.id.startsWith("to")) return "through";
  return element.column === "in" ? "in" : "out";
}

/** Every wire as a row, grouped by junction: the whole picture for keyboard, screen reader and spreadsheet. */
export function CircuitTable({ dto, reading, words, quarterText, active, onActive, onSelect }: Props) {
  const { t, millions, percent, silent } = words;
  const rowsOf = (node: NodeId) => reading.elements.filter((row) => isRow(row) && junctionOf(row.element) === node);
  const download = () => {
    const head = ["junction", t("table.element"), "id", t("table.way"), t("table.before"), t("table.after"), t("table.delta"), t("table.deltaShare"), t("table.formula"), t("table.source")];
    const rows = JUNCTIONS.flatMap((node) => rowsOf(node).map((row) => [t(`node.${node}`), words.name(row), row.element.id, t(`table.${wayOf(row)}`), row.before, row.after, row.change, row.changeShare, words.formula(row, reading.quarter), `${row.element.provenance.basis} ${row.element.provenance.reference ?? ""}`.trim()]));
    downloadText({ name: `circuit-${dto.ticker}-Q${reading.quarter}.csv`, text: csvText(head, rows), type: "text/csv" });
  };
  return (
    <Panel
      id="circuit-table"
      title={t("table.title")}
      detail={t("table.note", { currency: dto.currency, quarter: quarterText })}
      actions={<Button onClick={download}><Download aria-hidden="true" />{t("table.csv")}</Button>}
      bodyClassName="overflow-x-auto"
    >
      <table className="w-full border-collapse text-sm">
        <thead>
          <tr>
            <th scope="col" className={classNames(HEAD, "w-16 max-md:hidden")}><span className="sr-only">{t("legend.title")}</span></th>
            <th scope="col" className={classNames(HEAD, "text-left max-md:pl-4")}>{t("table.element")}</th>
            <th scope="col" className={classNames(HEAD, "text-left max-md:hidden")}>{t("table.way")}</th>
            <th scope="col" className={classNames(HEAD, "text-right")}>{t("table.before")}</th>
            <th scope="col" className={classNames(HEAD, "text-right")}>{t("table.after")}</th>
            <th scope="col" className={classNames(HEAD, "text-right max-md:pr-4")}>{t("table.delta")}</th>
            <th scope="col" className={classNames(HEAD, "text-right max-md:hidden")}>{t("table.deltaShare")}</th>
            <th scope="col" className={classNames(HEAD, "text-left max-md:hidden")}>{t("table.formula")}</th>
            <th scope="col" className={classNames(HEAD, "pr-4 text-left max-md:hidden")}>{t("table.source")}</th>
          </tr>
        </thead>
        <tbody>
          {JUNCTIONS.map((node) => {
            const sum = reading.junctions.find((junction) => junction.node === node);
            return (
              <Fragment key={node}>
                <tr>
                  <th scope="colgroup" colSpan={9} className="border-b border-line bg-surface-2 px-4 py-1.5 text-left text-xs font-semibold">
                    {t(`node.${node}`)}
                    {sum && <span className="ml-3 font-mono font-medium text-muted max-md:ml-0 max-md:block max-md:text-2xs">{t("table.sum", { in: millions(sum.in), out: millions(sum.out) })}</span>}
                    {sum && <span className="ml-3 font-medium text-muted max-md:hidden">{sum.potentialAfter === null ? t("table.potentialNone") : t("table.potential", { value: percent(sum.potentialAfter), kind: node })}</span>}
                  </th>
                </tr>
                {rowsOf(node).map((row) => {
                  const { element, change, changeShare } = row;
                  const hot = element.id === "interest";
                  const quiet = silent(change);
                  const rose = change > 0;
                  const red = !quiet && rose && (element.id === "interest" || element.partOf === "interest");
                  return (
                    <tr
                      key={element.id}
                      id={`wire-${element.id}`}
                      tabIndex={-1}
                      onPointerEnter={() => onActive(element.id)}
                      onPointerLeave={() => onActive(null)}
                      onClick={() => onSelect(element.id)}
                      className={classNames("focus-inset cursor-pointer", hot ? "bg-down-soft" : active === element.id ? "bg-surface-3" : "hover:bg-surface-2")}
                    >
                      <td aria-hidden="true" className={classNames(CELL, "max-md:hidden")}>
                        <svg viewBox="-34 -19 68 38" className={classNames("h-6 w-11", style.drawing, style[hot ? "onHot" : "onRow"])}><CircuitSymbol kind={element.kind} tone={wireTone(element)} state={row.stateAfter} /></svg>
                      </td>
                      <th scope="row" className={classNames(CELL, "text-left font-medium max-md:pl-4", element.partOf !== null && "pl-7 font-normal max-md:pl-8")}>{element.id === "toLenders" ? t("element.toLenders", { paid: hasDepreciation(reading) ? "yes" : "no" }) : words.name(row)}</th>
                      <td className={classNames(CELL, "text-muted max-md:hidden")}>{t(`table.${wayOf(row)}`)}</td>
                      <td className={classNames(CELL, "text-right font-mono text-xs text-muted")}>{millions(row.before)}</td>
                      <td className={classNames(CELL, "text-right font-mono text-xs font-semibold")}>{millions(row.after)}</td>
                      <td className={classNames(CELL, "text-right font-mono text-xs whitespace-nowrap max-md:pr-4", red && "text-wire-interest")}>{!quiet && <span aria-hidden="true" className="mr-1 font-sans text-[0.8em]">{rose ? "▲" : "▼"}</span>}{millions(change, true)}</td>
                      <td className={classNames(CELL, "text-right font-mono text-xs whitespace-nowrap max-md:hidden")}>{changeShare === null ? <span title={t("table.notApplicable")}>–</span> : percent(changeShare, { signed: true })}</td>
                      <td className={classNames(CELL, "min-w-56 text-xs text-muted max-md:hidden")}>{words.formula(row, reading.quarter)}</td>
                      <td className={classNames(CELL, "pr-4 max-md:hidden")} onClick={(event) => event.stopPropagation()}><ProvenanceBadge provenance={element.provenance} /></td>
                    </tr>
                  );
                })}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </Panel>
  );
}

/** Depreciation can be told apart, so that the operations leave EBITDA and not EBIT. */
export const hasDepreciation = (reading: CircuitReading): boolean => (reading.byId.get("fixedCosts") ?? reading.byId.get("operatingCosts"))?.figuresAfter.depreciation != null;
