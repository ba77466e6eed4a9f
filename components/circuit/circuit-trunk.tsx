"use client";

import type { CircuitDto } from "@/server/contracts/circuit";
import { classNames } from "../ui/class-names";
import style from "./circuit-drawing.module.css";
import { LabelText } from "./circuit-diagram";
import type { Label } from "./circuit-labels";
import { trunkLayout, TRUNK_WIDTH, TRUNK_X, type TrunkItem } from "./circuit-trunk-layout";
import type { CircuitReading, Overlay } from "./circuit-reading";
import { bandWidth, type CircuitScale } from "./circuit-scale";
import { CircuitSymbol, GroundSymbol } from "./circuit-symbol";
import { ElementGroup, StraightWire, wireTone, wireWidths, type ElementHandlers } from "./circuit-wire";
import type { CircuitWords } from "./circuit-words";

type Props = { dto: CircuitDto; reading: CircuitReading; scale: CircuitScale; words: CircuitWords; overlay: Overlay; handlers: ElementHandlers; quarterText: string };

const TEXT_X = 138;
const VALUE_X = 358;
/** A little less than the scale of the wide drawing, so that the money at the top fits beside the words. */
const TRUNK_SHARE = 0.9;

/** The circuit on a narrow screen: one trunk as wide as the money that is left, from which each element peels off as a row. */
export function CircuitTrunk({ dto, reading, scale, words, overlay, handlers, quarterText }: Props) {
  const { t, money } = words;
  const { items, height, interest } = trunkLayout(dto, reading, overlay);
  const narrow = { ...scale, usdPerPx: scale.usdPerPx / TRUNK_SHARE };
  const shown = ({ before, after }: { before: number; after: number }) => (overlay === "before" ? before : after);
  const open = (overlay === "before" ? reading.byId.get("fuse")?.stateBefore : reading.byId.get("fuse")?.stateAfter) === "open";
  let running = 0;
  const stretches: { y: number; width: number }[] = [];
  for (const item of items) {
    if (item.type !== "element" || item.id === "kept" || item.id === "fuse") continue;
    const row = reading.byId.get(item.id)!;
    running += (row.element.column === "in" ? 1 : -1) * shown(row);
    stretches.push({ y: item.y, width: bandWidth(running, narrow.usdPerPx) });
  }
  const last = items.at(-1)!;
  return (
    <svg className={classNames(style.drawing, style.onPage)} viewBox={`0 0 ${TRUNK_WIDTH} ${height}`} width="100%" role="group" aria-label={t("diagram.label", { name: dto.name, quarter: quarterText, overlay: t(`overlay.${overlay}`) })}>
      <desc>{t("reading.help")}</desc>
      {stretches.map(({ y, width }, i) => {
        const end = stretches[i + 1]?.y ?? last.y - 30;
        return <rect key={y} className={style.trunk} x={TRUNK_X - width / 2} y={y} width={width} height={end - y} />;
      })}
      <path className={style.trunkCore} d={`M${TRUNK_X} ${items.find(({ type }) => type === "element")!.y}V${last.y - 30}`} />
      {interest && <rect className={classNames(style.groupHot, open && style.groupOpen)} x={64} y={interest.y} width={294} height={interest.height} rx={8} />}
      {items.map((item) => <TrunkRow key={`${item.type}:${item.type === "element" ? item.id : item.key}`} item={item} {...{ dto, reading, scale: narrow, words, overlay, handlers, quarterText, money }} />)}
    </svg>
  );
}

