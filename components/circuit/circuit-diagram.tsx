"use client";

import { Fragment } from "react";
import type { CircuitDto } from "@/server/contracts/circuit";
import { classNames } from "../ui/class-names";
import style from "./circuit-drawing.module.css";
import { CoverScale } from "./circuit-cover-scale";
import { TAIL_GAP, circuitLabels, type Label } from "./circuit-labels";
import { HEAD_Y, type CircuitLayout, type Columns, type Wire } from "./circuit-layout";
import { CircuitLegend } from "./circuit-legend";
import type { CircuitReading, Overlay } from "./circuit-reading";
import type { CircuitScale } from "./circuit-scale";
import { CircuitSymbol, GroundSymbol } from "./circuit-symbol";
import { ElementGroup, StraightWire, wireTone, wireWidths, type ElementHandlers, type WireProps } from "./circuit-wire";
import type { CircuitWords } from "./circuit-words";

export type DiagramProps = { dto: CircuitDto; layout: CircuitLayout; reading: CircuitReading; scale: CircuitScale; words: CircuitWords; overlay: Overlay; handlers: ElementHandlers; quarterText: string };

/**
 * The circuit as a staircase of junctions. Plain SVG and not a node editor: nothing can be dragged, every place is known before it is drawn,
 * the words belong to the wires, and the server can send the finished picture.
 */
export function CircuitDiagram({ dto, layout, reading, scale, words, overlay, handlers, quarterText }: DiagramProps) {
  const { t, money } = words;
  const { columns } = layout;
  const interest = reading.byId.get("interest");
  const description = t("diagram.description", { in: money(reading.totals.in), out: money(reading.totals.out), kept: money(reading.totals.kept), before: money(interest?.before ?? 0), after: money(interest?.after ?? 0) });
  const labels = circuitLabels({ layout, reading, dto, words, overlay, ladderFactor: scale.ladderFactor });
  return (
    <svg className={style.drawing} viewBox={`0 0 ${layout.width} ${layout.height}`} width="100%" role="group" aria-label={t("diagram.label", { name: dto.name, quarter: quarterText, overlay: t(`overlay.${overlay}`) })}>
      <desc>{`${description} ${t("reading.help")}`}</desc>
      <path className={style.line} d={`M0 ${HEAD_Y}H${columns.inEnd}M${columns.inside} ${HEAD_Y}H${columns.insideEnd}M${columns.label} ${HEAD_Y}H${columns.right}`} />
      <Panels layout={layout} reading={reading} overlay={overlay} />
      <path className={style.rail} d={`M${layout.rail.x} ${layout.rail.top}V${layout.rail.bottom - 8}`} />
      <GroundSymbol x={layout.rail.x} y={layout.rail.bottom} />
      {inReadingOrder(layout.wires, dto).map((wire) => (
        <ElementWire key={wire.id} wire={wire} layout={layout} reading={reading} scale={scale} words={words} overlay={overlay} handlers={handlers} />
      ))}
      <KeptAsCash layout={layout} reading={reading} scale={scale} words={words} overlay={overlay} handlers={handlers} dto={dto} />
      <Junctions layout={layout} />
      {layout.interest && <CoverScale dto={dto} reading={reading} words={words} overlay={overlay} x={layout.interest.x + 20} y={layout.interest.wireY + 94} width={layout.interest.width - 40} />}
      {labels.map((label) => <LabelText key={label.key} label={label} />)}
      <CircuitLegend words={words} scale={scale} elements={dto.elements} x={layout.legend.x} y={layout.legend.y} />
      <Residual layout={layout} dto={dto} words={words} />
    </svg>
  );
}

/** Focus moves in the order of the table, not of the drawing. */
const inReadingOrder = (wires: readonly Wire[], { elements }: Pick<CircuitDto, "elements">) => [...wires].sort((a, b) => elements.findIndex(({ id }) => id === a.id) - elements.findIndex(({ id }) => id === b.id));

// A plain space would fall away between two spans.
const MARK = { up: "▲\u00a0", down: "▼\u00a0" } as const;

export function LabelText({ label: { x, y, anchor, look, text, tone, mark, tail = [] } }: { label: Label }) {
  return (
    <text x={x} y={y} textAnchor={anchor} className={classNames(style[look], tone === "hot" && style.toneHot)} aria-hidden="true">
      {mark && <tspan className={style.mark}>{MARK[mark]}</tspan>}
      {text}
      {tail.map((part) => (
        <Fragment key={part.text}>
          {part.mark && <tspan dx={TAIL_GAP} className={classNames(style[part.look], style.mark)}>{MARK[part.mark]}</tspan>}
          <tspan dx={part.mark ? 0 : TAIL_GAP} className={style[part.look]}>{part.text}</tspan>
        </Fragment>
      ))}
    </text>
  );
}