function TrunkRow({ item, dto, reading, scale, words, overlay, handlers }: Props & { item: TrunkItem }) {
  const { t, money } = words;
  if (item.type !== "element") {
    const at = (key: string, x: number, y: number, look: Label["look"], anchor: Label["anchor"], text: string): Label => ({ key, x, y, look, anchor, text });
    if (item.type === "head") {
      return (
        <g>
          <LabelText label={at("n", 72, item.y, "head", "start", t(item.words))} />
          <LabelText label={at("v", VALUE_X, item.y, "headValue", "end", money(item.usd))} />
          <path className={style.line} d={`M72 ${item.y + 10}H${VALUE_X}`} />
        </g>
      );
    }
    const row = reading.byId.get(item.link)!;
    const shown = overlay === "before" ? row.before : row.after;
    return (
      <g>
        <rect className={style.bus} x={TRUNK_X - 26} y={item.y - 3.5} width={52} height={7} rx={3.5} />
        <LabelText label={at("n", 72, item.y - 3, "name", "start", item.link === "toLenders" ? t("element.toLenders", { paid: item.paid ? "yes" : "no" }) : words.name(row))} />
        <LabelText label={at("j", 72, item.y + 15, "quiet", "start", t(`node.${item.node}`))} />
        <LabelText label={at("v", VALUE_X, item.y - 3, "value", "end", money(shown))} />
        {overlay === "both" && <LabelText label={{ ...at("d", VALUE_X, item.y + 15, words.silent(row.change) ? "quiet" : "change", "end", words.change(row, false)), ...(words.silent(row.change) ? {} : { mark: row.change > 0 ? "up" : "down" }) }} />}
      </g>
    );
  }
  const row = reading.byId.get(item.id)!;
  const { element } = row;
  const { y } = item;
  const tone = wireTone(element);
  const state = overlay === "before" ? row.stateBefore : row.stateAfter;
  const isIn = element.column === "in";
  const inRed = element.partOf === "interest";
  const shown = overlay === "before" ? row.before : row.after;
  const isFuse = item.id === "fuse";
  const icr = overlay === "before" ? reading.before.icr : reading.after.icr;
  const name = isFuse ? t(state === "open" ? "diagram.fuseOpen" : "diagram.fuseClosed") : words.name(row);
  const rule = isFuse ? t("diagram.fuseAt", { value: words.multiple(row.figuresAfter.limit ?? null) }) : item.id === "kept" ? `${t("diagram.cash")} ${words.stock((overlay === "before" ? reading.before : reading.after).stocks.cash)}` : words.rule(row, reading.quarter);
  const value = isFuse ? words.multiple(icr) : money(shown);
  const silent = isFuse || words.silent(row.change);
  const right = inRed ? VALUE_X - 10 : VALUE_X;
  const { reversed } = wireWidths({ reading: row, scale, overlay });
  const symbolX = isIn ? 104 : 92;
  const fullest = Math.max(0, ...[...dto.before, ...dto.after].map(({ stocks }) => stocks.cash ?? 0)) * 1.15;
  const cash = (overlay === "before" ? reading.before : reading.after).stocks.cash ?? 0;
  const level = fullest > 0 ? (Math.max(0, cash) / fullest) * 40 : 0;
  return (
    <ElementGroup {...handlers} id={item.id} tone={tone} label={words.spoken(row)} hit={`M${TRUNK_X} ${y}H${VALUE_X}`} ring={{ x: 62, y: y - 28, width: 298, height: 56 }} className={inRed ? style.onHot : undefined}>
      {item.id === "kept" ? (
        <g>
          <rect className={style.tankWall} x={TRUNK_X - 28} y={y - 20} width={56} height={40} />
          <rect className={style.tankLevel} x={TRUNK_X - 28} y={y + 20 - level} width={56} height={level} />
          <path className={style.plate} d={`M${TRUNK_X - 30} ${y - 20}H${TRUNK_X + 30}M${TRUNK_X - 30} ${y + 20}H${TRUNK_X + 30}`} />
          <GroundSymbol x={TRUNK_X} y={y + 36} />
        </g>
      ) : (
        <>
          {!isFuse && <StraightWire reading={row} scale={scale} overlay={overlay} x1={TRUNK_X} x2={isIn ? 92 : 126} y={y} arrows={isIn ? [] : [119]} />}
          {isIn && <path className={style.arrow} transform={`translate(62 ${y}) rotate(${reversed ? 0 : 180})`} d="M-4-4.5L4.5 0L-4 4.5L-2.2 0Z" />}
          {!isFuse && <circle className={style.port} cx={TRUNK_X} cy={y} r={3.5} />}
          <CircuitSymbol kind={element.kind} tone={tone} x={symbolX} y={y} scale={0.72} state={state} reversed={isIn !== reversed} />
        </>
      )}
      <text className={style.name} x={item.id === "kept" ? 72 : TEXT_X} y={y - 4} aria-hidden="true">{name}</text>
      <text className={style.quiet} x={item.id === "kept" ? 72 : TEXT_X} y={y + 14} aria-hidden="true">{rule}</text>
      <LabelText label={{ key: "v", x: right, y: y - 4, look: "value", anchor: "end", text: value }} />
      {overlay === "both" && !isFuse && <LabelText label={{ key: "d", x: right, y: y + 14, look: silent ? "quiet" : "change", anchor: "end", text: words.change(row, false), ...(silent ? {} : { mark: row.change > 0 ? "up" : "down" }), ...(!silent && inRed && row.change > 0 ? { tone: "hot" } : {}) }} />}
    </ElementGroup>
  );
}