function Panels({ layout: { ladder, interest }, reading, overlay }: Pick<DiagramProps, "layout" | "reading" | "overlay">) {
  if (!ladder || !interest) return null;
  const fuse = reading.byId.get("fuse");
  const open = (overlay === "before" ? fuse?.stateBefore : fuse?.stateAfter) === "open";
  return (
    <>
      <rect className={style.group} x={ladder.x} y={ladder.y} width={ladder.width} height={ladder.height} rx={8} />
      <rect className={style.tag} x={ladder.x + 226} y={ladder.y + 10} width={72} height={20} rx={4} />
      <rect className={classNames(style.groupHot, open && style.groupOpen)} x={interest.x} y={interest.y} width={interest.width} height={interest.height} rx={8} />
    </>
  );
}

function Junctions({ layout: { buses, ladder, wires, rail } }: Pick<DiagramProps, "layout">) {
  return (
    <g aria-hidden="true">
      {buses.map(({ id, x, top, bottom, ports }) => (
        <Fragment key={id}>
          <rect className={style.bus} x={x - 3.5} y={top} width={7} height={bottom - top} rx={3.5} />
          {ports.map((y) => <circle key={y} className={style.port} cx={x} cy={y} r={3.5} />)}
        </Fragment>
      ))}
      {ladder && [ladder.left, ladder.right].map((x) => (
        <Fragment key={x}>
          <rect className={style.bus} x={x - 3.5} y={ladder.top} width={7} height={ladder.bottom - ladder.top} rx={3.5} />
          {[...new Set([...ladder.rows.map(({ y }) => y), wires.find(({ id }) => id === "interest")!.y])].map((y) => <circle key={y} className={style.port} cx={x} cy={y} r={3.5} />)}
        </Fragment>
      ))}
      {wires.filter(({ x2 }) => x2 === rail.x).map(({ id, y }) => <circle key={id} className={classNames(style.port, style.portGround)} cx={rail.x} cy={y} r={3.5} />)}
    </g>
  );
}

type ElementWireProps = Omit<DiagramProps, "quarterText" | "dto"> & { wire: Wire };

function ElementWire({ wire, layout, reading, scale, words, overlay, handlers }: ElementWireProps) {
  const row = reading.byId.get(wire.id);
  if (!row) return null;
  const { columns } = layout;
  const { id, x1, x2, y, extent } = wire;
  const { element } = row;
  const coil = element.kind === "coil";
  const factor = coil ? scale.ladderFactor : 1;
  const tone = wireTone(element);
  const state = overlay === "before" ? row.stateBefore : row.stateAfter;
  const shared = { reading: row, scale, overlay, factor };
  const { reversed } = wireWidths(shared);
  const reach = extent.half + 6;
  return (
    <ElementGroup {...handlers} id={id} tone={tone} label={words.spoken(row)} hit={`M${x1} ${y}H${x2}`} ring={{ x: x1 - 2, y: y - reach, width: x2 - x1 + 4, height: 2 * reach + extent.edge }} className={coil ? style.onGroup : id === "interest" ? style.onHot : undefined}>
      {id === "interest" && layout.ladder ? (
        <InterestBranch wire={wire} ladder={layout.ladder} columns={columns} shared={shared} reading={reading} overlay={overlay} />
      ) : (
        <StraightWire {...shared} x1={x1 === columns.source ? x1 + 18 : x1} x2={x2} y={y} arrows={arrowsOf(wire, coil, columns)} />
      )}
      {x1 === columns.source && (
        <>
          <path className={style.rail} d={`M${x1} ${y + 18}V${y + 24}`} />
          <GroundSymbol x={x1} y={y + 32} />
          <CircuitSymbol kind={element.kind} tone={tone} x={x1} y={y} reversed={reversed} />
        </>
      )}
      {x2 === columns.rail && id !== "interest" && <CircuitSymbol kind={element.kind} tone={tone} x={columns.symbol} y={y} state={state} reversed={reversed} />}
      {coil && <CircuitSymbol kind="coil" tone={tone} x={columns.coil} y={y} />}
    </ElementGroup>
  );
}

function arrowsOf({ x1, x2 }: Wire, coil: boolean, columns: Columns): number[] {
  if (coil) return [columns.coilArrow];
  if (x2 === columns.rail) return [x1 + Math.min(140, (columns.label - x1) / 2), columns.arrow];
  return x2 - x1 > 220 ? [x1 + (x2 - x1) * 0.25, x1 + (x2 - x1) * 0.75] : [x1 + (x2 - x1) * 0.6];
}

/** From the lenders' junction through the ladder, the meter and the covenant fuse; past the fuse when it is open. */
function InterestBranch({ wire: { x1, x2, y }, ladder, columns, shared, reading, overlay }: { wire: Wire; ladder: NonNullable<CircuitLayout["ladder"]>; columns: Columns; shared: WireProps; reading: CircuitReading; overlay: Overlay }) {
  const fuse = reading.byId.get("fuse");
  const state = overlay === "before" ? fuse?.stateBefore : fuse?.stateAfter;
  const open = state === "open";
  return (
    <>
      <StraightWire {...shared} x1={x1} x2={ladder.left} y={y} arrows={[(x1 + ladder.left) / 2 - 8]} />
      <StraightWire {...shared} x1={ladder.right} x2={open ? columns.fuseLeft : x2} y={y} arrows={open ? [columns.toMeter] : [columns.toMeter, columns.pastMeter, columns.arrow]} />
      {open && <StraightWire {...shared} x1={columns.fuseRight} x2={x2} y={y} arrows={[columns.arrow]} />}
      {open && <path className={style.loss} d={`M${columns.fuseLeft} ${y}V${y - 24}H${columns.fuseRight}V${y}`} />}
      <CircuitSymbol kind="meter" tone={style.interest!} x={columns.meter} y={y} />
      {fuse && <CircuitSymbol kind="fuse" tone={style.interest!} x={columns.symbol} y={y} state={state ?? null} />}
    </>
  );
}

function KeptAsCash({ dto, layout: { kept, plates }, reading, scale, words, overlay, handlers }: Omit<DiagramProps, "quarterText">) {
  const row = reading.byId.get("kept");
  if (!row) return null;
  const all = [...dto.before, ...dto.after];
  const tank = (x: number, tone: string, key: "cash" | "equity") => {
    const fullest = Math.max(0, ...all.map(({ stocks }) => stocks[key] ?? 0)) * 1.15;
    const now = (overlay === "before" ? reading.before : reading.after).stocks[key];
    const before = reading.before.stocks[key];
    const level = now === null || fullest <= 0 ? 0 : (Math.max(0, now) / fullest) * plates.height;
    const beforeLevel = before === null || fullest <= 0 ? null : (Math.max(0, before) / fullest) * plates.height;
    const bottom = plates.y + plates.height;
    return (
      <g className={tone}>
        <rect className={style.tankWall} x={x - 38} y={plates.y} width={76} height={plates.height} />
        <rect className={style.tankLevel} x={x - 38} y={bottom - level} width={76} height={level} />
        {level > 0 && <path className={style.tankEdge} d={`M${x - 38} ${bottom - level}H${x + 38}`} />}
        {overlay === "both" && beforeLevel !== null && <path className={style.tankBefore} d={`M${x - 46} ${bottom - beforeLevel}H${x + 46}`} />}
        <path className={style.plate} d={`M${x - 40} ${plates.y}H${x + 40}M${x - 40} ${bottom}H${x + 40}`} />
        <GroundSymbol x={x} y={bottom + 16} />
      </g>
    );
  };
  return (
    <>
      <path className={style.book} aria-hidden="true" d={`M${kept.x - 4} ${kept.top - 6}H${plates.equityX + 14}Q${plates.equityX} ${kept.top - 6} ${plates.equityX} ${kept.top + 8}V${plates.y - 4}`} />
      <g aria-hidden="true">{tank(plates.equityX, style.muted!, "equity")}</g>
      <ElementGroup {...handlers} id="kept" tone={style.live!} label={words.spoken(row)} hit={`M${kept.x} ${kept.top}V${kept.bottom + plates.height}`} ring={{ x: plates.cashX - 50, y: kept.top - 2, width: 100, height: kept.bottom - kept.top + plates.height + 8 }}>
        <StraightWire reading={row} scale={scale} overlay={overlay} x1={kept.top - 4} x2={kept.bottom} y={kept.x} arrows={[kept.top + 26]} vertical />
        {tank(plates.cashX, style.live!, "cash")}
      </ElementGroup>
    </>
  );
}

function Residual({ layout: { residual: { x, y, width, height } }, dto, words: { t, residual } }: Pick<DiagramProps, "layout" | "dto" | "words">) {
  const holds = dto.worstResidual <= dto.residualLimit;
  return (
    <g>
      <rect className={style.check} x={x} y={y} width={width} height={height} rx={8} />
      <path className={style.checkMark} style={holds ? undefined : { stroke: "var(--down)" }} d={holds ? `M${x + 15} ${y + 24}l5 5 9-10` : `M${x + 15} ${y + 17}l10 10m0-10l-10 10`} />
      <text className={style.name} x={x + 40} y={y + 26}>{t(holds ? "diagram.balances" : "diagram.balancesNot")}</text>
      <text className={style.quiet} x={x + 40} y={y + 45}>{t("diagram.residual", { value: residual(dto.worstResidual) })}</text>
    </g>
  );
}
